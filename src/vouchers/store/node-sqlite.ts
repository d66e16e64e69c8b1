/** SQLite as Node brings it since 22.13: several processes may use one store. */

import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { SQLITE_PRAGMAS } from './sqlite-dialect.js'

/** The part of `node:sqlite` that is used, because its types are newer than the oldest Node that is supported. */
interface NodeDatabase {
  exec(sql: string): void
  prepare(sql: string): NodeStatement
  close(): void
}
interface NodeStatement {
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
  iterate(...parameters: unknown[]): IterableIterator<unknown>
}

/** Opens `path` by `node:sqlite`, or returns undefined if this Node has none. */
export async function openNodeSqlite(path: string): Promise<SqliteDatabase | undefined> {
  const sqlite = await importSqlite()
  if (sqlite === undefined) return undefined
  const database = new sqlite.DatabaseSync(path)
  for (const pragma of SQLITE_PRAGMAS) database.exec(`pragma ${pragma}`)
  return asKyselyDatabase(database)
}

async function importSqlite(): Promise<
  { readonly DatabaseSync: new (path: string) => NodeDatabase } | undefined
> {
  try {
    // The name is put together so that bundlers and older versions of Node do not look for it.
    return await import(/* @vite-ignore */ ['node', 'sqlite'].join(':'))
  } catch {
    return undefined
  }
}

/** Statements are kept, because preparing one costs more than running it. */
const MAX_STATEMENTS = 200

function asKyselyDatabase(database: NodeDatabase): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      const statement = asKyselyStatement(database.prepare(sql), sql)
      statements.set(sql, statement)
      return statement
    },
  }
}

function asKyselyStatement(statement: NodeStatement, sql: string): SqliteStatement {
  return {
    reader: /^\s*(?:select|with|pragma|explain|values)\b|\breturning\b/i.test(sql),
    all: (parameters) => statement.all(...parameters),
    run: (parameters) => statement.run(...parameters),
    iterate: (parameters) => statement.iterate(...parameters),
  }
}
