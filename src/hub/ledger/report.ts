/** Reports of agents. Each number counts once, and each report about a slip is kept, even if it does not move the slip. */

import { sql } from 'kysely'
import type { AgentEvent } from '../../hub-api/agent-shapes.js'
import type { Happening, SlipView } from '../../hub-api/states.js'
import { isDoubtful, isFinal, moveSlip } from '../../hub-api/states.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { gathered, type Settled } from '../db/gather.js'
import { AND_COMMIT, type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { AgentName, InnerEvent } from '../parts.js'
import type { LedgerContext } from './context.js'
import { copyByPolicy } from './copy-slip.js'
import { recordFact } from './facts.js'

type SlipEvent = Extract<AgentEvent, { what: 'started' | 'ended' }>

/** An event with its effect. */
interface Kept extends Applied {
  readonly agent: string
  readonly event: AgentEvent
}

/** The state of a slip after the events so far. */
interface Change {
  readonly row: SlipRow
  readonly view: SlipView
  readonly ended?: Extract<AgentEvent, { what: 'ended' }>
}

export type ReportEvents = (name: AgentName, events: readonly AgentEvent[]) => Promise<number>

export interface Reporter {
  /** @returns the highest number that is kept */
  readonly report: ReportEvents
  readonly tellInside: (name: AgentName, told: InnerEvent) => Promise<void>
}

/** The events of one request. An agent inside the hub tells one event at a time, without a number: `inner`. */
interface Told {
  readonly agent: string
  readonly events: readonly AgentEvent[]
  readonly inner?: InnerEvent
}

/** Makes the functions that keep reports. Reports of one moment share a transaction. */
export function reporter(context: LedgerContext): Reporter {
  const keep = gathered<Told, number>({
    nameOf: ({ agent }) => agent,
    work: (tenant, all) =>
      inTenant(
        context.db,
        tenant,
        (trx) => keepAll({ context, trx, tenant }, all),
        all.some(({ events }) => events.some(({ what }) => what === 'fact'))
          ? 'payloads stay'
          : undefined,
      ),
  })
  return {
    report: ({ tenant, agent }, events) => keep(tenant, { agent, events }),
    tellInside: async ({ tenant, agent }, inner) => {
      await keep(tenant, { agent, events: [], inner })
    },
  }
}

interface Keeping {
  readonly context: LedgerContext
  readonly trx: HubTransaction
  readonly tenant: string
}

/** The slips' rows in the database, and the changes that are not written yet. */
interface Slips {
  readonly rows: Map<string, SlipRow>
  readonly changes: Map<string, Change>
}

/** Keeps the reports of several agents, each of which occurs once. @returns the highest kept number of each agent */
async function keepAll(
  keeping: Keeping,
  all: readonly Told[],
): Promise<readonly Settled<number>[]> {
  const { trx } = keeping
  const { lastSeqs, rows } = await lockAll(trx, all)
  const slips = { rows, changes: new Map() }
  const kept: Kept[] = []
  const newest = new Map<string, number>()
  for (const told of all) {
    const { agent } = told
    const lastSeq = lastSeqs.get(agent) ?? 0
    for (const event of freshOf(told, lastSeq)) {
      kept.push({ agent, event, ...(await apply(keeping, slips, { agent, event })) })
      newest.set(agent, event.seq)
    }
  }
  await write(keeping, { kept, newest, slips, isLast: true })
  return all.map(({ agent }) => ({ value: newest.get(agent) ?? lastSeqs.get(agent) ?? 0 }))
}

/** Events that the hub does not have yet, in their order. */
function freshOf({ events, inner }: Told, lastSeq: number): readonly AgentEvent[] {
  if (inner !== undefined) {
    return [{ ...inner, seq: lastSeq + 1, at: new Date().toISOString() } as AgentEvent]
  }
  return events.filter(({ seq }) => seq > lastSeq).toSorted((a, b) => a.seq - b.seq)
}

/**
 * Locks the slips that the events name, and the agents, because a request that its agent gave up must not be mixed with the agent's next one.
 */
async function lockAll(
  trx: HubTransaction,
  all: readonly Told[],
): Promise<{
  readonly lastSeqs: ReadonlyMap<string, number>
  readonly rows: Map<string, SlipRow>
}> {
  const agents = all.map(({ agent }) => agent)
  const named = all.flatMap(({ events, inner }) => [...events, ...(inner ? [inner] : [])])
  const ids = named.flatMap((event) => ('slip' in event ? [event.slip] : []))
  const { rows } = await sql<SlipRow & { asking: string | null; last_seq: number }>`
    with a as (select id, last_seq from agent where id = any(${agents}::uuid[]) order by id for no key update),
      s as (select * from slip where id = any(${ids}::uuid[]) order by id for update)
    select s.*, a.id as asking, a.last_seq from (select *, row_number() over () as n from a) a
      full join (select *, row_number() over () as n from s) s on s.n = a.n`.execute(trx)
  const lastSeqs = rows.flatMap(({ asking, last_seq }) =>
    asking === null ? [] : [[asking, last_seq] as const],
  )
  const slips = rows.filter(({ id }) => id !== null).map((row) => [row.id, row] as const)
  return { lastSeqs: new Map(lastSeqs), rows: new Map(slips) }
}

interface Applied {
  readonly slip: string | null
  readonly moved: boolean
}

async function apply(
  keeping: Keeping,
  slips: Slips,
  { agent, event }: { readonly agent: string; readonly event: AgentEvent },
): Promise<Applied> {
  const { context, trx, tenant } = keeping
  switch (event.what) {
    case 'started':
    case 'ended':
      return move(slips, agent, event)
    case 'printer':
      return tellStatus(trx, agent, event)
    case 'fact': {
      // The fact may be about a slip of an event before or after it, so that the changes so far are written first.
      await write(keeping, { kept: [], newest: new Map(), slips, isLast: false })
      const { row, ...done } = await recordFact(context, trx, { tenant, agent }, event)
      if (row !== undefined) slips.rows.set(row.id, row)
      return done
    }
  }
}

function move({ rows, changes }: Slips, agent: string, event: SlipEvent): Applied {
  const row = rows.get(event.slip)
  // The slip was deleted long ago, or was never this tenant's.
  if (row === undefined) return { slip: null, moved: false }
  const before = changes.get(row.id) ?? { row, view: viewOf(row) }
  const verdict = moveSlip(before.view, happeningOf(event, agent))
  if (verdict.verdict !== 'moved') return { slip: row.id, moved: false }
  const ended = event.what === 'ended' ? { ended: event } : {}
  changes.set(row.id, { ...before, view: verdict.slip, ...ended })
  return { slip: row.id, moved: true }
}

/** The fields of a row that the rules need. */
export function viewOf({ state, epoch, agent, decision }: SlipRow): SlipView {
  return { state, epoch, agent: agent ?? undefined, decision: decision ?? undefined }
}

function happeningOf(event: SlipEvent, agent: string): Happening {
  const { epoch } = event
  return event.what === 'started'
    ? { what: 'started', agent, epoch }
    : { what: 'ended', agent, epoch, outcome: event.outcome }
}

async function tellStatus(
  trx: HubTransaction,
  agent: string,
  event: Extract<AgentEvent, { what: 'printer' }>,
): Promise<Applied> {
  await trx
    .updateTable('printer')
    .set({ status: JSON.stringify(event.status), status_at: event.at })
    .where('id', '=', event.printer)
    .where('agent', '=', agent)
    .execute()
  return { slip: null, moved: false }
}

interface Written {
  readonly kept: readonly Kept[]
  /** The highest number of each agent. */
  readonly newest: ReadonlyMap<string, number>
  /** The slips, whose changes are written and then cleared. */
  readonly slips: Slips
  /** True if no statement of the transaction follows, so that the commit may go out with it. */
  readonly isLast: boolean
}

/** Writes the events, the highest numbers and the slips' changes in one statement, and does what follows: webhooks, figures and copies by policy. */
async function write(keeping: Keeping, written: Written): Promise<void> {
  const { context, trx, tenant } = keeping
  const { kept, newest, slips, isLast } = written
  const { changes } = slips
  if (newest.size === 0 && changes.size === 0) return
  for (const { row, view, ended } of changes.values()) {
    if (!isFinal(view.state)) continue
    const reason = reasonOf(ended)
    await context.notify(trx, tenant, 'slip.ended', { ...row, state: view.state, reason })
  }
  const mayBeCopied = [...changes.values()].some(({ view }) => isDoubtful(view.state))
  const end = sql.raw(isLast && !mayBeCopied ? AND_COMMIT : '')
  // A printer's status is not kept as an event, because a new one comes every minute.
  const events = kept
    .filter(({ event }) => event.what !== 'printer')
    .map(({ agent, event, slip, moved }) => {
      const { seq, at, what, ...rest } = event
      return { agent, seq, at, what, slip, moved, detail: detailOf(rest) }
    })
  const counted = [...newest].map(([agent, seq]) => ({ agent, seq }))
  const { rows } = await sql<SlipRow>`
    with told as (
      insert into event (tenant, agent, seq, slip, what, moved, detail, at_agent)
      select ${tenant}::uuid, e.agent, e.seq, e.slip, e.what, e.moved, e.detail, e.at
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as e (agent uuid, seq bigint, slip uuid, what text, moved boolean, detail jsonb, at timestamptz)
      on conflict do nothing
    ), counted as (
      update agent a set last_seq = c.seq, seen_at = now()
      from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as c (agent uuid, seq bigint) where a.id = c.agent
    ) update slip s set state = c.state,
        reason = case when c.ended then c.reason else s.reason end,
        reach = case when c.ended then c.reach else s.reach end,
        paper_hash = case when c.ended then c.paper_hash else s.paper_hash end,
        ended_at = case when c.final then now() when c.ended then null else s.ended_at end
      from jsonb_to_recordset(${JSON.stringify([...changes.values()].map(changeOf))}::jsonb)
        as c (id uuid, state text, ended boolean, final boolean, reason text, reach jsonb, paper_hash text)
      where s.id = c.id returning s.* ${end}`.execute(trx)
  changes.clear()
  for (const row of rows) {
    slips.rows.set(row.id, row)
    if (row.state !== 'printing') context.count(row.state)
    if (isDoubtful(row.state)) await copyByPolicy(context, trx, row)
  }
}

function reasonOf(ended: Change['ended']): string | null {
  return ended?.reason === undefined ? null : withoutCardNumbers(ended.reason)
}

function changeOf({ row, view, ended }: Change): object {
  const { reach, paperHash } = ended ?? {}
  return {
    ...{ id: row.id, state: view.state },
    ...{ ended: ended !== undefined, final: ended !== undefined && isFinal(view.state) },
    reason: reasonOf(ended),
    reach: reach ?? null,
    paper_hash: paperHash ?? null,
  }
}

/** The details of an event beyond its head, without the bytes and titles that are kept elsewhere. */
function detailOf(rest: Readonly<Record<string, unknown>>): object {
  const { payload: _payload, title: _title, slip: _slip, ...detail } = rest
  return detail
}
