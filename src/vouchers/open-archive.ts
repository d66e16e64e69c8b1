/** Opens a store: its key, its database, its lock if it needs one, and the steps that bring it to the newest form. */

import { chmod, mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { SqliteDatabase } from 'kysely'
import { lockFile } from '../locks/file-lock.js'
import { CALLBACK, type OptionRules, readArgument, readOptions, TEXT } from '../model/options.js'
import { codeOf } from '../model/realms.js'
import type { Archive } from './archive.js'
import { VoucherError } from './errors.js'
import { readKeyFile, readOrMakeKey } from './key-file.js'
import { createPostgresArchive, type MakeArchive, openPostgresArchive } from './open-postgres.js'
import { isAddress, type PostgresPlace, readPostgresUrl } from './postgres-url.js'
import type { SlipMaker } from './slips/slip-making.js'
import type { StoreEngine } from './store/engine.js'

export interface ArchiveOptions {
  /**
   * The secret of the chain. Default: the store's path followed by `.key`; a store in PostgreSQL has no default. Keep a
   * copy elsewhere, and never in a backup of the store.
   */
  readonly keyFile?: string
  /**
   * Makes the slips of trades that are not printed, because the settings or the customer say so, and keeps them: see `slipMaker`.
   * Default: they are not kept.
   */
  readonly slips?: SlipMaker
}

const OPTIONS: OptionRules<ArchiveOptions> = { keyFile: TEXT, slips: CALLBACK }

/** Waiting for another process that is only just closing its store. */
const LOCK_TIMEOUT_MS = 1000

/** The database and its write-ahead log. */
const STORE_FILES = ['', '-wal', '-shm'] as const

/**
 * Makes a new store with its key file and opens it.
 *
 * @param store path of a file that does not exist yet, whose folder is made, readable by its owner alone; or the address of a database of
 * PostgreSQL, `postgres://user@host/database?schema=xiaopiao`, in which the schema is made
 * @throws VoucherError `STORE_EXISTS`, `STORE_KEY`, `STORE_MISSING`, `STORE_ADDRESS`, `STORE_UNREACHABLE`, `STORE_NOT_DURABLE`
 *
 * @example
 * await using archive = await createArchive('shop/vouchers.db')
 * const { vouchers } = await archive.find({ day: '2026-11-23' })
 * vouchers // []
 */
export async function createArchive(store: string, options: ArchiveOptions = {}): Promise<Archive> {
  const place = readPlace('createArchive', store, options)
  await checkKysely()
  const archiveOf = archiveMaker(options)
  if ('database' in place) return createPostgresArchive(place.database, place.keyFile, archiveOf)
  const { file, keyFile } = place
  await makeStoreFile(file)
  try {
    return await openStore(file, await readOrMakeKey(keyFile), archiveOf)
  } catch (error) {
    for (const suffix of STORE_FILES) await rm(`${file}${suffix}`, { force: true })
    throw error
  }
}

/** SQLite makes files that everybody may read, and those beside it take the rights of the first, so that one is made here. */
async function makeStoreFile(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw cannotMake(file, cause)
  }
  try {
    await (await open(file, 'wx', 0o600)).close()
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cannotMake(file, cause)
    throw new VoucherError(`a file is at ${file} already`, {
      code: 'STORE_EXISTS',
      path: 'store',
      hint: 'use it as it is, or choose another path; init never overwrites',
    })
  }
}

function cannotMake(file: string, cause: unknown): VoucherError {
  return new VoucherError(`the store ${file} cannot be made`, {
    code: 'STORE_UNREACHABLE',
    path: 'store',
    hint: 'check the path, its rights and the disk',
    cause,
  })
}

/**
 * Opens a store that exists.
 *
 * @param store path of its file, or its address in PostgreSQL
 * @throws VoucherError `STORE_MISSING`, `STORE_KEY`, `STORE_LOCKED` with its holder, `STORE_NEWER` if a newer version has written it;
 * `STORE_ADDRESS`, `STORE_UNREACHABLE` and `STORE_NOT_DURABLE` of PostgreSQL
 *
 * @example
 * await (await createArchive('shop.db')).close()
 * await using archive = await openArchive('shop.db')
 * const { vouchers } = await archive.find({ day: '2026-11-23' })
 * vouchers // []
 */
export async function openArchive(store: string, options: ArchiveOptions = {}): Promise<Archive> {
  const place = readPlace('openArchive', store, options)
  await checkKysely()
  const archiveOf = archiveMaker(options)
  if ('database' in place) return openPostgresArchive(place.database, place.keyFile, archiveOf)
  const { file, keyFile } = place
  if (!(await exists(file))) {
    throw new VoucherError(`no store is at ${file}`, {
      code: 'STORE_MISSING',
      path: 'store',
      hint: 'check the path; vouchers init makes a new store',
    })
  }
  return openStore(file, await readKeyFile(keyFile), archiveOf)
}

/** A store that is a file, or one in a database. */
type StorePlace =
  | { readonly file: string; readonly keyFile: string }
  | { readonly database: PostgresPlace; readonly keyFile: string | undefined }

function readPlace(owner: string, store: string, options: ArchiveOptions): StorePlace {
  const given = readArgument<string>(owner, 'store', store, TEXT)
  const { keyFile } = readOptions<ArchiveOptions>(owner, options, OPTIONS)
  if (!isAddress(given)) {
    const file = resolve(given)
    return { file, keyFile: resolve(keyFile ?? `${file}.key`) }
  }
  const database = readPostgresUrl(given)
  return { database, keyFile: keyFile === undefined ? undefined : resolve(keyFile) }
}

async function checkKysely(): Promise<void> {
  try {
    await import('kysely')
  } catch (cause) {
    throw new VoucherError('a store of vouchers needs the package kysely, which is not installed', {
      code: 'STORE_MISSING',
      path: 'store',
      hint: 'run npm install kysely',
      cause,
    })
  }
}

async function openStore(
  file: string,
  key: Uint8Array,
  makeArchive: MakeArchive,
): Promise<Archive> {
  const { storeError } = await import('./store/store-errors.js')
  const { database, isShared, release } = await openSqlite(file).catch((error) => {
    throw storeError(error)
  })
  try {
    // A copy that was put back may be readable by everybody.
    for (const suffix of STORE_FILES) await chmod(`${file}${suffix}`, 0o600).catch(ignore)
    const { Kysely } = await import('kysely')
    const { ImmediateSqliteDialect } = await import('./store/sqlite-dialect.js')
    const { migrate } = await import('./store/migrate.js')
    const { sqliteWriter } = await import('./store/row-writer.js')
    const { TerminalsKeeper } = await import('./store/known-terminals.js')
    const keeper = new TerminalsKeeper(isShared ? database : undefined)
    const db = new Kysely<import('./store/tables.js').StoreTables>({
      dialect: new ImmediateSqliteDialect(database, keeper.ended),
    })
    await migrate(db)
    const writer = sqliteWriter(database)
    const engine: StoreEngine = {
      db,
      writerOf: () => writer,
      terminals: () => keeper.take(),
      keepTerminals: (terminals) => keeper.keep(terminals),
      isCopy: false,
      snapshot: (work) => work(db),
      locksRows: false,
      isOvertaken: () => false,
      release,
    }
    return await makeArchive(engine, key)
  } catch (error) {
    database.close()
    await release()
    throw storeError(error)
  }
}

function archiveMaker({ slips }: ArchiveOptions): MakeArchive {
  return async (engine, key) => {
    const { SqlArchive } = await import('./store/sql-archive.js')
    return new SqlArchive(engine, key, slips)
  }
}

interface OpenSqlite {
  readonly database: SqliteDatabase
  /** Whether other connections may write to it. */
  readonly isShared: boolean
  readonly release: () => Promise<void>
}

async function openSqlite(file: string): Promise<OpenSqlite> {
  const { openNodeSqlite } = await import('./store/node-sqlite.js')
  const own = await openNodeSqlite(file)
  if (own !== undefined) return { database: own, isShared: true, release: async () => undefined }
  const { openLibsql } = await import('./store/libsql.js')
  const lock = await lockFile(`${file}.lock`, { timeoutMs: LOCK_TIMEOUT_MS }).catch((cause) => {
    throw new VoucherError(`the store is held: ${cause.message}`, {
      code: 'STORE_LOCKED',
      path: 'store',
      hint: 'only one process may use a store on this Node; use Node 22.13 or newer, or PostgreSQL, to share it',
      cause,
    })
  })
  try {
    return { database: await openLibsql(file), isShared: false, release: () => lock.release() }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** The files of the write-ahead log come and go. */
function ignore(): undefined {
  return undefined
}
