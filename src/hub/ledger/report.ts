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

/** @returns the highest number that is kept */
export async function reportEvents(
  context: LedgerContext,
  name: AgentName,
  events: readonly AgentEvent[],
): Promise<number> {
  return inTenant(context.db, name.tenant, async (trx) => {
    const last = await lockedSeq(trx, name)
    const fresh = events.filter(({ seq }) => seq > last).toSorted((a, b) => a.seq - b.seq)
    const newest = fresh.at(-1)
    if (newest === undefined) return last
    const kept: Kept[] = []
    for (const event of fresh) kept.push(await apply(context, trx, name, event))
    await write(trx, name, kept, newest.seq)
    return newest.seq
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
    const seq = (await lockedSeq(trx, name)) + 1
    const event = { ...told, seq, at: new Date().toISOString() } as AgentEvent
    await write(trx, name, [await apply(context, trx, name, event)], seq)
  })
}

/** The highest number that is kept. Two requests of one agent, of which the first was given up, must not be mixed. */
async function lockedSeq(trx: HubTransaction, { agent }: AgentName): Promise<number> {
  const { rows } = await sql<{
    last_seq: number
  }>`select last_seq from agent where id = ${agent}::uuid for no key update`.execute(trx)
  return rows[0]?.last_seq ?? 0
}

function apply(
  context: LedgerContext,
  trx: HubTransaction,
  name: AgentName,
  event: AgentEvent,
): Promise<Kept> {
  switch (event.what) {
    case 'started':
    case 'ended':
      return move(context, trx, name, event)
    case 'fact':
      return recordFact(context, trx, name, event).then((done) => ({ event, ...done }))
    case 'printer':
      return tellStatus(trx, name, event)
    default:
      return event satisfies never
  }
}

async function move(
  context: LedgerContext,
  trx: HubTransaction,
  { tenant, agent }: AgentName,
  event: SlipEvent,
): Promise<Kept> {
  const slip = await trx
    .selectFrom('slip')
    .selectAll()
    .where('id', '=', event.slip)
    .forUpdate()
    .executeTakeFirst()
  // Of a slip that was forgotten long ago, or was never this tenant's.
  if (slip === undefined) return { event, slip: null, moved: false }
  const verdict = moveSlip(viewOf(slip), happeningOf(event, agent))
  if (verdict.verdict !== 'moved') return { event, slip: slip.id, moved: false }
  const ended = event.what === 'ended' ? event : undefined
  const moved = await update(trx, slip, verdict.slip, ended)
  if (ended !== undefined) {
    context.count(moved.state)
    if (isFinal(moved.state)) await context.notify(trx, tenant, 'slip.ended', moved)
    await copyByPolicy(context, trx, moved)
  }
  return { event, slip: slip.id, moved: true }
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

async function update(
  trx: HubTransaction,
  slip: SlipRow,
  to: SlipView,
  ended: Pick<Extract<AgentEvent, { what: 'ended' }>, 'reason' | 'reach' | 'paperHash'> | undefined,
): Promise<SlipRow> {
  const { reason, reach, paperHash } = ended ?? {}
  return trx
    .updateTable('slip')
    .set({
      state: to.state,
      ...(ended === undefined
        ? {}
        : {
            reason: reason === undefined ? null : withoutCardNumbers(reason),
            reach: reach === undefined ? null : JSON.stringify(reach),
            paper_hash: paperHash ?? null,
            ended_at: isFinal(to.state) ? sql<Date>`now()` : null,
          }),
    })
    .where('id', '=', slip.id)
    .returningAll()
    .executeTakeFirstOrThrow()
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

/** The events and the highest number, in one statement. */
async function write(
  trx: HubTransaction,
  { tenant, agent }: AgentName,
  kept: readonly Kept[],
  lastSeq: number,
): Promise<void> {
  // A status is the printer's, and a new one comes every minute, so that it is no part of the record.
  const rows = kept
    .filter(({ event }) => event.what !== 'printer')
    .map(({ event, slip, moved }) => {
      const { seq, at, what, ...rest } = event
      return { seq, at, what, slip, moved, detail: detailOf(rest) }
    })
  await sql`
    with told as (
      insert into event (tenant, agent, seq, slip, what, moved, detail, at_agent)
      select ${tenant}::uuid, ${agent}::uuid, e.seq, e.slip, e.what, e.moved, e.detail, e.at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as e (seq bigint, slip uuid, what text, moved boolean, detail jsonb, at timestamptz)
      on conflict do nothing
    ) update agent set last_seq = ${lastSeq}, seen_at = now() where id = ${agent}::uuid`.execute(
    trx,
  )
}

/** What an event says beyond its head, without the bytes and titles that are kept elsewhere. */
function detailOf(rest: Readonly<Record<string, unknown>>): object {
  const { payload: _payload, title: _title, slip: _slip, ...detail } = rest
  return detail
}
