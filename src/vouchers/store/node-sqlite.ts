/** SQLite as Node includes it since 22.13, with which several processes may use one store. */

import type { SqliteDatabase } from 'kysely'
import { asKyselyDatabase, type SynchronousSqlite } from './synchronous-sqlite.js'

/** Opens `path` by `node:sqlite`, or returns undefined if this version of Node lacks it. */
export async function openNodeSqlite(path: string): Promise<SqliteDatabase | undefined> {
  const sqlite = await importSqlite()
  return sqlite === undefined ? undefined : asKyselyDatabase(new sqlite.DatabaseSync(path))
}

async function importSqlite(): Promise<
  { readonly DatabaseSync: new (path: string) => SynchronousSqlite } | undefined
> {
  try {
    // The name is put together so that bundlers and older versions of Node do not look for it.
    return await import(/* @vite-ignore */ ['node', 'sqlite'].join(':'))
  } catch {
    return undefined
  }
}
