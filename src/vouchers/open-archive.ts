/** Opens a store: its key, its database, its lock if it needs one, and the steps that bring it to the newest form. */

import { resolve } from 'node:path'
import { CALLBACK, type OptionRules, readArgument, readOptions, TEXT } from '../model/options.js'
import type { Archive } from './archive.js'
import { VoucherError } from './errors.js'
import { isThere } from './files.js'
import { readKeyFile, readOrMakeKey } from './key-file.js'
import { createPostgresArchive, type MakeArchive, openPostgresArchive } from './open-postgres.js'
import { makeStoreFile, openSqliteEngine, removeStoreFile } from './open-sqlite.js'
import { isAddress, type PostgresPlace, readPostgresUrl } from './postgres-url.js'
import type { SlipMaker } from './slips/slip-making.js'

export interface ArchiveOptions {
  /**
   * Path of the file with the secret key of the chain. Default: the store's path followed by `.key`; a store in PostgreSQL has no default.
   * Keep a copy elsewhere, and never in a backup of the store.
   */
  readonly keyFile?: string
  /**
   * Makes the slips of trades that are not printed, because the settings or the customer say so, and keeps them: see `slipMaker`.
   * Default: they are not kept.
   */
  readonly slips?: SlipMaker
}

const OPTIONS: OptionRules<ArchiveOptions> = { keyFile: TEXT, slips: CALLBACK }

/**
 * Makes a new store with its key file and opens it.
 *
 * @param store path of a file that does not exist yet; only its owner can read it, and its folder if that has to be made. Or the address of
 * a database of PostgreSQL, `postgres://user@host/database?schema=xiaopiao`, in which the schema is made
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
    await removeStoreFile(file)
    throw error
  }
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
  if (!(await isThere(file))) {
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

export function readPlace(owner: string, store: string, options: ArchiveOptions): StorePlace {
  const given = readArgument<string>(owner, 'store', store, TEXT)
  const { keyFile } = readOptions<ArchiveOptions>(owner, options, OPTIONS)
  if (!isAddress(given)) {
    const file = resolve(given)
    return { file, keyFile: resolve(keyFile ?? `${file}.key`) }
  }
  const database = readPostgresUrl(given)
  return { database, keyFile: keyFile === undefined ? undefined : resolve(keyFile) }
}

export async function checkKysely(): Promise<void> {
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
  return makeArchive(await openSqliteEngine(file), key)
}

function archiveMaker({ slips }: ArchiveOptions): MakeArchive {
  return async (engine, key) => {
    const { SqlArchive } = await import('./store/sql-archive.js')
    return new SqlArchive(engine, key, slips)
  }
}
