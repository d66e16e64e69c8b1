/**
 * A folder for all files of a run. It is in memory where the system has room there, because a disk takes milliseconds for each flush, and the
 * tests make tens of thousands of them. Nothing is lost by that: tests kill programs, and a file outlives its program in memory as on a disk.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Linux keeps files there in memory. A container may have a little of it only. */
const SHARED_MEMORY = '/dev/shm'
const MIN_FREE_BYTES = 4 * 1024 ** 3

let folder: string | undefined

/** Vitest calls it before the first test, once for each project. */
export function setup(): void {
  if (process.env.XIAOPIAO_RUN_FOLDER !== undefined) return
  const isInMemory = process.env.TMPDIR === undefined && hasSharedMemory()
  folder = mkdtempSync(join(isInMemory ? SHARED_MEMORY : tmpdir(), 'xiaopiao-run-'))
  // A server of PostgreSQL runs as another user.
  chmodSync(folder, 0o1777)
  process.env.XIAOPIAO_RUN_FOLDER = folder
  if (isInMemory) process.env.TMPDIR = folder
}

/** Vitest calls it after the last one. */
export function teardown(): void {
  if (folder === undefined) return
  if (process.env.TMPDIR === folder) delete process.env.TMPDIR
  delete process.env.XIAOPIAO_RUN_FOLDER
  rmSync(folder, { recursive: true, force: true })
}

function hasSharedMemory(): boolean {
  if (!existsSync(SHARED_MEMORY)) return false
  const { bavail, bsize } = statfsSync(SHARED_MEMORY)
  return bavail * bsize >= MIN_FREE_BYTES
}
