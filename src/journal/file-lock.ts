/** A lock between the processes of a machine: a file that names its holder, and that a dead holder does not keep. */

import { XiaopiaoError } from '../model/errors.js'

export interface FileLock {
  release(): Promise<void>
}

export interface FileLockOptions {
  /** Give up after so long. Default 10000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Another process holds the lock. */
export class LockError extends XiaopiaoError {
  override readonly name: string = 'LockError'
}

interface Holder {
  readonly pid: number
  /** When the process began, in the system's ticks: a later process with the same number is another one. */
  readonly start: string | undefined
}

const RETRY_MS = 20
const STEAL_TIMEOUT_MS = 10_000
/** Paths that this thread holds, also by another copy of this module (CommonJS beside ES modules). */
const heldKey = Symbol.for('xiaopiao.held-locks')
const shared = globalThis as { [heldKey]?: Set<string> }
shared[heldKey] ??= new Set()
const held: Set<string> = shared[heldKey]
let count = 0
let ownStart: Promise<string | undefined> | undefined

/**
 * Makes the file at `path`; while it is there every other call waits, in this process or another.
 * @throws LockError `LOCKED` when it is still held after `timeoutMs`; whatever the file system says
 */
export async function lockFile(path: string, options: FileLockOptions = {}): Promise<FileLock> {
  const { timeoutMs = 10_000, signal } = options
  const until = performance.now() + timeoutMs
  for (;;) {
    const holder = await tryLock(path)
    if (holder === undefined) {
      let released: Promise<void> | undefined
      return {
        release: () => {
          // Once only: a second time it might be another one's.
          released ??= release(path)
          return released
        },
      }
    }
    if (performance.now() >= until || signal?.aborted) {
      throw new LockError(`${path} is held by process ${holder.pid}`, {
        code: 'LOCKED',
        hint: `Process ${holder.pid} on this machine uses it: wait for it, or end it.`,
        cause: signal?.reason,
      })
    }
    await pause(Math.min(RETRY_MS, Math.max(until - performance.now(), 1)), signal)
  }
}

/** Undefined: the lock is ours. Else who holds it. */
async function tryLock(path: string): Promise<Holder | undefined> {
  if (held.has(path)) return { pid: process.pid, start: undefined }
  held.add(path)
  let holder: Holder | undefined = { pid: 0, start: undefined }
  try {
    holder = (await create(path)) ? undefined : await holderOf(path)
    if (holder !== undefined && (await isDead(holder))) {
      await removeDead(path)
      if (await create(path)) holder = undefined
    }
  } finally {
    if (holder !== undefined) held.delete(path)
  }
  return holder
}

/** The file appears with its content, never empty: it is written aside and linked. */
async function create(path: string): Promise<boolean> {
  const { link, unlink, writeFile } = await import('node:fs/promises')
  ownStart ??= startOf(process.pid)
  const own: Holder = { pid: process.pid, start: await ownStart }
  const aside = `${path}.${process.pid}.${count++}`
  await writeFile(aside, JSON.stringify(own))
  try {
    await link(aside, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(aside)
  }
}

async function holderOf(path: string): Promise<Holder> {
  const { readFile } = await import('node:fs/promises')
  try {
    const found: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof found === 'object' && found !== null && 'pid' in found) {
      const start = 'start' in found && typeof found.start === 'string' ? found.start : undefined
      return { pid: Number(found.pid), start }
    }
  } catch (error) {
    // Released in the meantime, or no lock of ours.
    if (codeOf(error) === 'ENOENT') return { pid: -1, start: undefined }
  }
  return { pid: 0, start: undefined }
}

async function isDead({ pid, start }: Holder): Promise<boolean> {
  if (pid === -1) return true
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
  const now = await startOf(pid)
  if (start !== undefined && now !== undefined) return start !== now
  // Without start times: this thread does not hold it (`held`), so an earlier process with our number did.
  return pid === process.pid && (await isMainThread())
}

/** Two processes that find the same dead holder must not both remove it: the second would remove the first one's new lock. */
async function removeDead(path: string): Promise<void> {
  const { open, stat, unlink } = await import('node:fs/promises')
  const guard = `${path}.steal`
  try {
    await (await open(guard, 'wx')).close()
  } catch {
    const age = await stat(guard).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > STEAL_TIMEOUT_MS) await unlink(guard).catch(() => {})
    return
  }
  try {
    if (await isDead(await holderOf(path))) await unlink(path).catch(() => {})
  } finally {
    await unlink(guard).catch(() => {})
  }
}

async function release(path: string): Promise<void> {
  const { unlink } = await import('node:fs/promises')
  try {
    await unlink(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  } finally {
    held.delete(path)
  }
}

/** Field 22 of /proc/PID/stat; undefined where there is no such file. */
async function startOf(pid: number): Promise<string | undefined> {
  const { readFile } = await import('node:fs/promises')
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

async function isMainThread(): Promise<boolean> {
  return (await import('node:worker_threads')).isMainThread
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
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
