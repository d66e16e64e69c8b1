/** Writes the backup of a store: all tables as of one moment, under another name until it has been read back. */

import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { isThere, syncFolder } from '../files.js'
import type { MonthClosing } from '../month-closing.js'
import type { Seal } from '../seal.js'
import { CARRIED_TABLES, type TableName } from '../store/carried-tables.js'
import { KNOWN_MIGRATIONS } from '../store/migrations.js'
import type { StoreTables } from '../store/tables.js'
import { backupExists, backupUnwritten } from './backup-errors.js'
import { FrameWriter } from './frame-writer.js'
import type { BackupEnd, BackupManifest } from './manifest.js'
import { headOf, lineOf, type TableRow } from './rows-text.js'

/** Rows that one query reads. */
const PAGE = 500
/** Characters of a frame: enough to be compressed well, and few enough to be held in memory. */
const FRAME_TEXT = 512 * 1024

export interface WriteTask {
  readonly password: string | undefined
  readonly seal: Seal
  readonly month: MonthClosing | undefined
  readonly onProgress: ((done: number, total: number) => void) | undefined
}

/**
 * Throws if there is a file at the path of the backup.
 * @throws VoucherError `BACKUP_EXISTS`
 */
export async function refuseExisting(file: string): Promise<void> {
  if (await isThere(file)) throw backupExists(file)
}

/**
 * Writes a file that either is complete or does not exist.
 *
 * @param write gets the file under its temporary name
 * @param check reads the file back under its temporary name, after it is on the disk
 * @throws VoucherError `BACKUP_UNWRITTEN`, `BACKUP_EXISTS`
 */
export async function writeWhole<T>(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
  check: (path: string) => Promise<T>,
): Promise<T> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.part`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await write(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const checked = await check(temporary)
    await refuseExisting(file)
    await rename(temporary, file)
    await syncFolder(dirname(file))
    return checked
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw isFileError(error) ? backupUnwritten(file, error) : error
  }
}

/**
 * Whether the file system has failed: its errors name the system call that failed, and those of a database name a different call or none.
 */
function isFileError(error: unknown): boolean {
  const { syscall } = (error ?? {}) as { readonly syscall?: unknown }
  return typeof syscall === 'string' && /^(?:open|write|fsync|rename|close|stat)$/.test(syscall)
}

/**
 * Writes all frames of a backup.
 * @param db a snapshot of the store as of one moment
 */
export async function writeStore(
  db: Kysely<StoreTables>,
  handle: FileHandle,
  { password, seal, month, onProgress }: WriteTask,
): Promise<void> {
  const writer = await FrameWriter.begin(handle, password)
  const heads = await db
    .selectFrom('chain_head')
    .selectAll()
    .where('seq', '>', 0)
    .orderBy('chain')
    .execute()
  const manifest: BackupManifest = {
    steps: KNOWN_MIGRATIONS,
    seal,
    heads: heads.map(({ chain, seq, hash }) => ({
      ...{ chain, seq },
      hash: Buffer.from(hash).toString('hex'),
    })),
    entries: heads.reduce((all, { seq }) => all + seq, 0),
    ...(month === undefined ? {} : { month }),
  }
  await writer.write('manifest', JSON.stringify(manifest))
  const rows: Record<string, number> = {}
  for (const table of Object.keys(CARRIED_TABLES) as TableName[]) {
    rows[table] = await writeTable(db, writer, table, (done) => {
      if (table === 'entry') onProgress?.(done, manifest.entries)
    })
  }
  await writer.write('end', JSON.stringify({ rows } satisfies BackupEnd))
}

async function writeTable(
  db: Kysely<StoreTables>,
  writer: FrameWriter,
  table: TableName,
  onPage: (done: number) => void,
): Promise<number> {
  const { columns } = CARRIED_TABLES[table]
  let done = 0
  for await (const page of pagesOf(db, table)) {
    for (let at = 0; at < page.length; ) {
      const lines = [headOf(table)]
      for (let size = 0; at < page.length && size < FRAME_TEXT; at++) {
        const line = lineOf(page[at] as TableRow, columns)
        lines.push(line)
        size += line.length
      }
      await writer.write('rows', lines.join('\n'))
    }
    done += page.length
    onPage(done)
  }
  return done
}

/** The rows of a table in the order of its key. */
async function* pagesOf(
  db: Kysely<StoreTables>,
  table: TableName,
): AsyncGenerator<readonly TableRow[]> {
  const { columns, key }: { columns: readonly string[]; key: readonly string[] } =
    CARRIED_TABLES[table]
  const names = sql.join(key.map((name) => sql.ref(name)))
  for (let last: TableRow | undefined; ; ) {
    const values = last === undefined ? [] : key.map((name) => last?.[name])
    const after = last === undefined ? sql`` : sql` where (${names}) > (${sql.join(values)})`
    const { rows } = await sql<TableRow>`select ${sql.join(columns.map((name) => sql.ref(name)))}
      from ${sql.table(table)}${after} order by ${names} limit ${sql.lit(PAGE)}`.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < PAGE) return
    last = rows.at(-1)
  }
}
