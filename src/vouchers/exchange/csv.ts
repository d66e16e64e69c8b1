/** Vouchers as CSV (RFC 4180, UTF-8) for programs: every field, amounts in fen, nothing rounded. */

import { VoucherError } from '../errors.js'
import type { VoucherRecord } from '../voucher-record.js'
import { cellOf, EXPORT_CELLS, isNumberCell } from './cells.js'
import { defused } from './defuse.js'

export async function* csvOf(
  pages: AsyncIterable<readonly VoucherRecord[]>,
): AsyncGenerator<Uint8Array> {
  const { stringify } = await import('csv-stringify/sync').catch((cause: unknown) => {
    throw missingPackage('csv-stringify', cause)
  })
  const write = (rows: readonly (readonly string[])[]) =>
    new TextEncoder().encode(
      stringify(
        rows.map((row) => [...row]),
        { record_delimiter: '\r\n' },
      ),
    )
  yield write([EXPORT_CELLS])
  for await (const page of pages) {
    if (page.length > 0) yield write(page.map(rowOf))
  }
}

function rowOf(record: VoucherRecord): readonly string[] {
  return EXPORT_CELLS.map((name) => {
    const text = cellOf(record, name)
    return isNumberCell(name) ? text : defused(text)
  })
}

export function missingPackage(name: string, cause: unknown): VoucherError {
  return new VoucherError(`CSV files need the package ${name}, which is not installed`, {
    code: 'PACKAGE_MISSING',
    path: 'as',
    hint: `run npm install ${name}`,
    cause,
  })
}
