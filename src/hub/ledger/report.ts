/** Reports of agents: each number counts once, and each is kept, also if it moves no slip. */

import { sql } from 'kysely'
import type { AgentEvent } from '../../hub-api/agent-shapes.js'
import type { Happening, SlipView } from '../../hub-api/states.js'
import { isFinal, moveSlip } from '../../hub-api/states.js'
import { withoutCardNumbers } from '../../model/errors.js'
import { type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { LedgerContext } from './context.js'
import { copyByPolicy } from './copy-slip.js'
import { recordFact } from './facts.js'
import type { AgentName } from './take.js'

type SlipEvent = Extract<AgentEvent, { what: 'started' | 'ended' }>

/** An event with what it did. */
interface Kept {
  readonly event: AgentEvent
  readonly slip: string | null
  readonly moved: boolean
}

/** What a slip has become by the events so far. */
interface Change {
  readonly row: SlipRow
  readonly view: SlipView
  readonly ended?: Extract<AgentEvent, { what: 'ended' }>
}

/** @returns the highest number that is kept */
export async function reportEvents(
  context: LedgerContext,
  name: AgentName,
  events: readonly AgentEvent[],
): Promise<number> {
  return inTenant(context.db, name.tenant, async (trx) => {
    const locked = await lockAll(trx, name.agent, events)
    const fresh = events.filter(({ seq }) => seq > locked.lastSeq)
    return keep({ context, trx, name, locked }, fresh)
  })
}

type Unnumbered<E> = E extends { readonly seq: number } ? Omit<E, 'seq' | 'at'> : never
/** What an agent inside the hub tells: the ledger numbers it, and the time is the hub's. */
export type InnerEvent = Unnumbered<AgentEvent>

export async function tellInside(
  context: LedgerContext,
  name: AgentName,
  told: InnerEvent,
): Promise<void> {
  await inTenant(context.db, name.tenant, async (trx) => {
    const locked = await lockAll(trx, name.agent, [told])
    const seq = locked.lastSeq + 1
    const event = { ...told, seq, at: new Date().toISOString() } as AgentEvent
    await keep({ context, trx, name, locked }, [event])
  })
}

interface Locked {
  readonly lastSeq: number
  readonly slips: ReadonlyMap<string, SlipRow>
}

interface Keeping {
  readonly context: LedgerContext
  readonly trx: HubTransaction
  readonly name: AgentName
  readonly locked: Locked
}

/** @param fresh events that the hub does not have yet */
async function keep(keeping: Keeping, fresh: readonly AgentEvent[]): Promise<number> {
  const { context, trx, name, locked } = keeping
  const inOrder = fresh.toSorted((a, b) => a.seq - b.seq)
  const newest = inOrder.at(-1)
  if (newest === undefined) return locked.lastSeq
  const changes = new Map<string, Change>()
  const kept: Kept[] = []
  for (const event of inOrder) {
    if (event.what === 'started' || event.what === 'ended') {
      kept.push(move({ slips: locked.slips, changes }, name.agent, event))
    } else kept.push(await apply(context, trx, name, event))
  }
  const moved = await write(trx, name, { kept, lastSeq: newest.seq, changes })
  for (const row of moved) await follow(context, trx, row)
  return newest.seq
}

/**
 * The agent, because two requests of one agent of which the first was given up must not be mixed, and the slips that the events name.
 */
async function lockAll(
  trx: HubTransaction,
  agent: string,
  events: readonly InnerEvent[],
): Promise<Locked> {
  const ids = events.flatMap((event) => ('slip' in event ? [event.slip] : []))
  const { rows } = await sql<SlipRow & { last_seq: number }>`
    with a as (select last_seq from agent where id = ${agent}::uuid for no key update),
      s as (select * from slip where id = any(${ids}::uuid[]) order by id for update)
    select s.*, a.last_seq from a left join s on true`.execute(trx)
  const slips = rows.filter(({ id }) => id !== null).map((row) => [row.id, row] as const)
  return { lastSeq: rows[0]?.last_seq ?? 0, slips: new Map(slips) }
}

function apply(
  context: LedgerContext,
  trx: HubTransaction,
  name: AgentName,
  event: Exclude<AgentEvent, SlipEvent>,
): Promise<Kept> {
  if (event.what === 'printer') return tellStatus(trx, name, event)
  return recordFact(context, trx, name, event).then((done) => ({ event, ...done }))
}

function move(
  known: { readonly slips: ReadonlyMap<string, SlipRow>; readonly changes: Map<string, Change> },
  agent: string,
  event: SlipEvent,
): Kept {
  const row = known.slips.get(event.slip)
  // Of a slip that was forgotten long ago, or was never this tenant's.
  if (row === undefined) return { event, slip: null, moved: false }
  const before = known.changes.get(row.id) ?? { row, view: viewOf(row) }
  const verdict = moveSlip(before.view, happeningOf(event, agent))
  if (verdict.verdict !== 'moved') return { event, slip: row.id, moved: false }
  const ended = event.what === 'ended' ? { ended: event } : {}
  known.changes.set(row.id, { ...before, view: verdict.slip, ...ended })
  return { event, slip: row.id, moved: true }
}

/** What the end of a slip brings about. */
async function follow(context: LedgerContext, trx: HubTransaction, row: SlipRow): Promise<void> {
  if (row.state === 'printing') return
  context.count(row.state)
  if (isFinal(row.state)) await context.notify(trx, row.tenant, 'slip.ended', row)
  await copyByPolicy(context, trx, row)
}

/** As much of a row as the rules judge by. */
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
  { agent }: AgentName,
  event: Extract<AgentEvent, { what: 'printer' }>,
): Promise<Kept> {
  await trx
    .updateTable('printer')
    .set({ status: JSON.stringify(event.status), status_at: event.at })
    .where('id', '=', event.printer)
    .where('agent', '=', agent)
    .execute()
  return { event, slip: null, moved: false }
}

interface Written {
  readonly kept: readonly Kept[]
  readonly lastSeq: number
  readonly changes: ReadonlyMap<string, Change>
}

/** The events, the highest number and what became of the slips, in one statement. */
async function write(
  trx: HubTransaction,
  { tenant, agent }: AgentName,
  { kept, lastSeq, changes }: Written,
): Promise<readonly SlipRow[]> {
  // A status is the printer's, and a new one comes every minute, so that it is no part of the record.
  const events = kept
    .filter(({ event }) => event.what !== 'printer')
    .map(({ event, slip, moved }) => {
      const { seq, at, what, ...rest } = event
      return { seq, at, what, slip, moved, detail: detailOf(rest) }
    })
  const { rows } = await sql<SlipRow>`
    with told as (
      insert into event (tenant, agent, seq, slip, what, moved, detail, at_agent)
      select ${tenant}::uuid, ${agent}::uuid, e.seq, e.slip, e.what, e.moved, e.detail, e.at
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as e (seq bigint, slip uuid, what text, moved boolean, detail jsonb, at timestamptz)
      on conflict do nothing
    ), counted as (
      update agent set last_seq = ${lastSeq}, seen_at = now() where id = ${agent}::uuid
    ) update slip s set state = c.state,
        reason = case when c.ended then c.reason else s.reason end,
        reach = case when c.ended then c.reach else s.reach end,
        paper_hash = case when c.ended then c.paper_hash else s.paper_hash end,
        ended_at = case when c.final then now() when c.ended then null else s.ended_at end
      from jsonb_to_recordset(${JSON.stringify([...changes.values()].map(changeOf))}::jsonb)
        as c (id uuid, state text, ended boolean, final boolean, reason text, reach jsonb, paper_hash text)
      where s.id = c.id returning s.*`.execute(trx)
  return rows
}

function changeOf({ row, view, ended }: Change): object {
  const { reason, reach, paperHash } = ended ?? {}
  return {
    ...{ id: row.id, state: view.state },
    ...{ ended: ended !== undefined, final: ended !== undefined && isFinal(view.state) },
    reason: reason === undefined ? null : withoutCardNumbers(reason),
    reach: reach ?? null,
    paper_hash: paperHash ?? null,
  }
}

/** What an event says beyond its head, without the bytes and titles that are kept elsewhere. */
function detailOf(rest: Readonly<Record<string, unknown>>): object {
  const { payload: _payload, title: _title, slip: _slip, ...detail } = rest
  return detail
}
