/** Trades with their fees, to be compared with an acquirer's bill. */

import { type Kysely, sql } from 'kysely'
import type { FeeTrade } from '../fee-report.js'
import type { DayRange } from '../totals.js'
import { TRADE_TYPE_RULES, TRADE_TYPES } from '../trade-types.js'
import type { StoreTables } from './tables.js'
import { unindexed } from './unindexed.js'

const MOVING = TRADE_TYPES.filter((type) => TRADE_TYPE_RULES[type].direction !== 0)

export async function loadFeeTrades(
  db: Kysely<StoreTables>,
  { from, to }: DayRange,
  terminal: string | undefined,
): Promise<readonly FeeTrade[]> {
  const select = db
    .selectFrom('voucher')
    .select([
      'id',
      'terminal',
      'batch',
      'number as voucher',
      'ref',
      'pay_voucher as payVoucher',
      'fee_fen as feeFen',
    ])
    .where(sql.ref('result'), '=', sql.lit('approved'))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .where(unindexed('type'), 'in', MOVING)
    .orderBy('day')
  return (
    terminal === undefined ? select : select.where(unindexed('terminal'), '=', terminal)
  ).execute()
}
