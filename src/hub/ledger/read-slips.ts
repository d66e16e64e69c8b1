/** Lists slips by a query, and reads one slip with its history. */

import { sql } from 'kysely'
import type { Slip, SlipHistory, SlipQuery } from '../../hub-api/slip-shapes.js'
import { type HubDb, type HubTransaction, inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import { noSlip, policyOf, silenceMs } from './decide.js'
import { slipOfRow } from './slip-of-row.js'

const DEFAULT_LIMIT = 50

type SeenRow = SlipRow & {
  readonly now: Date
  readonly seen_at: Date | null
  readonly is_revoked: boolean | null
}

/** Lists slips, the newest first. */
export async function listSlips(
  db: HubDb,
  tenant: string,
  query: SlipQuery,
): Promise<readonly Slip[]> {
  return inTenant(db, tenant, async (trx) => {
    const afterMs = silenceMs(await policyOf(trx))
    const { rows } = await sql<SeenRow>`
      select s.*, now() as now, a.seen_at, a.revoked_at is not null as is_revoked
      from slip s left join agent a on a.tenant = s.tenant and a.id = s.agent
      where ${conditions(query, afterMs)}
      order by s.id desc limit ${query.limit ?? DEFAULT_LIMIT}`.execute(trx)
    return rows.map((row) => told(row, afterMs))
  })
}

function conditions({ state, printer, store, key, before }: SlipQuery, afterMs: number) {
  const silent = sql`(s.state in ('taken', 'printing') and
    (a.revoked_at is not null or greatest(s.taken_at, a.seen_at) <= now() - ${afterMs / 1000} * interval '1 second'))`
  const all = [sql`true`]
  if (state === 'unconfirmed') all.push(silent)
  else if (state === 'open') {
    all.push(sql`s.decision is null and (s.state in ('partial', 'uncertain') or ${silent})`)
  } else if (state !== undefined) all.push(sql`s.state = ${state}`)
  if (printer !== undefined) all.push(sql`s.printer = ${printer}::uuid`)
  if (store !== undefined) all.push(sql`s.store = ${store}::uuid`)
  if (key !== undefined) all.push(sql`s.key = ${key}`)
  if (before !== undefined) all.push(sql`s.id < ${before}::uuid`)
  return sql.join(all, sql` and `)
}

/** @throws HubError `NOT_FOUND` */
export async function readSlip(db: HubDb, tenant: string, id: string): Promise<SlipHistory> {
  return inTenant(db, tenant, async (trx) => {
    const afterMs = silenceMs(await policyOf(trx))
    const { rows } = await sql<SeenRow>`
      select s.*, now() as now, a.seen_at, a.revoked_at is not null as is_revoked
      from slip s left join agent a on a.tenant = s.tenant and a.id = s.agent
      where s.id = ${id}::uuid`.execute(trx)
    const [row] = rows
    if (row === undefined) throw noSlip()
    const copies = await trx
      .selectFrom('slip')
      .select('id')
      .where('copy_of', '=', id)
      .orderBy('id')
      .execute()
    return {
      slip: told(row, afterMs),
      events: await eventsOf(trx, id),
      copies: copies.map((copy) => copy.id),
    }
  })
}

async function eventsOf(trx: HubTransaction, slip: string): Promise<SlipHistory['events']> {
  const rows = await trx
    .selectFrom('event')
    .selectAll()
    .where('slip', '=', slip)
    .orderBy('at_hub')
    .orderBy('seq')
    .execute()
  return rows.map(({ agent, seq, what, moved, at_agent, at_hub, detail }) => ({
    ...{ agent, seq, what, moved, detail },
    atAgent: at_agent.toISOString(),
    atHub: at_hub.toISOString(),
  }))
}

function told(row: SeenRow, afterMs: number): Slip {
  // A revoked agent cannot report any more, so that a person need not wait for it.
  const silentMs = row.is_revoked === true ? 0 : afterMs
  return slipOfRow(row, { nowMs: row.now.getTime(), afterMs: silentMs, seenAt: row.seen_at })
}
