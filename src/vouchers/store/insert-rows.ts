/** Rows of one table by few statements, because each statement costs more than a row of it. */

import { CompiledQuery, type Kysely } from 'kysely'
import type { StoreTables } from './tables.js'

/** Rows in a statement; the rest is written one by one, so that there are two statements to prepare and no more. */
const ROWS = 16

export interface Target<Row> {
  readonly table: string
  readonly columns: readonly (keyof Row & string)[]
}

export async function insertRows<Row>(
  db: Kysely<StoreTables>,
  target: Target<Row>,
  rows: readonly Row[],
): Promise<void> {
  for (let at = 0; at < rows.length; ) {
    const count = rows.length - at >= ROWS ? ROWS : 1
    const values: unknown[] = []
    for (let i = at; i < at + count; i++) {
      for (const column of target.columns) values.push((rows[i] as Row)[column])
    }
    await db.executeQuery(CompiledQuery.raw(statement(target, count), values))
    at += count
  }
}

function statement({ table, columns }: Target<never>, count: number): string {
  const names = columns.map((name) => `"${name}"`).join(', ')
  const marks = `(${columns.map(() => '?').join(', ')})`
  return `insert into "${table}" (${names}) values ${Array(count).fill(marks).join(', ')}`
}
