/** Rows of a table as lines of JSON: first the table and its columns, then the values of a row on each line. */

import { isBytes } from '../../model/realms.js'
import { CARRIED_TABLES, type TableName } from '../store/carried-tables.js'
import { backupDamaged, backupNewer } from './backup-errors.js'

export type TableRow = Readonly<Record<string, unknown>>

export interface TableRows {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
}

export function headOf(table: TableName): string {
  return JSON.stringify([table, ...CARRIED_TABLES[table].columns])
}

/** Writes a row as a line. Bytes become an object with `b` in base64, because the columns of tables hold no objects. */
export function lineOf(row: TableRow, columns: readonly string[]): string {
  return JSON.stringify(
    columns.map((name) => {
      const value = row[name]
      return isBytes(value) ? { b: Buffer.from(value).toString('base64') } : value
    }),
  )
}

/**
 * Reads the rows of a frame.
 * @throws VoucherError `BACKUP_NEWER` if this version has no such table or column, `BACKUP_DAMAGED`
 */
export function readRows(text: string, frame: number): TableRows {
  const [head = '', ...lines] = text.split('\n')
  const [table, ...columns] = readLine(head, frame)
  if (!isTable(table)) throw backupNewer()
  const known: readonly unknown[] = CARRIED_TABLES[table].columns
  if (!columns.every((name) => known.includes(name))) throw backupNewer()
  const names = columns as readonly string[]
  return { table, columns: names, rows: lines.map((line) => rowOf(readLine(line, frame), names)) }
}

function isTable(name: unknown): name is TableName {
  return typeof name === 'string' && Object.hasOwn(CARRIED_TABLES, name)
}

function readLine(line: string, frame: number): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(line)
    if (Array.isArray(values)) return values
  } catch {
    // The parser's message is left out because it quotes the line, which may hold data of a customer.
  }
  throw backupDamaged('holds a line that is no row', frame)
}

function rowOf(values: readonly unknown[], columns: readonly string[]): TableRow {
  const row: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) row[columns[i] as string] = decoded(values[i])
  return row
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { b } = value as { readonly b?: unknown }
  return Buffer.from(String(b), 'base64')
}
