/** Makes and opens stores that are files of SQLite. */

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Kysely, SqliteDatabase, Transaction } from 'kysely'
import { lockFile } from '../locks/file-lock.js'
import { codeOf } from '../model/realms.js'
import { VoucherError } from './errors.js'
import { isThere, syncFile, syncFolder } from './files.js'
import type { StoreEngine } from './store/engine.js'
import type { RowWriter } from './store/row-writer.js'
import type { StoreTables } from './store/tables.js'

/** How long to wait for another process that is just closing the store. */
const LOCK_TIMEOUT_MS = 1000

/** Suffixes of the files of a store: the database, its write-ahead log with its index, and its rollback journal. */
const STORE_FILES = ['', '-wal', '-shm', '-journal'] as const

/**
 * Makes an empty file that only its owner can read, because SQLite would make one that everybody can read. The files that SQLite adds
 * beside it take over its permissions.
 */
export async function makeStoreFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw cannotMake(file, cause)
  }
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cannotMake(file, cause)
    throw storeExists(file)
  }
}

/** Removes the files that `makeStoreFile` and an engine have made. */
export async function removeStoreFile(file: string): Promise<void> {
  for (const suffix of STORE_FILES) await rm(`${file}${suffix}`, { force: true })
}

export function storeExists(file: string): VoucherError {
  return new VoucherError(`a file is at ${file} already`, {
    code: 'STORE_EXISTS',
    path: 'store',
    hint: 'use it as it is, or choose another path; a store is never overwritten',
  })
}

function cannotMake(file: string, cause: unknown): VoucherError {
  return new VoucherError(`the store ${file} cannot be made`, {
    code: 'STORE_UNREACHABLE',
    path: 'store',
    hint: 'check the path, its rights and the disk',
    cause,
  })
}

/** Opens the engine over a file and migrates its tables to the newest form. */
export async function openSqliteEngine(file: string): Promise<StoreEngine> {
  const { storeError } = await import('./store/store-errors.js')
  const { database, isShared, release } = await openLocked(file).catch((error) => {
    throw storeError(error)
  })
  try {
    // A file that somebody copied back may be readable by everybody.
    for (const suffix of STORE_FILES) await chmod(`${file}${suffix}`, 0o600).catch(ignore)
    const { migrate } = await import('./store/migrate.js')
    const { sqliteWriter } = await import('./store/row-writer.js')
    const { scrubSqlite } = await import('./store/scrub.js')
    const { TerminalsKeeper } = await import('./store/known-terminals.js')
    const keeper = new TerminalsKeeper(isShared ? database : undefined)
    const { db, transact } = await kyselyOf(database, keeper.ended)
    await migrate(db)
    const writer = sqliteWriter(database)
    return {
      db,
      transact,
      writerOf: () => writer,
      terminals: () => keeper.take(),
      keepTerminals: (terminals) => keeper.keep(terminals),
      isCopy: false,
      snapshot: (work) => inSnapshot(file, work),
      scrub: () => scrubSqlite(db),
      locksRows: false,
      isOvertaken: () => false,
      isTaken: (error) => /UNIQUE constraint failed: voucher\./.test(String(error)),
      release,
    }
  } catch (error) {
    database.close()
    await release()
    throw storeError(error)
  }
}

/**
 * Makes a store and fills it under a temporary name. It gets its name once it is complete and on the disk, so that half a store is never
 * found there.
 *
 * @throws VoucherError `STORE_EXISTS`
 */
export async function restoreIntoSqlite<T>(
  file: string,
  load: (trx: Transaction<StoreTables>, writer: RowWriter) => Promise<T>,
): Promise<T> {
  await refuseStoreFiles(file)
  const temporary = `${file}.${randomBytes(4).toString('hex')}.restore`
  await makeStoreFile(temporary)
  try {
    const result = await fillSqlite(temporary, load)
    await syncFile(temporary)
    await refuseStoreFiles(file)
    await rename(temporary, file)
    await syncFolder(dirname(file))
    return result
  } catch (error) {
    await removeStoreFile(temporary)
    throw error
  }
}

/** Refuses a path with files of another store, because SQLite would take a leftover log for that of the new database. */
async function refuseStoreFiles(file: string): Promise<void> {
  if (await isThere(file)) throw storeExists(file)
  for (const suffix of STORE_FILES) {
    if (!(await isThere(`${file}${suffix}`))) continue
    throw new VoucherError(`a file is at ${file}${suffix}, which is left of another store`, {
      code: 'STORE_EXISTS',
      path: 'store',
      hint: 'move it away together with the file of that store, or choose another path',
    })
  }
}

async function fillSqlite<T>(
  file: string,
  load: (trx: Transaction<StoreTables>, writer: RowWriter) => Promise<T>,
): Promise<T> {
  const { sql } = await import('kysely')
  const { db, writerOf, release } = await openSqliteEngine(file)
  try {
    // Without a write-ahead log and without waiting for the disk, because an incomplete file is removed anyway.
    await sql`pragma journal_mode = memory`.execute(db)
    await sql`pragma synchronous = off`.execute(db)
    return await db.transaction().execute(async (trx) => load(trx, await writerOf(trx)))
  } finally {
    await db.destroy()
    await release()
  }
}

async function kyselyOf(
  database: SqliteDatabase,
  onEnd: (isCommitted: boolean) => void,
): Promise<Pick<StoreEngine, 'db' | 'transact'>> {
  const { Kysely } = await import('kysely')
  const { ImmediateSqliteDialect } = await import('./store/sqlite-dialect.js')
  const dialect = new ImmediateSqliteDialect(database, onEnd)
  const db = new Kysely<StoreTables>({ dialect })
  return { db, transact: dialect.transactions<StoreTables>() }
}

/**
 * Reads over a separate connection, because that of the store serves one transaction at a time and a long one would stop the till. Thanks
 * to the write-ahead log the transaction sees the store as it was at its first read.
 */
async function inSnapshot<T>(
  file: string,
  work: (db: Kysely<StoreTables>) => Promise<T>,
): Promise<T> {
  const { sql } = await import('kysely')
  const { db } = await kyselyOf(await connect(file), ignore)
  try {
    await sql`pragma query_only = on`.execute(db)
    await sql`begin`.execute(db)
    try {
      return await work(db)
    } finally {
      // Ends the transaction here, because some drivers close later than they are told to, and until then the log could not be emptied.
      await sql`rollback`.execute(db)
    }
  } finally {
    await db.destroy()
  }
}

interface OpenSqlite {
  readonly database: SqliteDatabase
  /** Whether other connections may write to the database. */
  readonly isShared: boolean
  readonly release: () => Promise<void>
}

async function openLocked(file: string): Promise<OpenSqlite> {
  const { openNodeSqlite } = await import('./store/node-sqlite.js')
  const own = await openNodeSqlite(file)
  if (own !== undefined) return { database: own, isShared: true, release: async () => undefined }
  const lock = await lockFile(`${file}.lock`, { timeoutMs: LOCK_TIMEOUT_MS }).catch((cause) => {
    throw new VoucherError(`the store is held: ${cause.message}`, {
      code: 'STORE_LOCKED',
      path: 'store',
      hint: 'only one process may use a store on this Node; use Node 22.13 or newer, or PostgreSQL, to share it',
      cause,
    })
  })
  try {
    return { database: await connect(file), isShared: false, release: () => lock.release() }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Opens a connection to the file. If the driver needs the lock of the file, this process must hold it already. */
async function connect(file: string): Promise<SqliteDatabase> {
  const { openNodeSqlite } = await import('./store/node-sqlite.js')
  const { openLibsql } = await import('./store/libsql.js')
  return (await openNodeSqlite(file)) ?? openLibsql(file)
}

/** Does nothing; for a `chmod` that fails because the files of the write-ahead log come and go. */
function ignore(): undefined {
  return undefined
}
