/** Adapts the SQLite drivers for Node, which are all synchronous and alike, to the interface of Kysely. */

import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { SQLITE_PRAGMAS } from './sqlite-dialect.js'

/** The part of a driver that is used: `node:sqlite`, `libsql` and `better-sqlite3` all have it. */
export interface SynchronousSqlite {
  exec(sql: string): void
  prepare(sql: string): SynchronousStatement
  close(): void
}

interface SynchronousStatement {
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  iterate(...parameters: unknown[]): IterableIterator<unknown>
}

export interface DriverTraits {
  /** Whether `run` takes its parameters as one list too, which saves copying those of many rows. */
  readonly takesLists?: boolean
}

/** Maximum number of prepared statements that are kept, because preparing one costs more than running it. */
const MAX_STATEMENTS = 200

/** Sets the pragmas of a store, and adapts the driver. */
export function asKyselyDatabase(
  database: SynchronousSqlite,
  { takesLists = false }: DriverTraits = {},
): SqliteDatabase {
  for (const pragma of SQLITE_PRAGMAS) database.exec(`pragma ${pragma}`)
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      const statement = asKyselyStatement(database.prepare(sql), sql, takesLists)
      statements.set(sql, statement)
      return statement
    },
  }
}

function asKyselyStatement(
  statement: SynchronousStatement,
  sql: string,
  takesLists: boolean,
): SqliteStatement {
  return {
    reader: /^\s*(?:select|with|pragma|explain|values)\b|\breturning\b/i.test(sql),
    all: (parameters) => statement.all(...parameters).map(withBytes),
    run: takesLists
      ? (parameters) => statement.run(parameters)
      : (parameters) => statement.run(...parameters),
    iterate: (parameters) => statement.iterate(...parameters),
  }
}

/** Some drivers answer binary columns as ArrayBuffer. */
function withBytes(row: unknown): unknown {
  const values = row as Record<string, unknown>
  for (const name in values) {
    const value = values[name]
    if (Object.prototype.toString.call(value) === '[object ArrayBuffer]') {
      values[name] = new Uint8Array(value as ArrayBuffer)
    }
  }
  return values
}
