/** The lock of a printer: one per printer and machine, for the processes of all users. */

import { messageOf } from '../model/realms.js'
import { type FileLock, LockError, lockFile } from './file-lock.js'

export interface PrinterLockOptions {
  /** Folder of the lock files. Default: the first of the machine's shared folders that can be used. */
  readonly lockFolder?: string
  readonly signal: AbortSignal
}

/** Mode bits of a folder into which every user may write, but in which users may delete only their own files. */
const SHARED_AND_STICKY = 0o1002

/**
 * Takes the lock of the printer with this key, and waits for it until `signal` is aborted.
 * @returns undefined if the machine has no folder for locks and the caller did not name one, because the lack of one must
 * not keep it from printing
 * @throws LockError `LOCKED` if another process still holds it, `LOCK_FOLDER` if `lockFolder` cannot be used
 */
export async function lockPrinter(
  key: string,
  { lockFolder, signal }: PrinterLockOptions,
): Promise<FileLock | undefined> {
  // A browser has no files, and so no folders either.
  const shared = lockFolder === undefined ? await sharedFolders().catch(() => []) : []
  for (const folder of lockFolder === undefined ? shared : [lockFolder]) {
    try {
      const { join } = await import('node:path')
      const path = join(folder, await lockNameOf(key))
      return await lockFile(path, {
        timeoutMs: Number.POSITIVE_INFINITY,
        signal,
        keepsDead: true,
      })
    } catch (error) {
      if (error instanceof LockError) throw error
      if (lockFolder !== undefined) throw folderError(lockFolder, error)
    }
  }
  return undefined
}

/** The name of this printer's lock, to which the name of the owner is added. */
export async function lockNameOf(key: string): Promise<string> {
  const { createHash } = await import('node:crypto')
  return `xiaopiao-${createHash('sha256').update(key).digest('hex').slice(0, 24)}.lock`
}

/**
 * Folders that are the same for every user, in an order that depends on the machine and not on the user. The folder for temporary files
 * often belongs to one user, so it comes last.
 */
async function sharedFolders(): Promise<readonly string[]> {
  const { tmpdir } = await import('node:os')
  if (process.platform === 'win32') {
    const { ProgramData } = process.env
    return [...(ProgramData === undefined ? [] : [ProgramData]), tmpdir()]
  }
  const shared: string[] = []
  for (const folder of ['/run/lock', '/tmp']) if (await isShared(folder)) shared.push(folder)
  return [...shared, tmpdir()]
}

/** Whether every user may make files in the folder, which must not be a link. */
async function isShared(folder: string): Promise<boolean> {
  const { lstat, realpath } = await import('node:fs/promises')
  // /tmp of macOS is a link that the system has made.
  const real = process.platform === 'darwin' ? await realpath(folder).catch(() => folder) : folder
  const found = await lstat(real).catch(() => undefined)
  return found?.isDirectory() === true && (found.mode & SHARED_AND_STICKY) === SHARED_AND_STICKY
}

function folderError(folder: string, cause: unknown): LockError {
  return new LockError(`${folder} cannot be used for locks (${messageOf(cause)})`, {
    code: 'LOCK_FOLDER',
    path: 'lockFolder',
    hint: 'name a folder that exists and in which every user of the printer may make files, such as one with the mode 1777',
    cause,
  })
}
