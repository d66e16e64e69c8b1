/** The only changes that time makes to slips: those that no agent took expire, and those that ended long ago are deleted. */

import { type RawBuilder, sql } from 'kysely'
import { type HubDb, inTenant, type PayloadLock } from '../db/open-db.js'
import type { SlipRow } from '../db/tables.js'
import type { LedgerContext } from '../ledger/context.js'
import { policyOf } from '../ledger/decide.js'

const PAYLOAD_DAYS = 30
const SLIP_DAYS = 730
/** Rows per transaction, so that no tenant holds up the others. */
const PART = 500

/** Expires the slips whose time is over and that no agent has. Taken slips stay, however late it is. Returns their number. */
export async function expireSlips(context: LedgerContext, tenant: string): Promise<number> {
  for (let done = 0; ; ) {
    const part = await inTenant(context.db, tenant, async (trx) => {
      const { rows } = await sql<SlipRow>`
        update slip set state = 'expired', ended_at = now() where id in (
          select id from slip where tenant = ${tenant}::uuid and expires_at <= now()
            and state in ('accepted', 'offered', 'not-started')
          order by expires_at limit ${PART} for update skip locked) returning *`.execute(trx)
      for (const row of rows) await context.notify(trx, tenant, 'slip.ended', row)
      return rows.length
    })
    for (let i = 0; i < part; i++) context.count('expired')
    done += part
    if (part < PART) return done
  }
}

/** Deletes bytes and titles early, because they say what a customer bought, and the rest after years. */
export async function forgetOldSlips(db: HubDb, tenant: string): Promise<void> {
  const { payloadDays = PAYLOAD_DAYS, slipDays = SLIP_DAYS } = await inTenant(db, tenant, policyOf)
  const before = (days: number) => sql`now() - ${days} * interval '1 day'`
  const deleteFrom = (from: RawBuilder<unknown>, where: RawBuilder<unknown>) =>
    sql`delete from ${from} where ctid = any(array(select y.ctid from ${from} y where ${where} limit ${PART}))`
  const titled = sql`title is not null and ended_at < ${before(payloadDays)}`
  const titles = sql`update slip set title = null where ctid = any(array(select ctid from slip where ${titled} limit ${PART}))`
  const unused = sql`y.created_at < ${before(payloadDays)} and not exists (
    select 1 from slip s where s.tenant = y.tenant and s.payload_hash = y.hash
      and (s.ended_at is null or s.ended_at >= ${before(payloadDays)}))`
  const inParts = async (statement: RawBuilder<unknown>, payloads?: PayloadLock) => {
    for (let rows = PART; rows === PART; ) {
      const done = await inTenant(db, tenant, (trx) => statement.execute(trx), payloads)
      rows = Number(done.numAffectedRows ?? 0)
    }
  }
  await inParts(titles)
  await inParts(deleteFrom(sql`payload`, unused), 'payloads go')
  await inParts(deleteFrom(sql`event`, sql`at_hub < ${before(slipDays)}`))
  await inParts(deleteFrom(sql`slip`, sql`ended_at < ${before(slipDays)}`))
  await inParts(deleteFrom(sql`audit`, sql`at < ${before(slipDays)}`))
  await inParts(deleteFrom(sql`enrol_code`, sql`expires_at < ${before(1)} and agent is null`))
}

/** Marks agents as offline that were not heard of for three minutes, whatever the broker said last. */
export async function dropSilentAgents(db: HubDb, tenant: string): Promise<void> {
  await inTenant(db, tenant, (trx) =>
    sql`update agent set online = false
      where online and public_key is not null and seen_at < now() - interval '3 minutes'`.execute(
      trx,
    ),
  )
}

/** Lists all tenants, by the keeper's connection, which may see their ids and nothing else. */
export async function tenantIds(keeper: HubDb): Promise<readonly string[]> {
  const rows = await keeper.selectFrom('tenant').select('id').execute()
  return rows.map(({ id }) => id)
}
