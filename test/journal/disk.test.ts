/** What a journal does when its disk is full, fails, or has flipped a bit. `SHORT_WRITES=500 FLIPS=1000` for a run as long as it should be before a release. */

import { execFile } from 'node:child_process'
import {
  chmod,
  chown,
  mkdtemp,
  open,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fileJournal } from '../../src/journal/file.js'
import { buildChild } from '../build-child.js'
import { seeded } from '../seeded.js'

const printer = 'tcp://10.0.0.1:9100'
const SHORT_WRITES = Number(process.env.SHORT_WRITES ?? 12)
const FLIPS = Number(process.env.FLIPS ?? 60)
const isRoot = process.getuid?.() === 0
const isWindows = process.platform === 'win32'

async function freshPath(): Promise<string> {
  // The folder for temporary files of macOS is a link.
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'xiaopiao-disk-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'jobs.jsonl')
}

const bytes = new Uint8Array(120).fill(0x41)
const payload = { bytes }

/** A method of open files, whatever their class is called. */
async function fileMethods() {
  const handle = await open(import.meta.filename, 'r')
  await handle.close()
  return Object.getPrototypeOf(handle) as typeof handle
}

describe('a disk that takes a part of a write', () => {
  it.skipIf(isWindows)(
    'makes every job an error or a promise that is kept',
    { timeout: 240_000 + SHORT_WRITES * 200 },
    async () => {
      const folder = join(await freshPath(), '..')
      const child = await buildChild(new URL('./full-disk-child.ts', import.meta.url), folder)
      // The size of a file is limited to 8 KiB; beyond it a write is cut, and then refused.
      const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, child]
      const { stdout } = await promisify(execFile)(
        'bash',
        [...limited, folder, String(SHORT_WRITES)],
        { maxBuffer: 1 << 26 },
      )
      const rounds = JSON.parse(stdout) as {
        readonly promised: string[]
        readonly kept: string[]
        readonly refused: string[]
        readonly damage: number
      }[]
      expect(rounds).toHaveLength(SHORT_WRITES)
      for (const { promised, kept, refused, damage } of rounds) {
        expect(kept).toEqual(promised)
        expect(damage).toBe(0)
        expect(new Set(refused)).toEqual(new Set(['JOURNAL_UNWRITTEN']))
      }
    },
  )

  it('and is asked again, gets all of it', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path)
    const methods = await fileMethods()
    const { write } = methods
    let calls = 0
    vi.spyOn(methods, 'write').mockImplementation(function (this: unknown, ...given: unknown[]) {
      calls++
      const [data, from, length, at] = given
      return Reflect.apply(write, this, [data, from, Math.min(Number(length), 7), at]) as never
    })
    onTestFinished(() => void vi.restoreAllMocks())
    await journal.append({ type: 'queued', jobId: 'a', printer, payload })
    expect(calls).toBeGreaterThan(20)
    const again = await fileJournal(path)
    expect(await again.payload('a')).toEqual(payload)
    expect(again.damage).toEqual([])
  })
})

describe('a promise', () => {
  it('is given when its line is on the disk, and not before', async () => {
    const journal = await fileJournal(await freshPath())
    await journal.append({ type: 'queued', jobId: 'a', printer })
    const methods = await fileMethods()
    let endSync = () => {}
    const synced = new Promise<void>((resolve) => {
      endSync = resolve
    })
    const sync = vi.spyOn(methods, 'datasync').mockReturnValue(synced)
    onTestFinished(() => void vi.restoreAllMocks())
    let isPromised = false
    const promise = journal.append({ type: 'queued', jobId: 'b', printer }).then(() => {
      isPromised = true
    })
    await expect.poll(() => sync.mock.calls.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isPromised).toBe(false)
    endSync()
    await promise
    // How far a job got may be lost with the power, so that no paper waits for a disk.
    await journal.append({ type: 'started', jobId: 'a', printer, segments: 2 })
    await journal.append({ type: 'acked', jobId: 'a', printed: 1 })
    expect(sync).toHaveBeenCalledTimes(2)
  })

  it('is not given by a disk that cannot flush, and the job is not there', async () => {
    const journal = await fileJournal(await freshPath())
    await journal.append({ type: 'queued', jobId: 'a', printer })
    const failure = Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
    vi.spyOn(await fileMethods(), 'datasync').mockRejectedValueOnce(failure)
    onTestFinished(() => void vi.restoreAllMocks())
    const refused = journal.append({ type: 'queued', jobId: 'b', printer })
    await expect(refused).rejects.toMatchObject({ code: 'JOURNAL_UNWRITTEN', cause: failure })
    for (const one of [journal, await fileJournal(journal.path)]) {
      expect((await one.list()).map(({ jobId }) => jobId)).toEqual(['a'])
    }
  })
})

describe('a bit that has flipped', () => {
  /** A journal in which each state occurs, with jobs that wait before and after it. */
  async function journalOfAll(path: string) {
    const journal = await fileJournal(path)
    const queued = (jobId: string) => journal.append({ type: 'queued', jobId, printer, payload })
    const started = (jobId: string) =>
      journal.append({ type: 'started', jobId, printer, segments: 2 })
    for (const jobId of ['waits', 'done', 'begun', 'failed', 'cancelled']) await queued(jobId)
    await started('done')
    await journal.append({ type: 'acked', jobId: 'done', printed: 2, grade: 'printed' })
    await journal.append({ type: 'done', jobId: 'done', grade: 'printed' })
    await journal.append({ type: 'cancelled', jobId: 'cancelled' })
    await started('failed')
    await journal.append({ type: 'failed', jobId: 'failed', reason: 'x', printed: 1, sent: 2 })
    await queued('waits too')
    await started('begun')
    return journal
  }

  it('is found wherever it is, and puts no job into the queue that is not waiting', {
    timeout: 240_000 + FLIPS * 20,
  }, async () => {
    const path = await freshPath()
    const before = await (await journalOfAll(path)).list()
    const whole = await readFile(path)
    const random = seeded(11)
    const waiting = new Set(['waits', 'waits too'])
    for (let i = 0; i < FLIPS; i++) {
      const bit = random(whole.length * 8)
      const flipped = Uint8Array.from(whole)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await writeFile(path, flipped)
      const journal = await fileJournal(path)
      const where = `bit ${bit & 7} of byte ${bit >> 3}`
      expect(journal.damage[0], where).toMatchObject({ code: 'JOURNAL_LINE_DAMAGED' })
      expect(journal.damage[0]?.message, where).toContain(path)
      const after = await journal.list()
      const mayPrint = after.filter(({ state }) => state === 'queued').map(({ jobId }) => jobId)
      expect(
        mayPrint.filter((jobId) => !waiting.has(jobId)),
        where,
      ).toEqual([])
      // At most one job may bear a wrong name, or none at all if it cannot be read.
      const names = new Set(after.map(({ jobId }) => jobId))
      const lost = before.filter(({ jobId }) => !names.has(jobId))
      expect(lost.length, where).toBeLessThanOrEqual(1)
      for (const jobId of mayPrint) expect(await journal.payload(jobId), where).toEqual(payload)
    }
  })

  it('in the newline between two lines loses neither', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path)
    for (const jobId of ['a', 'b']) await journal.append({ type: 'queued', jobId, printer })
    const text = await readFile(path, 'latin1')
    await writeFile(path, text.replaceAll('\n', '\x0b'), 'latin1')
    const again = await fileJournal(path)
    expect((await again.list()).map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect(again.damage).toHaveLength(2)
    await again.append({ type: 'cancelled', jobId: 'b' })
    expect((await (await fileJournal(path)).get('b'))?.state).toBe('cancelled')
  })

  it('after it was read is found when its bytes are wanted', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path)
    await journal.append({ type: 'queued', jobId: 'a', printer, payload })
    const file = await open(path, 'r+')
    await file.write('B', (await readFile(path, 'latin1')).indexOf('QUFB'))
    await file.close()
    expect(await journal.payload('a')).toBeUndefined()
    expect(journal.damage).toHaveLength(1)
  })

  it('is not looked for in lines of earlier versions, which have no checksum', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path)
    await journal.append({ type: 'queued', jobId: 'a', printer, payload })
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace(/,"sum":"\w+"/, ''))
    const again = await fileJournal(path)
    expect(await again.payload('a')).toEqual(payload)
    expect(again.damage).toEqual([])
  })
})

describe('a file that is written anew', () => {
  const compactBytes = 0

  it.skipIf(isWindows)(
    'keeps owner, group and mode, and is the one that a link names',
    async () => {
      const path = await freshPath()
      const link = join(path, '..', 'link.jsonl')
      await symlink('jobs.jsonl', link)
      const journal = await fileJournal(link, { compactBytes })
      expect(journal.path).toBe(path)
      await journal.append({ type: 'queued', jobId: 'a', printer })
      await chmod(path, 0o640)
      if (isRoot) await chown(path, 1, 2)
      const before = await stat(path)
      await journal.append({ type: 'cancelled', jobId: 'a' })
      const { ino, mode, uid, gid } = await stat(path)
      expect(ino).not.toBe(before.ino)
      expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid })
      expect(await readFile(link)).toEqual(await readFile(path))
      expect(await readFile(path, 'utf8')).toMatch(
        /^\{"event":"compacted",.*,"sum":"[\da-f]{8}"\}\n$/,
      )
    },
  )

  it('holds no bytes of a job that is over', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path, { keepBytes: false })
    const other = await fileJournal(path)
    const secret = Buffer.from(bytes).toString('base64')
    for (const jobId of ['a', 'b']) {
      await journal.append({ type: 'queued', jobId, printer, payload })
    }
    await journal.append({ type: 'cancelled', jobId: 'a' })
    expect((await readFile(path, 'utf8')).split(secret)).toHaveLength(2)
    expect(await other.payload('b')).toEqual(payload)
    await journal.append({ type: 'cancelled', jobId: 'b' })
    expect(await readFile(path, 'utf8')).not.toContain(secret)
  })

  it('and cannot be, stays as it is: the event is on the disk all the same', async () => {
    const path = await freshPath()
    const journal = await fileJournal(path, { compactBytes })
    await journal.append({ type: 'queued', jobId: 'a', printer })
    const failure = new Error('ENOSPC: no space left on device')
    vi.spyOn(await fileMethods(), 'sync').mockRejectedValue(failure)
    onTestFinished(() => void vi.restoreAllMocks())
    const record = await journal.append({ type: 'cancelled', jobId: 'a' })
    expect(record.state).toBe('cancelled')
    expect(journal.damage).toMatchObject([{ code: 'JOURNAL_NOT_COMPACTED', severity: 'warning' }])
    vi.restoreAllMocks()
    expect((await (await fileJournal(path)).get('a'))?.state).toBe('cancelled')
    await expect(stat(`${path}.new`)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
