/** The one statement that makes a voucher's row, compiled once because it runs for every trade. */

import { CompiledQuery, type Kysely } from 'kysely'
import type { StoreTables, VoucherRow } from './tables.js'

const COLUMNS = [
  'id',
  'n',
  'key',
  'content',
  'merchant',
  'terminal',
  'batch',
  'number',
  'day',
  'at',
  'fen',
  'tip_fen',
  'charged_fen',
  'refunded_fen',
  'kind',
  'type',
  'result',
  'state',
  'operator',
  'last4',
  'auth',
  'ref',
  'order_no',
  'pay_voucher',
  'pay_code',
  'original_id',
  'printed',
  'print_count',
] as const satisfies readonly (keyof VoucherRow)[]

const INSERT = `insert into voucher (${COLUMNS.map((name) => `"${name}"`).join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`

export async function insertVoucher(db: Kysely<StoreTables>, row: VoucherRow): Promise<void> {
  await db.executeQuery(
    CompiledQuery.raw(
      INSERT,
      COLUMNS.map((name) => row[name]),
    ),
  )
}
