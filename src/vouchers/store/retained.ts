/** The records of retention in the chain of the shop: which bodies it has removed, and of which days. */

import { type Kysely, sql } from 'kysely'
import { VoucherError } from '../errors.js'
import { Positions, type Ranges } from './positions.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN } from './unit.js'

/** The fault of a record whose body is gone although no retention has removed it. */
export const BODY_LOST = 'its body was removed, and not by retention'

export interface RetainBody {
  readonly by: string
  readonly months: number
  /** Vouchers of business days before this one were removed, unless they were spared. */
  readonly before: string
  /** First business day from which on retention has not removed any vouchers. */
  readonly completeFrom: string
  /** The seal of the backup that holds the removed vouchers. */
  readonly backup: string
  readonly vouchers: number
  /** Records whose bodies were removed, by chain. */
  readonly removed: Readonly<Record<string, Ranges>>
}

/** Selects the records of one kind in the shop's chain, with literals so that the partial index of that chain is used. */
export function selectShopRecords(db: Kysely<StoreTables>, kind: 'retain' | 'backup') {
  return db
    .selectFrom('entry')
    .select(['seq', 'recorded_at', 'body'])
    .where('chain', '=', sql.lit(SHOP_CHAIN))
    .where('kind', '=', sql.lit(kind))
}

export async function loadRemoved(db: Kysely<StoreTables>): Promise<Positions> {
  const removed = new Positions()
  for (const { body } of await selectShopRecords(db, 'retain').orderBy('seq').execute()) {
    noteRemoved(removed, body)
  }
  return removed
}

/**
 * Adds the positions in the body of a record of retention. A body that is not JSON any more is skipped, because the check of the chain
 * reports it.
 */
export function noteRemoved(removed: Positions, body: string | null): void {
  if (body === null) return
  try {
    removed.addAll((JSON.parse(body) as RetainBody).removed)
  } catch {
    return
  }
}

/** The first business day whose vouchers are all there; undefined if retention has removed none. */
export async function loadCompleteFrom(db: Kysely<StoreTables>): Promise<string | undefined> {
  const row = await selectShopRecords(db, 'retain')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body == null ? undefined : (JSON.parse(row.body) as RetainBody).completeFrom
}

/**
 * Refuses to sum up days whose vouchers are gone, because the sums would be wrong for good.
 * @throws VoucherError `DAY_RETAINED`
 */
export async function refuseRetained(db: Kysely<StoreTables>, day: string): Promise<void> {
  const from = await loadCompleteFrom(db)
  if (from === undefined || day >= from) return
  throw new VoucherError(`retention has removed vouchers of days before ${from}`, {
    code: 'DAY_RETAINED',
    path: 'day',
    hint: 'restore a backup of that time into an empty place, and sum it up there',
  })
}
