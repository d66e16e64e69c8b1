/** Makes the records that searches and slips use from rows and entries. */

import type { Kysely } from 'kysely'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { PrintRecord, VoucherRecord } from '../archive.js'
import type { PrintEvent } from '../events.js'
import type { Trade } from '../trade.js'
import { TRADE_TYPE_RULES } from '../trade-types.js'
import type { StoreTables, VoucherRow } from './tables.js'
import type { TradeBody } from './voucher-row.js'

/** Loads the records of `rows`, in the same order. */
export async function recordsOf(
  db: Kysely<StoreTables>,
  rows: readonly VoucherRow[],
): Promise<readonly VoucherRecord[]> {
  if (rows.length === 0) return []
  const entries = await db
    .selectFrom('entry')
    .select(['voucher_id', 'kind', 'recorded_at', 'body'])
    .where(
      'voucher_id',
      'in',
      rows.map((row) => row.id),
    )
    .where('kind', 'in', ['trade', 'print'])
    .orderBy('n')
    .execute()
  const byVoucher = new Map(rows.map(({ id }) => [id, [] as (typeof entries)[number][]]))
  for (const entry of entries) byVoucher.get(entry.voucher_id as string)?.push(entry)
  return rows.map((row) => {
    const own = byVoucher.get(row.id) ?? []
    const trade = own.find(({ kind }) => kind === 'trade')
    const prints = own
      .filter(({ kind, body }) => kind === 'print' && body !== null)
      .map(({ recorded_at, body }) => printRecord(recorded_at, JSON.parse(body as string)))
    return recordOf(row, trade, prints)
  })
}

function recordOf(
  row: VoucherRow,
  entry: { readonly recorded_at: number; readonly body: string | null } | undefined,
  prints: readonly PrintRecord[],
): VoucherRecord {
  const body: TradeBody | undefined = entry?.body == null ? undefined : JSON.parse(entry.body)
  const { pan, ...trade } = body?.trade ?? tradeOfRow(row)
  return {
    ...trade,
    id: row.id,
    voucher: row.number,
    batch: row.batch,
    result: row.result as Trade['result'],
    ...(row.tip_fen === 0 ? {} : { tipFen: row.tip_fen }),
    ...(pan === undefined ? {} : { panShown: pan }),
    state: row.state as VoucherRecord['state'],
    recordedAt: new Date(entry?.recorded_at ?? row.at).toISOString(),
    businessDay: row.day,
    chargedFen: row.charged_fen,
    refundableFen: refundable(row),
    ...(row.fee_fen === null ? {} : { feeFen: row.fee_fen }),
    ...(row.late_seq === 0 ? {} : { late: true }),
    ...(row.original_id === null ? {} : { originalId: row.original_id }),
    prints,
    warnings: (body?.warnings ?? []).map(warningOf),
  }
}

/** The fields of a trade that its row still has after retention has removed the body. */
function tradeOfRow(row: VoucherRow): Trade {
  return {
    type: row.type as Trade['type'],
    kind: row.kind as Trade['kind'],
    result: row.result as Trade['result'],
    fen: row.fen,
    at: new Date(row.at).toISOString(),
    terminal: row.terminal,
    operator: row.operator,
  }
}

/** Only trades that brought money in can be refunded, and only as far as they have not been. */
function refundable(row: VoucherRow): number {
  const { direction } = TRADE_TYPE_RULES[row.type as Trade['type']]
  const open = row.state === 'effective' || row.state === 'part-refunded'
  return direction === 1 && open ? row.charged_fen - row.refunded_fen : 0
}

function printRecord(recordedAt: number, event: PrintEvent): PrintRecord {
  const { copy, outcome, grade, by, why, marked, nth } = event
  return {
    copy,
    outcome,
    ...(grade === undefined ? {} : { grade }),
    at: new Date(recordedAt).toISOString(),
    by,
    ...(why === undefined ? {} : { why }),
    marked,
    nth,
  }
}

/** Warnings are kept as code and path; their full messages are given only when a trade is added. */
function warningOf({ code, path }: { readonly code: string; readonly path: string }): Diagnostic {
  return { code, severity: 'warning', path, message: `${code} was reported when this was added` }
}
