/** Exports the vouchers of a range of days as a file, page by page. */

import {
  DATE,
  needed,
  type OptionRules,
  oneOf,
  readOptions,
  wholeNumber,
} from '../../model/options.js'
import type { Archive } from '../archive.js'
import type { ByPerson } from '../person.js'
import type { VoucherRecord } from '../voucher-record.js'

export interface ExportOptions extends ByPerson {
  /** `csv` for programs, `xlsx` for people, `jsonl` with all fields, including the prints. */
  readonly as: 'csv' | 'xlsx' | 'jsonl'
  /** First and last business day, both included. Default: all. */
  readonly from?: string
  readonly to?: string
  /** Maximum number of rows in a sheet of XLSX, including its titles. Default 1,048,576, the maximum that spreadsheets can open. */
  readonly rowsOfSheet?: number
}

const RULES: OptionRules<Omit<ExportOptions, 'by' | 'from' | 'to'>> = {
  as: needed(oneOf('csv', 'xlsx', 'jsonl')),
  now: needed(DATE),
  rowsOfSheet: wholeNumber(2, 1_048_576),
}

/** Records in memory at a time. */
const PAGE = 500

/**
 * Exports vouchers in the order of their days and times, so that an original comes before the trades that refer to it. Memory does not grow
 * with the number of vouchers. Once the store has operators, `by` must be a manager.
 *
 * @throws VoucherError `QUERY_INVALID`, `PACKAGE_MISSING`, and those of `operators.authorize`
 *
 * @example
 * const parts = exportVouchers(archive, { as: 'csv', from: '2026-11-01', to: '2026-11-30', by: '01', now: new Date() })
 * let size = 0
 * for await (const part of parts) size += part.length
 * size > 100 // true
 */
export async function* exportVouchers(
  archive: Archive,
  options: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const { by, from, to, ...rest } = options
  const { as, now, rowsOfSheet } = readOptions<typeof rest>('exportVouchers', rest, RULES)
  const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
  const pages = pagesOf(archive, range)
  // The first page is read before the export is recorded, so that a wrong range throws before that.
  const first = await pages.next()
  await archive.operators.authorize('export', { by, now, what: `${from ?? ''}…${to ?? ''} ${as}` })
  const all = resumed(first, pages)
  if (as === 'csv') yield* (await import('./csv.js')).csvOf(all)
  else if (as === 'jsonl') yield* linesOf(all)
  else {
    const { MOST_ROWS, xlsxOf } = await import('./xlsx.js')
    yield* xlsxOf(all, rowsOfSheet ?? MOST_ROWS)
  }
}

interface DayRange {
  readonly from?: string
  readonly to?: string
}

async function* pagesOf(
  archive: Archive,
  range: DayRange,
): AsyncGenerator<readonly VoucherRecord[]> {
  let after: string | null = null
  do {
    const page = await archive.list({
      ...range,
      limit: PAGE,
      ...(after === null ? {} : { after }),
    })
    yield page.vouchers
    after = page.next
  } while (after !== null)
}

async function* resumed<T>(
  first: IteratorResult<T, void>,
  rest: AsyncGenerator<T>,
): AsyncGenerator<T> {
  if (first.done !== true) yield first.value
  yield* rest
}

async function* linesOf(
  pages: AsyncIterable<readonly VoucherRecord[]>,
): AsyncGenerator<Uint8Array> {
  for await (const page of pages) {
    const text = page.map((record) => `${JSON.stringify(record)}\n`).join('')
    if (text !== '') yield new TextEncoder().encode(text)
  }
}
