/** Inserts rows of one table with few statements, because a statement costs more than a row in it. */

import type { RowWriter } from './row-writer.js'

/** Rows in a statement; the rest is written one by one, so that only two statements have to be prepared. */
const ROWS = 32

export interface Target<Row> {
  readonly columns: readonly (keyof Row & string)[]
  /** Statement for one row. */
  readonly one: string
  /** Statement for `ROWS` rows. */
  readonly many: string
}

export interface TargetOptions<Row> {
  /** The unique column by which an existing row is found and updated; without it an existing row is an error. */
  readonly orUpdate?: keyof Row & string
}

export function targetOf<Row>(
  table: string,
  columns: readonly (keyof Row & string)[],
  { orUpdate }: TargetOptions<Row> = {},
): Target<Row> {
  const names = columns.map((name) => `"${name}"`).join(', ')
  const marks = `(${columns.map(() => '?').join(', ')})`
  const one = `insert into "${table}" (${names}) values ${marks}`
  const others = columns.filter((name) => name !== orUpdate)
  const update = others.map((name) => `"${name}" = excluded."${name}"`).join(', ')
  const end = orUpdate === undefined ? '' : ` on conflict ("${orUpdate}") do update set ${update}`
  return { columns, one: `${one}${end}`, many: `${one}${`, ${marks}`.repeat(ROWS - 1)}${end}` }
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
