/**
 * A lock between the processes of a machine, made of empty files whose names tell their makers.
 * A process that wants the lock makes a file `PATH.OWNER` and then looks for files of others. If there are none, it
 * has the lock; else it takes its file back and tries again later. If two come at the same moment, the later one
 * sees the file of the earlier one, so they never both have it.
 * The lock needs neither hard links nor the right to delete a file of another user, because a file of a dead
 * process does not count. A file that somebody else has made is never opened, so a link, a pipe or a device with
 * such a name is never followed, waited for or written to.
 */

import type { FileHandle } from 'node:fs/promises'
import { XiaopiaoError } from '../model/errors.js'
import { codeOf } from '../model/realms.js'
import { formatOwner, lifeOf, NOBODY, type Owner, ownOwner, parseOwner } from './owner.js'

export interface FileLock {
  release(): Promise<void>
  /** Releases the lock, and leaves a number for the next holder, as a process does that ends without releasing it. */
  leave(count: number): Promise<void>
  /**
   * Notes a number for the process that finds the lock file after this one has ended. It is kept as the file's length, so that the file
   * needs no content.
   */
  note(count: number): Promise<void>
  /**
   * The largest number noted by a process that ended without releasing the lock. Undefined if there was no such
   * process, or if `forgetDead` has been called since.
   */
  readonly leftByDead: number | undefined
  /** Deletes the files that ended processes have left. */
  forgetDead(): Promise<void>
}

export interface FileLockOptions {
  /** How long to wait for the lock, in milliseconds. Default 10000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /**
   * Keeps the files of processes that have ended until `forgetDead`, because the next holder may end as well before it has dealt with
   * what they left. Default false: they are deleted.
   */
  readonly keepsDead?: boolean
}

/**
 * Another process holds the lock (`LOCKED`), or there is nowhere to lock (`LOCK_FOLDER`).
 *
 * @example
 * const locked = openPrinter('tcp://192.168.1.50', { profile, lockFolder: '/no/such/folder' })
 * await locked.print(receipt).catch(({ cause }) => cause instanceof LockError && cause.code) // 'LOCK_FOLDER'
 */
export class LockError extends XiaopiaoError {
  override readonly name: string = 'LockError'
}

/** A file by which a process has the lock, or wants it. */
interface Claim {
  readonly file: string
  readonly owner: Owner
}

/** The last observation of a file for which it cannot be checked whether its owner lives. */
interface Sight {
  readonly mtimeMs: number
  readonly sinceMs: number
}

const RETRY_MS = 20
/** The observations of one caller while it waits. */
interface Search {
  readonly sights: Map<string, Sight>
  /** Lengths of the files of ended processes that this user can delete, by path; undefined if such files are deleted at once. */
  readonly dead: Map<string, number> | undefined
}

/** Interval at which a holder updates the time of its file, for processes that cannot check whether it lives. */
const HEARTBEAT_MS = 2000
/** A file whose time differs from now by more than this, in either direction, counts as left behind … */
const STALE_MS = 30_000
/**
 * … if its time does not change while it is watched for so long, because a computer that has just woken up has not updated its files yet.
 */
const WATCH_MS = 5000

/**
 * Takes the lock called `path`; until it is released every other call waits, in this process or another. The folder has to exist.
 * @throws LockError `LOCKED` if it is still held after `timeoutMs`; the file system's own error if the folder cannot be used
 */
export async function lockFile(path: string, options: FileLockOptions = {}): Promise<FileLock> {
  const { timeoutMs = 10_000, signal, keepsDead = false } = options
  const until = performance.now() + timeoutMs
  const search: Search = { sights: new Map(), dead: keepsDead ? new Map() : undefined }
  for (;;) {
    const other = await findLiving(path, search)
    const found = other ?? (await claim(path, search))
    if ('release' in found) return found
    if (performance.now() >= until || signal?.aborted) throw lockedError(found, signal)
    // A random wait, so that two processes that saw each other's files do not meet again at the next try.
    const waitMs = RETRY_MS * (0.5 + Math.random())
    await pause(Math.min(waitMs, Math.max(until - performance.now(), 1)), signal)
  }
}

/** Makes the file of this caller, and keeps it if there is no file of another one. */
async function claim(path: string, search: Search): Promise<FileLock | Claim> {
  const { open } = await import('node:fs/promises')
  const file = `${path}.${formatOwner(await ownOwner(), randomDigits())}`
  // `wx` makes a new file or fails: it follows no link and opens nothing that is there.
  const handle = await open(file, 'wx', 0o644)
  try {
    const other = await findLiving(path, search, file)
    if (other === undefined) return holdOf(path, file, handle, search.dead ?? new Map())
    await remove(file, handle)
    return other
  } catch (error) {
    await remove(file, handle).catch(() => {})
    throw error
  }
}

function randomDigits(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(4))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function holdOf(
  path: string,
  file: string,
  handle: FileHandle,
  dead: Map<string, number>,
): FileLock {
  const heartbeat = setInterval(() => {
    const now = new Date()
    handle.utimes(now, now).catch(() => {})
  }, HEARTBEAT_MS)
  heartbeat.unref?.()
  let released: Promise<void> | undefined
  const end = (work: () => Promise<void>) => {
    clearInterval(heartbeat)
    released ??= work()
    return released
  }
  const forgetDead = async () => {
    const { unlink } = await import('node:fs/promises')
    for (const one of dead.keys()) await unlink(one).catch(() => {})
    dead.clear()
  }
  return {
    release: () => end(() => remove(file, handle)),
    leave: (count) =>
      end(async () => {
        await leaveBehind(path, file, handle, count)
        // This number includes the counts that dead processes left.
        await forgetDead()
      }),
    note: (count) => handle.truncate(count),
    get leftByDead() {
      return dead.size === 0 ? undefined : Math.max(...dead.values())
    },
    forgetDead,
  }
}

/** Gives the file the name of a process that has ended, so that the next holder finds its number. */
async function leaveBehind(
  path: string,
  file: string,
  handle: FileHandle,
  count: number,
): Promise<void> {
  const { rename } = await import('node:fs/promises')
  await handle.truncate(count)
  await handle.close()
  const nobody = formatOwner({ ...(await ownOwner()), pid: NOBODY }, randomDigits())
  await rename(file, `${path}.${nobody}`).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
}

async function remove(file: string, handle: FileHandle): Promise<void> {
  const { unlink } = await import('node:fs/promises')
  await handle.close()
  await unlink(file).catch((error: unknown) => {
    // A person may have deleted the file, as the hint of `LOCKED` says.
    if (codeOf(error) !== 'ENOENT') throw error
  })
}

/**
 * Finds a file of a living process, other than `own`. Files of ended processes are deleted or noted in `dead`, if the system allows that.
 */
async function findLiving(
  path: string,
  { sights, dead }: Search,
  own?: string,
): Promise<Claim | undefined> {
  const { unlink } = await import('node:fs/promises')
  dead?.clear()
  for (const one of await listClaims(path)) {
    if (one.file === own) continue
    if (await isKept(one, sights)) return one
    const length = dead === undefined ? undefined : await ownLengthOf(one.file)
    if (length !== undefined) dead?.set(one.file, length)
    else await unlink(one.file).catch(() => {})
  }
  return undefined
}

/** The length of a file of this user. Undefined for a file of another user, which cannot be deleted and would be found for ever. */
async function ownLengthOf(file: string): Promise<number | undefined> {
  const { lstat } = await import('node:fs/promises')
  const found = await lstat(file).catch(() => undefined)
  const self = process.getuid?.()
  const isOurs = self === undefined || self === 0 || found?.uid === self
  return found?.isFile() === true && isOurs ? found.size : undefined
}

async function listClaims(path: string): Promise<readonly Claim[]> {
  const { readdir } = await import('node:fs/promises')
  const { basename, dirname, join } = await import('node:path')
  const folder = dirname(path)
  const prefix = `${basename(path)}.`
  const claims: Claim[] = []
  for (const name of await readdir(folder)) {
    const owner = name.startsWith(prefix) ? parseOwner(name.slice(prefix.length)) : undefined
    if (owner !== undefined) claims.push({ file: join(folder, name), owner })
  }
  return claims
}

/** Whether a file's owner lives, as far as that can be seen. Links, pipes and folders do not count as locks. */
async function isKept({ file, owner }: Claim, seen: Map<string, Sight>): Promise<boolean> {
  const { lstat } = await import('node:fs/promises')
  const found = await lstat(file).catch(() => undefined)
  if (found === undefined || !found.isFile()) return false
  const life = await lifeOf(owner, await ownOwner())
  if (life !== 'unknown') return life === 'alive'
  const { mtimeMs } = found
  const now = performance.now()
  const sight = seen.get(file)
  if (sight?.mtimeMs !== mtimeMs) seen.set(file, { mtimeMs, sinceMs: now })
  else if (now - sight.sinceMs >= WATCH_MS) return Math.abs(Date.now() - mtimeMs) <= STALE_MS
  return true
}

function lockedError({ file, owner }: Claim, signal: AbortSignal | undefined): LockError {
  return new LockError(`process ${owner.pid} holds the lock ${file}`, {
    code: 'LOCKED',
    hint: `wait for process ${owner.pid}, or end it; if there is no such process, delete the file`,
    cause: signal?.reason,
  })
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}
