/** Gives agents the next slips of their printers, by one compare-and-set that raises the epoch. */

import { type RawBuilder, sql } from 'kysely'
import type { Taken } from '../../hub-api/agent-shapes.js'
import { HubError } from '../../hub-api/errors.js'
import { codeOf } from '../../model/realms.js'
import { gathered, type Settled } from '../db/gather.js'
import { inTenant, onceInTenant } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { AgentName } from '../parts.js'
import type { LedgerContext } from './context.js'

export type TakeSlip = (name: AgentName, printer: string) => Promise<Taken | undefined>

/** PostgreSQL's code if the index of held slips refuses a second one, because a request at another process was first. */
const UNIQUE_VIOLATION = '23505'
const TRIES = 4

interface Asked extends AgentName {
  readonly printer: string
}

type TakenRow = SlipRow & {
  /** Index of the request. */
  readonly n: number
  /** Whether the printer belongs to the agent. */
  readonly owned: boolean
  readonly again: boolean
  readonly size: number
  readonly segments: Taken['payload']['segments']
  readonly heading: Uint8Array | null
  readonly key_id: string | null
}

/**
 * Makes the function that gives out slips. Requests of one moment share a transaction. The result is undefined if no slip waits, or if another agent
 * has not yet reported the end of a slip that it holds of this printer. Further calls return the same slip and epoch, because the first answer may
 * have been lost.
 *
 * @throws HubError `NOT_FOUND` if the printer is not this agent's, and the agent has no slip of it
 */
export function taker(context: LedgerContext): TakeSlip {
  const take = gathered<Asked, TakenRow | undefined>({
    nameOf: ({ printer }) => printer,
    work: (tenant, asked) => takeAll(context, tenant, asked),
  })
  return async ({ tenant, agent }, printer) => {
    const row = await take(tenant, { tenant, agent, printer })
    if (row === undefined) return undefined
    if (!row.again) context.count('taken')
    return takenOf(context, row)
  }
}

async function takeAll(
  { pool }: LedgerContext,
  tenant: string,
  asked: readonly Asked[],
): Promise<readonly Settled<TakenRow | undefined>[]> {
  for (let tries = 1; ; tries++) {
    try {
      const rows = await onceInTenant(pool, tenant, taking(asked))
      return asked.map((_, i) => settle(rows.find(({ n }) => n === i)))
    } catch (error) {
      if (codeOf(error) !== UNIQUE_VIOLATION || tries === TRIES) throw error
    }
  }
}

/** The result of a request. @param row its row of the statement, which is never missing */
function settle(row: TakenRow | undefined): Settled<TakenRow | undefined> {
  if (row?.id != null) return { value: row }
  if (row?.owned === true) return { value: undefined }
  return { error: new HubError('NOT_FOUND', 'this agent has no printer of this id') }
}

/** Makes the statement that takes the slips. No two requests may be of the same printer. */
function taking(asked: readonly Asked[]): RawBuilder<TakenRow> {
  // All processes take in the order of printers, so that they cannot wait for each other in a circle.
  const inOrder = [...asked.entries()].sort(([, a], [, b]) => (a.printer < b.printer ? -1 : 1))
  return sql<TakenRow>`
    with asked as (
      select q.*, p.id is not null as owned
      from unnest(${inOrder.map(([n]) => n)}::int[], ${inOrder.map(([, { agent }]) => agent)}::uuid[],
          ${inOrder.map(([, { printer }]) => printer)}::uuid[]) as q (n, asking, place)
        left join printer p on p.id = q.place and p.agent = q.asking
    ), held as (
      select q.n, q.asking, s.* from asked q join slip s on s.printer = q.place and s.state in ('taken', 'printing')
    ), next as (
      select q.n, q.asking, w.id from asked q cross join lateral (
        select s.id from slip s where s.printer = q.place and s.state in ('accepted', 'offered', 'not-started')
          and (s.expires_at is null or s.expires_at > now())
        order by s.epoch, s.id limit 1 for update skip locked) w
      where q.owned and not exists (select 1 from held h where h.n = q.n)
    ), fresh as (
      update slip s set state = 'taken', epoch = s.epoch + 1, agent = next.asking, taken_at = now(), reason = null
      from next where s.id = next.id returning next.n, next.asking, s.*
    ), mine as (
      select *, true as again from held where agent = asking union all select *, false from fresh
    ) select q.owned, m.*, q.n, y.size, y.segments, y.heading, y.key_id
      from asked q left join (mine m join payload y on y.tenant = m.tenant and y.hash = m.payload_hash) on m.n = q.n`
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
 * Reads the bytes of a slip that this agent holds.
 *
 * @throws HubError `NOT_FOUND`, also for bytes that another agent holds
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
