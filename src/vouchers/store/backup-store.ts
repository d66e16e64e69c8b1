/** A backup of the store: sealed, written as of one moment, read back, and only then recorded in the chain of the shop. */

import type { KeyObject } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { backupUnwritten } from '../backup/backup-errors.js'
import { openBackup } from '../backup/read-backup.js'
import { refuseExisting, writeStore, writeWhole } from '../backup/write-backup.js'
import type { BackupOptions, BackupRecord } from '../backup-options.js'
import { maskCardNumbers } from '../card-numbers.js'
import type { MonthClosing } from '../month-closing.js'
import type { Seal } from '../seal.js'
import type { ChainFault } from '../verification.js'
import type { StoreEngine } from './engine.js'
import { selectShopRecords } from './retained.js'
import { refuseFaulty } from './store-faulty.js'
import type { StoreTables } from './tables.js'
import { SHOP_CHAIN, type Unit } from './unit.js'
import { verifyStore } from './verify-store.js'

export interface BackupPlace {
  readonly engine: Pick<StoreEngine, 'snapshot'>
  readonly key: KeyObject
  /** Runs `work` in one transaction of the archive. */
  unit<T>(now: Date, work: (unit: Unit) => Promise<T>): Promise<T>
}

export interface BackupTask extends Omit<BackupOptions, 'by'> {
  readonly file: string
  readonly by: string
  /** Seals the heads of all chains; if a month is closed, its closing is recorded first. */
  readonly seal: (unit: Unit) => Promise<{ readonly seal: Seal; readonly month?: MonthClosing }>
}

/** @throws VoucherError `BACKUP_EXISTS`, `BACKUP_UNWRITTEN`, `RECORD_CHANGED`, `RECORD_MISSING` and `STORE_FAULTY` if the store is not as it was recorded */
export async function backupStore(
  { engine, key, unit }: BackupPlace,
  { file, by, now, password, onProgress, seal: makeSeal }: BackupTask,
): Promise<BackupRecord> {
  const path = resolve(file)
  await refuseExisting(path)
  await stat(dirname(path)).catch((cause) => {
    throw backupUnwritten(path, cause)
  })
  const { seal, month } = await unit(now, makeSeal)
  let faults: readonly ChainFault[] = []
  const { rows, bytes } = await writeWhole(
    path,
    (handle) =>
      engine.snapshot(async (db) => {
        await writeStore(db, handle, { password, seal, month, onProgress })
        const found = await verifyStore(db, key, { given: undefined, onProgress: undefined })
        faults = found.faults
      }),
    async (written) => {
      const read = await checkBackup(written, password, key)
      // Reading the file checks its chains only. A restore also compares the other tables with them, so their faults must stop the backup
      // here.
      refuseFaulty(faults, 'no backup is made')
      return read
    },
  )
  const body: Omit<BackupRecord, 'at'> = {
    by,
    file: maskCardNumbers(basename(path)),
    bytes,
    encrypted: password !== undefined,
    entries: rows.entry ?? 0,
    seal: seal.seal,
    ...(month === undefined ? {} : { month: month.month }),
  }
  await unit(now, (own) => own.append(SHOP_CHAIN, { kind: 'backup', body }))
  return { at: now.toISOString(), ...body }
}

async function checkBackup(file: string, password: string | undefined, key: KeyObject) {
  const backup = await openBackup(file, password)
  try {
    return await backup.read({ key })
  } finally {
    await backup.close()
  }
}

/** The newest backup that was recorded. */
export async function loadLastBackup(db: Kysely<StoreTables>): Promise<BackupRecord | undefined> {
  const row = await selectShopRecords(db, 'backup')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined || row.body === null) return undefined
  const { recordedAt: _, ...record } = JSON.parse(row.body)
  return { at: new Date(row.recorded_at).toISOString(), ...record }
}
