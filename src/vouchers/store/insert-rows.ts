/** Rows of one table by few statements, because each statement costs more than a row of it. */

import type { RowWriter } from './row-writer.js'

/** Rows in a statement; the rest is written one by one, so that there are two statements to prepare and no more. */
const ROWS = 32

export interface Target<Row> {
  readonly columns: readonly (keyof Row & string)[]
  /** Statement for one row. */
  readonly one: string
  /** Statement for `ROWS` rows. */
  readonly many: string
}

export function targetOf<Row>(
  table: string,
  columns: readonly (keyof Row & string)[],
): Target<Row> {
  const names = columns.map((name) => `"${name}"`).join(', ')
  const marks = `(${columns.map(() => '?').join(', ')})`
  const one = `insert into "${table}" (${names}) values ${marks}`
  return { columns, one, many: `${one}${`, ${marks}`.repeat(ROWS - 1)}` }
}

export function insertRows<Row>(
  writer: RowWriter,
  { columns, one, many }: Target<Row>,
  rows: readonly Row[],
): void {
  for (let at = 0; at < rows.length; ) {
    const count = rows.length - at >= ROWS ? ROWS : 1
    const values = new Array<unknown>(count * columns.length)
    let filled = 0
    for (let i = at; i < at + count; i++) {
      for (const column of columns) values[filled++] = (rows[i] as Row)[column]
    }
    writer.run(count === 1 ? one : many, values)
    at += count
  }
}
