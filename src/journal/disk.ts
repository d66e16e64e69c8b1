/** Operations on the file of a journal: opening it, writing all bytes or throwing, and replacing it. */

import type { BigIntStats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { codeOf, messageOf } from '../model/realms.js'
import { JournalError } from './types.js'

/**
 * How often and after how many milliseconds a rename is tried again, because Windows refuses to replace a file that another program has
 * open.
 */
const RENAME_TRIES = 10
const RENAME_RETRY_MS = 20
const MODE_BITS = 0o7777n
const MAX_LINKS = 40

/** Resolves the symbolic links of a path. The file at the end of the links need not exist yet. */
export async function realPathOf(path: string): Promise<string> {
  const { readlink, realpath } = await import('node:fs/promises')
  const { basename, dirname, join, resolve } = await import('node:path')
  let real = resolve(path)
  for (let i = 0; i < MAX_LINKS; i++) {
    real = join(await realpath(dirname(real)), basename(real))
    const target = await readlink(real).catch(() => undefined)
    if (target === undefined) return real
    real = resolve(dirname(real), target)
  }
  throw new Error('too many links')
}

/**
 * Opens a file. Returns undefined if it does not exist.
 * @throws JournalError `JOURNAL_UNREADABLE`
 */
export async function openFile(path: string, flags: 'r' | 'r+'): Promise<FileHandle | undefined> {
  const { open, stat } = await import('node:fs/promises')
  try {
    // The check comes before opening, because opening a pipe would wait for a program that writes into it.
    if (!(await stat(path)).isFile()) throw new Error('it is no file')
    return await open(path, flags)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw unreadable(path, cause)
  }
}

/** Makes the file so that only its user can read it. */
export async function createFile(path: string): Promise<FileHandle> {
  const { open } = await import('node:fs/promises')
  const handle = await open(path, 'a+', 0o600)
  await handle.close()
  await syncFolder(path)
  return await open(path, 'r+')
}

/** Writes all bytes, in several calls if the system takes only a part of them, as it does on a disk that is nearly full. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done)
    if (bytesWritten === 0) throw new Error('the system takes no more bytes')
    done += bytesWritten
  }
}

export async function readBytes(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, at + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

/**
 * The identity of a file. It includes the time of creation, because the numbers of deleted files are used again. The numbers are
 * bigints because those of Windows have 64 bits.
 */
export function identityOf({ dev, ino, birthtimeNs }: BigIntStats): string {
  return `${dev} ${ino} ${birthtimeNs}`
}

/**
 * Puts a new file in the place of `path`, with its owner, group and mode. After a failure the old file is unchanged.
 * @param write fills the new file
 */
export async function replaceFile(
  path: string,
  like: BigIntStats,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const { open, unlink } = await import('node:fs/promises')
  const fresh = `${path}.new`
  // Removes a file that a crash has left, or a link.
  await unlink(fresh).catch(() => {})
  const handle = await open(fresh, 'wx', 0o600)
  try {
    try {
      const made = await handle.stat({ bigint: true })
      const { uid, gid, mode } = like
      if (made.uid !== uid || made.gid !== gid) await handle.chown(Number(uid), Number(gid))
      await handle.chmod(Number(mode & MODE_BITS))
      await write(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, path)
  } catch (error) {
    await unlink(fresh).catch(() => {})
    throw error
  }
  await syncFolder(path)
}

async function rename(from: string, to: string): Promise<void> {
  const { rename } = await import('node:fs/promises')
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (tries === RENAME_TRIES || process.platform !== 'win32') throw error
      await new Promise((resolve) => setTimeout(resolve, RENAME_RETRY_MS * tries))
    }
  }
}

/** A new name is durable when its folder is; folders cannot be synced everywhere. */
async function syncFolder(path: string): Promise<void> {
  const { open } = await import('node:fs/promises')
  const { dirname } = await import('node:path')
  try {
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
  } catch {}
}

export function unreadable(path: string, cause: unknown): JournalError {
  return new JournalError(`${path} cannot be opened as a journal (${messageOf(cause)})`, {
    code: 'JOURNAL_UNREADABLE',
    hint: 'check that it is a file of this user, in a folder that exists',
    cause,
  })
}

/** The error if an event could not be written down. */
export function unwritten(path: string, cause: unknown): JournalError {
  return new JournalError(`${path} cannot be written (${messageOf(cause)})`, {
    code: 'JOURNAL_UNWRITTEN',
    hint: 'make room on its disk, and check that this user may write to the file and its folder',
    cause,
  })
}
