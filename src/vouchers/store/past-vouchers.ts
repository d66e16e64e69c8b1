/** Trades of the past, which bring the ids that they had. A trade whose id is in the store already is compared with the stored one. */

import type { AddResult } from '../archive.js'
import { VoucherError } from '../errors.js'
import type { ReadTrade } from '../read-trade.js'
import type { Settings } from '../settings.js'
import { TRADE_FIELDS, type Trade } from '../trade.js'
import { canonicalTrade } from './canonical.js'
import type { Unit } from './unit.js'
import { recordsOf } from './voucher-records.js'

export interface PastVoucher {
  readonly result: AddResult
  /** The trade as an export has it. */
  readonly trade: Trade
}

/**
 * Returns the settings for trades of the past: the store lacks the settlements of that time, and trades that were allowed then are not
 * judged again by the current settings.
 */
export function asPast(settings: Settings): Settings {
  return { ...settings, refundWithinBatch: true, completionMaxPercent: 200 }
}

/**
 * Checks the form of an id.
 * @throws VoucherError `TRADE_INVALID`
 */
export function readId(id: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)) return id
  throw new VoucherError('id must be one that add returned', {
    code: 'TRADE_INVALID',
    path: 'id',
    hint: 'leave the column out, or import the export as it is',
  })
}

/** The vouchers that have one of the ids already. */
export async function pastVouchers(
  unit: Unit,
  given: readonly ReadTrade[],
): Promise<ReadonlyMap<string, PastVoucher>> {
  const ids = given.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (ids.length === 0) return new Map()
  const trx = unit.sql()
  const rows = await trx.selectFrom('voucher').selectAll().where('id', 'in', ids).execute()
  const records = await recordsOf(trx, rows)
  return new Map(
    records.map((record) => {
      const { id, voucher, batch, businessDay, panShown } = record
      const result = { id, repeated: true, voucher, batch, businessDay, warnings: [] }
      return [id, { result, trade: tradeOf({ ...record, pan: panShown }) }]
    }),
  )
}

/** Returns the ids whose vouchers retention has removed: their records are still in the chain, but without bodies. */
export async function retainedIds(
  unit: Unit,
  given: readonly ReadTrade[],
): Promise<ReadonlySet<string>> {
  const ids = given.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (ids.length === 0) return new Set()
  const rows = await unit
    .sql()
    .selectFrom('entry')
    .select('voucher_id')
    .where('voucher_id', 'in', ids)
    .where('kind', '=', 'trade')
    .where('body', 'is', null)
    .execute()
  return new Set(rows.map(({ voucher_id }) => voucher_id as string))
}

/**
 * Refuses a trade whose voucher retention has removed.
 * @throws VoucherError `VOUCHER_RETAINED`
 */
export function checkNotRetained({ id }: ReadTrade, retained: ReadonlySet<string>): void {
  if (id === undefined || !retained.has(id)) return
  throw new VoucherError('retention has removed this voucher, and it is not added again', {
    code: 'VOUCHER_RETAINED',
    path: 'id',
    hint: 'the backup that retain was given has it: leave the row out',
  })
}

/** The trade in a record, without the fields that the store has added. */
function tradeOf(record: Readonly<Record<string, unknown>>): Trade {
  return Object.fromEntries(
    [...TRADE_FIELDS.keys()].flatMap((name) =>
      record[name] === undefined ? [] : [[name, record[name]]],
    ),
  ) as unknown as Trade
}

/**
 * Refuses a trade that differs from the stored one of the same id.
 * @throws VoucherError `KEY_CONFLICT`
 */
export function checkSamePast(trade: Trade, { trade: stored }: PastVoucher): void {
  if (textOf(trade) === textOf(stored)) return
  throw new VoucherError('this id belongs to a voucher that says something else', {
    code: 'KEY_CONFLICT',
    path: 'id',
    hint: 'the file was changed after it was exported, or the voucher was: look at both',
  })
}

/** The text by which two trades are compared; a tip of 0 is the same as no tip. */
function textOf(trade: Trade): string {
  const { tipFen, ...rest } = trade
  return canonicalTrade({ ...rest, ...(tipFen ? { tipFen } : {}) })
}
