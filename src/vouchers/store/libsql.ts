/**
 * SQLite from the package `libsql`, for Node 20, which does not include SQLite.
 *
 * One process may use such a store at a time: the SQLite in this package has a fault in its write-ahead log that two connections can hit
 * (versions 3.7.0 to 3.51.2), so the store is locked for as long as it is open.
 */

import type { SqliteDatabase } from 'kysely'
import { VoucherError } from '../errors.js'
import { asKyselyDatabase, type SynchronousSqlite } from './synchronous-sqlite.js'

/**
 * Opens a file with the package `libsql`.
 * @throws VoucherError `STORE_MISSING` if the package is not installed
 */
export async function openLibsql(path: string): Promise<SqliteDatabase> {
  const Database = await importLibsql()
  const database = new Database(path)
  return {
    ...asKyselyDatabase(database, { takesLists: true }),
    // The database stays open until its statements are garbage-collected, so the log is written into the file here and not left beside it.
    close() {
      database.exec('pragma wal_checkpoint(truncate)')
      database.close()
    },
  }
}

async function importLibsql(): Promise<new (path: string) => SynchronousSqlite> {
  try {
    const { default: Database } = await import('libsql')
    return Database as unknown as new (
      path: string,
    ) => SynchronousSqlite
  } catch (cause) {
    throw new VoucherError(
      'this Node has no SQLite of its own, and the package libsql is not installed',
      {
        code: 'STORE_MISSING',
        hint: 'run npm install libsql, or use Node 22.13 or newer',
        cause,
      },
    )
  }
}
