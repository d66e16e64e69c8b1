/** The trades of a batch that count, one by one (交易明细): without those that were voided and the voids themselves. */

import type { Kysely } from 'kysely'
import type { BatchDetail, VoucherRecord } from '../archive.js'
import { TRADE_TYPE_RULES, TRADE_TYPES } from '../trade-types.js'
import type { BatchPlace } from './places.js'
import { selectBatch } from './select-totals.js'
import { unknownBatch } from './settle.js'
import type { StoreTables } from './tables.js'
import { unindexed } from './unindexed.js'
import { recordsOf } from './voucher-records.js'

const PAGE = 500

/** Types that undo a whole trade, so that they are left out together with it. */
const UNDOING = TRADE_TYPES.filter((type) =>
  ['voids', 'closes', 'reopens'].includes(TRADE_TYPE_RULES[type].original?.effect ?? ''),
)

/**
 * Loads the detail of a batch by voucher number. Trades that came after the settlement are left out, because its slip leaves them out too.
 */
export async function loadDetail(
  db: Kysely<StoreTables>,
  { merchant, terminal }: Pick<BatchPlace, 'merchant' | 'terminal'>,
  batchNo: string | undefined,
): Promise<BatchDetail> {
  const place = await newestBatch(db, { merchant, terminal }, batchNo)
  if (place === undefined) throw unknownBatch()
  return {
    merchantNo: merchant,
    terminal,
    batch: place.batch,
    vouchers: await effectiveVouchers(db, place),
  }
}

/** The batch of the given number, or the last one. Numbers begin again after a reset of the terminal, so the newest such batch is taken. */
async function newestBatch(
  db: Kysely<StoreTables>,
  { merchant, terminal }: Pick<BatchPlace, 'merchant' | 'terminal'>,
  batchNo: string | undefined,
): Promise<BatchPlace | undefined> {
  const select = db
    .selectFrom('batch')
    .select(['merchant', 'terminal', 'epoch', 'batch'])
    .where('merchant', '=', merchant)
    .where('terminal', '=', terminal)
    .orderBy('epoch', 'desc')
    .orderBy('batch', 'desc')
    .limit(1)
  return (batchNo === undefined ? select : select.where('batch', '=', batchNo)).executeTakeFirst()
}

async function effectiveVouchers(
  db: Kysely<StoreTables>,
  place: BatchPlace,
): Promise<readonly VoucherRecord[]> {
  const rows = await selectBatch(db, place)
    .selectAll()
    .where(unindexed('result'), '=', 'approved')
    .where(unindexed('late_seq'), '=', 0)
    .where(unindexed('state'), '<>', 'voided')
    .where(unindexed('type'), 'not in', UNDOING)
    .orderBy('number')
    .execute()
  const records: VoucherRecord[] = []
  for (let at = 0; at < rows.length; at += PAGE) {
    records.push(...(await recordsOf(db, rows.slice(at, at + PAGE))))
  }
  return records
}
