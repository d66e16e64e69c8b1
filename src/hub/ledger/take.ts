/** An agent takes the next slip of its printer, in one compare-and-set that raises the epoch. */

import { sql } from 'kysely'
import type { Taken } from '../../hub-api/agent-shapes.js'
import { HubError } from '../../hub-api/errors.js'
import { inTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { LedgerContext } from './context.js'

export interface AgentName {
  readonly tenant: string
  readonly agent: string
}

/** The index of held slips has refused a second one: another request of the agent was first. */
const UNIQUE_VIOLATION = '23505'

type TakenRow = SlipRow & {
  readonly again: boolean
  readonly size: number
  readonly segments: Taken['payload']['segments']
  readonly heading: Uint8Array | null
  readonly key_id: string | null
}

/**
 * Undefined if nothing waits, or if another agent has not yet reported what became of the slip that it holds here. Asked again, it gives the same
 * slip and epoch, because the first answer may have been lost.
 *
 * @throws HubError `NOT_FOUND` if it is no printer of this agent
 */
export async function takeSlip(
  context: LedgerContext,
  { tenant, agent }: AgentName,
  printer: string,
): Promise<Taken | undefined> {
  for (let tries = 0; ; tries++) {
    try {
      return await takeOnce(context, { tenant, agent }, printer)
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION || tries > 3) throw error
    }
  }
}

async function takeOnce(
  context: LedgerContext,
  { tenant, agent }: AgentName,
  printer: string,
): Promise<Taken | undefined> {
  const row = await inTenant(context.db, tenant, async (trx) => {
    const { rows } = await sql<TakenRow>`
      with held as (
        select s.* from slip s where s.printer = ${printer}::uuid and s.state in ('taken', 'printing')
      ), next as (
        select s.id from slip s
        where s.printer = ${printer}::uuid and s.state in ('accepted', 'offered', 'not-started')
          and (s.expires_at is null or s.expires_at > now())
          and exists (select 1 from printer p where p.id = ${printer}::uuid and p.agent = ${agent}::uuid)
          and not exists (select 1 from held)
        order by s.epoch, s.id limit 1 for update skip locked
      ), fresh as (
        update slip s set state = 'taken', epoch = s.epoch + 1, agent = ${agent}::uuid, taken_at = now(), reason = null
        from next where s.id = next.id returning s.*
      ), mine as (
        select *, true as again from held where agent = ${agent}::uuid union all select *, false from fresh
      ) select m.*, y.size, y.segments, y.heading, y.key_id
        from mine m join payload y on y.tenant = m.tenant and y.hash = m.payload_hash`.execute(trx)
    const [found] = rows
    if (found === undefined) await checkOwner(trx, agent, printer)
    return found
  })
  if (row === undefined) return undefined
  if (!row.again) context.count('taken')
  return takenOf(context, row)
}

async function checkOwner(
  trx: Parameters<Parameters<typeof inTenant>[2]>[0],
  agent: string,
  printer: string,
): Promise<void> {
  const own = await trx
    .selectFrom('printer')
    .select('id')
    .where('id', '=', printer)
    .where('agent', '=', agent)
    .executeTakeFirst()
  if (own === undefined) throw new HubError('NOT_FOUND', 'this agent has no printer of this id')
}

function takenOf({ seal }: LedgerContext, row: TakenRow): Taken {
  const { tenant, payload_hash: hash, heading, key_id: keyId } = row
  const plain = heading && seal.open({ bytes: heading, keyId }, `${tenant}/${hash}/heading`)
  return {
    slip: row.id,
    epoch: row.epoch,
    key: row.key,
    copyIndex: row.copy_index,
    printer: row.printer,
    marked: row.marked,
    contentHash: row.content_hash,
    payload: {
      hash,
      size: row.size,
      segments: row.segments,
      heading: plain && Buffer.from(plain).toString('base64'),
    },
    title: row.title,
    expiresAt: row.expires_at?.toISOString() ?? null,
    again: row.again,
  }
}

/**
 * The bytes of a slip that this agent holds.
 *
 * @throws HubError `NOT_FOUND` also for bytes that others hold
 */
export async function payloadFor(
  { db, seal }: LedgerContext,
  { tenant, agent }: AgentName,
  hash: string,
): Promise<Uint8Array> {
  const found = await inTenant(db, tenant, async (trx) => {
    const { rows } = await sql<{ bytes: Uint8Array; key_id: string | null }>`
      select y.bytes, y.key_id from payload y where y.tenant = ${tenant}::uuid and y.hash = ${hash} and exists (
        select 1 from slip s where s.tenant = y.tenant and s.payload_hash = y.hash
          and s.agent = ${agent}::uuid and s.state in ('taken', 'printing'))`.execute(trx)
    return rows[0]
  })
  if (found === undefined) throw new HubError('NOT_FOUND', 'this agent has taken no such slip')
  return seal.open({ bytes: found.bytes, keyId: found.key_id }, `${tenant}/${hash}`)
}
