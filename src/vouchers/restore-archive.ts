/**
 * Restores a backup into an empty place, a file or a schema of PostgreSQL. The store appears only if every record is as it was recorded: a
 * file is made under a temporary name and renamed, and in PostgreSQL the whole restore is one transaction.
 */

import { createSecretKey } from 'node:crypto'
import { CALLBACK, type OptionRules, readArgument, readOptions, TEXT } from '../model/options.js'
import type { BackupManifest } from './backup/manifest.js'
import { readKeyFile } from './key-file.js'
import type { MonthClosing } from './month-closing.js'
import { checkKysely, readPlace } from './open-archive.js'
import { neededKey, restoreIntoPostgres } from './open-postgres.js'
import { restoreIntoSqlite } from './open-sqlite.js'
import { readSeal, type Seal } from './seal.js'

export interface RestoreOptions {
  /** The key file of the store that was backed up, which no backup holds. Default: the store's path followed by `.key`. */
  readonly keyFile?: string
  /** Password of an encrypted backup. */
  readonly password?: string
  /** A seal that was kept elsewhere. It shows whether somebody has computed the chains of the backup again. */
  readonly seal?: string | Seal
  /** Called during the restore with the number of records restored so far and their total. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface RestoreResult {
  readonly entries: number
  readonly vouchers: number
  /** The seal that was made for the backup, and when: ISO 8601, UTC. */
  readonly seal: string
  readonly at: string
  /** Sums of the month, if the backup closes one. */
  readonly closing?: MonthClosing
}

const OPTIONS: OptionRules<RestoreOptions> = {
  keyFile: TEXT,
  password: TEXT,
  seal: { says: 'the digits of a seal, or a seal', accepts: () => true },
  onProgress: CALLBACK,
}

/**
 * Makes a store from a backup, to replace a store that was lost. Everything is read and verified before the store appears.
 *
 * @param file that `backup` or `closeMonth` has written
 * @param store path of a file that is not there, or the address of a schema of PostgreSQL without records
 * @throws VoucherError `BACKUP_MISSING`, `BACKUP_UNKNOWN`, `BACKUP_NEWER`, `BACKUP_PASSWORD`, `BACKUP_CUT`, `BACKUP_DAMAGED`,
 * `BACKUP_FAULTY`, `STORE_EXISTS`, `STORE_KEY`, `SEAL_INVALID`, and those of `createArchive`
 *
 * @example
 * await using archive = await createArchive('shop.db')
 * await archive.backup('shop.xpb', { now: new Date(), by: '01' })
 * const { vouchers } = await restoreArchive('shop.xpb', 'again.db', { keyFile: 'shop.db.key' })
 * vouchers // 0
 */
export async function restoreArchive(
  file: string,
  store: string,
  options: RestoreOptions = {},
): Promise<RestoreResult> {
  const path = readArgument<string>('restoreArchive', 'file', file, TEXT)
  const given = readOptions<RestoreOptions>('restoreArchive', options, OPTIONS)
  const { keyFile } = given
  const place = readPlace('restoreArchive', store, keyFile === undefined ? {} : { keyFile })
  const seal = given.seal === undefined ? undefined : readSeal(given.seal)
  await checkKysely()
  const key = createSecretKey(await readKeyFile(neededKey(place.keyFile)))
  const { openBackup } = await import('./backup/read-backup.js')
  const { storeError } = await import('./store/store-errors.js')
  const backup = await openBackup(path, given.password)
  try {
    const { loadBackup } = await import('./store/load-backup.js')
    const load = { backup, key, seal, onProgress: given.onProgress }
    const { entries, vouchers } =
      'database' in place
        ? await restoreIntoPostgres(place.database, (db, writer) => loadBackup(db, writer, load))
        : await restoreIntoSqlite(place.file, (db, writer) => loadBackup(db, writer, load))
    return { entries, vouchers, ...sealOf(backup.manifest) }
  } catch (error) {
    throw storeError(error)
  } finally {
    await backup.close()
  }
}

function sealOf({ seal, month }: BackupManifest): Omit<RestoreResult, 'entries' | 'vouchers'> {
  return { seal: seal.seal, at: seal.at, ...(month === undefined ? {} : { closing: month }) }
}
