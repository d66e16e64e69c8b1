/** Reads a whole backup and checks it on the way. */

import type { KeyObject } from 'node:crypto'
import { backupDamaged } from './backup-errors.js'
import { FrameReader } from './frame-reader.js'
import type { BackupEnd, BackupManifest } from './manifest.js'
import { RowsCheck } from './rows-check.js'
import { readRows, type TableRows } from './rows-text.js'

export interface ReadTask {
  /** Key of the chain; without it a record that was changed together with its hashes is not noticed. */
  readonly key: KeyObject | undefined
  /** Called with the rows of each frame after they were checked. */
  readonly onRows?: (rows: TableRows) => Promise<void>
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

export interface ReadResult {
  /** Facts of the records that the other tables must agree with. */
  readonly found: Pick<RowsCheck, 'heads' | 'closings'>
  readonly rows: Readonly<Record<string, number>>
  readonly bytes: number
}

/** A backup that was opened: its header was read, the password is right, and its first frame is complete. */
export interface OpenBackup {
  readonly manifest: BackupManifest
  readonly isEncrypted: boolean
  read(task: ReadTask): Promise<ReadResult>
  close(): Promise<void>
}

/**
 * Opens a backup and reads its first frame.
 * @throws VoucherError `BACKUP_MISSING`, `BACKUP_UNKNOWN`, `BACKUP_NEWER`, `BACKUP_DAMAGED`, `BACKUP_CUT`, `BACKUP_PASSWORD`
 */
export async function openBackup(path: string, password: string | undefined): Promise<OpenBackup> {
  const reader = await FrameReader.open(path, password)
  try {
    const { kind, text, position } = await reader.next()
    if (kind !== 'manifest') throw backupDamaged('is not the first one of a backup', position)
    const manifest = JSON.parse(text) as BackupManifest
    return {
      manifest,
      isEncrypted: reader.isEncrypted,
      read: (task) => readFrames(reader, manifest, task),
      close: () => reader.close(),
    }
  } catch (error) {
    await reader.close()
    throw error
  }
}

async function readFrames(
  reader: FrameReader,
  manifest: BackupManifest,
  { key, onRows, onProgress }: ReadTask,
): Promise<ReadResult> {
  const check = new RowsCheck(manifest, key)
  for (;;) {
    const { kind, text, position } = await reader.next()
    if (kind === 'end') {
      check.finish(JSON.parse(text) as BackupEnd, position)
      return { found: check, rows: check.rows, bytes: reader.bytes }
    }
    if (kind !== 'rows') throw backupDamaged('is not one of rows', position)
    const rows = readRows(text, position)
    check.take(rows)
    await onRows?.(rows)
    onProgress?.(Math.min(check.rows.entry ?? 0, manifest.entries), manifest.entries)
  }
}
