import { spawn, spawnSync } from 'node:child_process'
import { chmod, chown, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import { fileJournal } from '../../src/journal/file.js'
import { memoryJournal } from '../../src/journal/memory.js'
import { type Journal, JournalError } from '../../src/journal/types.js'
import type { Paper } from '../../src/model/paper.js'
import type { PrintJob, Segment } from '../../src/model/print-job.js'
import { NotStarted, Uncertain } from '../../src/printer/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { openQueue, type QueueOutcome } from '../../src/printer/print-queue.js'
import type { Printer } from '../../src/printer/printer.js'
import { UNKNOWN_STATUS as UNKNOWN } from '../../src/printer/status.js'
import type { PrintResult } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { buildChild } from '../build-child.js'
import { seeded } from '../seeded.js'
import { failureOf, printerWith, wait } from './helpers.js'
import { numbered, numbersOn, pulsesOn, settled, upTo } from './receipts.js'

const profile = { ...generic80, answersStatus: true }
const WITH_IDS = { processIds: true }
const LINES = 12
/** Larger ones are for runs by themselves. */
const QUEUED = Number(process.env.QUEUE_JOBS ?? 500)
const OUTAGE_MS = Number(process.env.OUTAGE_MS ?? 200)
const KILLS = Number(process.env.KILLS ?? 8)
/** `started`, an `acked` for each of four segments, and `done`. */
const EVENTS_OF_A_JOB = 6

/** A job of lines `J007 L01`, three of them in a segment. */
function job(number: number): PrintJob {
  const line = (i: number) => `J${String(number).padStart(3, '0')} L${String(i).padStart(2, '0')}\n`
  const pieces = Array.from({ length: LINES / 3 }, (_, s) =>
    [1, 2, 3].map((i) => line(s * 3 + i)).join(''),
  )
  const segments: Segment[] = []
  let text = '\x1b@'
  for (const [s, piece] of pieces.entries()) {
    const from = s === 0 ? 0 : text.length
    text += piece
    const lines = { firstLine: s * 3 + 1, lastLine: s * 3 + 3 }
    segments.push({ kind: 'print', from, to: text.length, ...lines, paths: [] })
  }
  return { bytes: new TextEncoder().encode(text), segments }
}

/** Job numbers to the lines that are on paper, in order; marks as line 0. */
function linesByJob(papers: readonly Paper[]): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const { lines, glyphs } of papers) {
    for (const { from, to } of lines) {
      const text = glyphs
        .slice(from, to)
        .map((glyph) => glyph.text)
        .join('')
      const [, number, line] = /J(\d{3})L(\d{2})/.exec(text) ?? []
      if (number === undefined) continue
      found.set(Number(number), [...(found.get(Number(number)) ?? []), Number(line)])
    }
  }
  return found
}

/** Runs the program: its exit code, or the signal that ended it. */
async function exitOf(
  args: readonly string[],
  { node = process.execPath, uid }: { readonly node?: string; readonly uid?: number } = {},
): Promise<number | NodeJS.Signals | null> {
  const user = uid === undefined ? {} : { uid, gid: uid }
  const process_ = spawn(node, args, { stdio: 'inherit', ...user })
  return new Promise((resolve, reject) => {
    process_.once('error', reject).once('exit', (code, signal) => resolve(signal ?? code))
  })
}

/** A Node that the user may run: if this one is in a folder of root, a copy of it. */
async function nodeFor(uid: number, path: string): Promise<string> {
  const asUser = { uid, gid: uid }
  if (spawnSync(process.execPath, ['--version'], asUser).status === 0) return process.execPath
  const node = join(path, 'node')
  await copyFile(process.execPath, node)
  return node
}

const CHILD = new URL('./crash-child.ts', import.meta.url)

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'xiaopiao-queue-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

describe('a journal', () => {
  it('keeps a job that is done from being printed again', async () => {
    const journal = memoryJournal()
    const { virtual, printer } = await printerWith(WITH_IDS, { profile, journal })
    const first = await printer.print(numbered(5, false), { jobId: 'a', title: 'order 1' })
    const again = await Promise.all([
      printer.print(numbered(5, false), { jobId: 'a' }),
      openPrinter(virtual.uri, { profile, journal }).print(numbered(5, false), { jobId: 'a' }),
    ])
    expect(first).toMatchObject({ alreadyDone: false, grade: 'printed' })
    for (const result of again)
      expect(result).toMatchObject({ alreadyDone: true, grade: 'printed' })
    expect(numbersOn(virtual.papers)).toEqual(upTo(5))
    expect(await journal.get('a')).toMatchObject({ state: 'done', title: 'order 1', attempts: 1 })
  })

  it('lets a job that did not start be tried again, and asks about one that may have printed', async () => {
    const journal = memoryJournal()
    const { virtual, printer } = await printerWith(
      { ...WITH_IDS, state: { cover: 'open' }, powerCutAfterBytes: 700, powerCutTimes: 1 },
      { profile, journal },
    )
    const print = (options = {}) => printer.print(numbered(40, false), { jobId: 'a', ...options })
    await failureOf(print(), NotStarted)
    expect(await journal.get('a')).toBeUndefined()
    virtual.device.set({ cover: 'closed' })
    const lost = await failureOf(print(), Uncertain)
    const asked = await failureOf(print(), Uncertain)
    expect(asked.reach).toEqual(lost.reach)
    expect(asked).toMatchObject({
      reason: 'connection-lost',
      bytesSent: expect.any(Number) as number,
    })
    const before = numbersOn(virtual.papers)
    expect(await print({ marked: true })).toMatchObject({ grade: 'printed' })
    await settled(virtual)
    expect(numbersOn(virtual.papers)).toEqual([...before, 0, ...upTo(40)])
    expect(pulsesOn(virtual.papers)).toBe(0)
    expect((await print()).alreadyDone).toBe(true)
  })

  it.each([
    ['printed', 2, { state: 'done', grade: 'printed' }],
    ['printed', 1, { state: 'uncertain', printed: 1, reason: 'interrupted' }],
    // Fences alone may have been answered by stray bytes.
    [undefined, 2, { state: 'uncertain', printed: 2 }],
  ] as const)('of a process that ended: %s, %d of 2 segments', async (grade, printed, after) => {
    const journal = memoryJournal()
    const { virtual, printer } = await printerWith(WITH_IDS, { profile, journal })
    await journal.append({ type: 'started', jobId: 'a', printer: virtual.uri, segments: 2 })
    const acked = { type: 'acked', jobId: 'a', printed } as const
    await journal.append(grade === undefined ? acked : { ...acked, grade })
    expect(await printer.interrupted()).toMatchObject([after])
    expect(await printer.interrupted()).toEqual([])
    expect(await journal.get('a')).toMatchObject(after)
  })

  it('is told what process IDs confirm, and what only fences do', async () => {
    for (const [server, expected] of [
      [WITH_IDS, 'printed'],
      [{}, undefined],
    ] as const) {
      const kept = memoryJournal()
      const grades = new Set<string | undefined>()
      const append: Journal['append'] = (event) => {
        if (event.type === 'acked') grades.add(event.grade)
        return kept.append(event)
      }
      const { printer } = await printerWith(server, { profile, journal: { ...kept, append } })
      await printer.print(numbered(20, false), { jobId: 'a' })
      expect([...grades]).toEqual([expected])
    }
  })

  it('that cannot be written to lets nothing be sent', async () => {
    const full = (): Promise<never> => Promise.reject(new Error('no space left'))
    const journal: Journal = { ...memoryJournal(), append: full }
    const { virtual, printer } = await printerWith(WITH_IDS, { profile, journal })
    const failure = await failureOf(printer.print(numbered(5)), NotStarted)
    expect(failure.reason).toBe('journal')
    expect(numbersOn(virtual.papers)).toEqual([])
  })

  it('that fails after printing is a warning: the result is not lost', async () => {
    const kept = memoryJournal()
    const append: Journal['append'] = (event) =>
      event.type === 'done' ? Promise.reject(new Error('no space left')) : kept.append(event)
    const { printer } = await printerWith(WITH_IDS, { profile, journal: { ...kept, append } })
    const result = await printer.print(numbered(5, false), { jobId: 'a' })
    expect(result.grade).toBe('printed')
    expect(result.warnings.map(({ code }) => code)).toEqual(['JOURNAL_FAILED'])
  })
})

describe('the queue', () => {
  it('takes orders while the printer is away, and prints each once and in order', {
    timeout: 240_000 + OUTAGE_MS,
  }, async () => {
    const journal = memoryJournal()
    const virtual = await startVirtualPrinter({ profile: generic80, ...WITH_IDS })
    onTestFinished(() => virtual.close())
    await virtual.switchOff()
    const open = (uri: string) => openPrinter(uri, { journal, profile })
    const queue = openQueue({ journal, open, retryMs: 20, maxRetryMs: 50 })
    for (let i = 1; i <= QUEUED; i++) {
      await queue.add(job(i), { jobId: `job ${i}`, printer: virtual.uri })
    }
    await wait(OUTAGE_MS)
    expect((await queue.list({ states: ['queued'] })).length).toBe(QUEUED)
    await virtual.switchOn()
    await queue.idle()
    await queue.close()
    const found = linesByJob(virtual.papers)
    expect([...found.keys()]).toEqual(upTo(QUEUED))
    for (const lines of found.values()) expect(lines).toEqual(upTo(LINES))
    const done = await queue.list({ states: ['done'] })
    expect(done.map(({ jobId }) => jobId)).toEqual(upTo(QUEUED).map((i) => `job ${i}`))
    for (const { grade, attempts } of done)
      expect({ grade, attempts }).toEqual({ grade: 'printed', attempts: 1 })
  })

  it('tells of each job that an earlier process left, also of one that had been confirmed whole', async () => {
    const journal = memoryJournal()
    const { virtual } = await printerWith(WITH_IDS, { profile, journal })
    const printer = virtual.uri
    const payload = { bytes: Uint8Array.of(0x41, 0x0a) }
    for (const jobId of ['whole', 'half']) {
      await journal.append({ type: 'queued', jobId, printer, payload })
      await journal.append({ type: 'started', jobId, printer, segments: 2 })
    }
    await journal.append({ type: 'acked', jobId: 'whole', printed: 2, grade: 'printed' })
    await journal.append({ type: 'acked', jobId: 'half', printed: 1, grade: 'printed' })
    const told: QueueOutcome[] = []
    await using queue = openQueue({ journal, onOutcome: (outcome) => told.push(outcome) })
    await expect.poll(() => told.length).toBe(2)
    expect(told).toMatchObject([
      { jobId: 'whole', result: { grade: 'printed', alreadyDone: true } },
      { jobId: 'half', error: { code: 'PRINT_UNCERTAIN', reason: 'interrupted' } },
    ])
    await queue.idle()
    expect(virtual.papers.flatMap(({ glyphs }) => glyphs)).toEqual([])
  })

  it('gives what waits to another printer, drops what is cancelled, repeats with a mark', async () => {
    const journal = memoryJournal()
    const [away, backup] = await Promise.all([
      startVirtualPrinter({ profile: generic80, ...WITH_IDS }),
      startVirtualPrinter({ profile: generic80, ...WITH_IDS }),
    ])
    onTestFinished(async () => {
      await away.close()
      await backup.close()
    })
    await away.switchOff()
    const open = (uri: string) => openPrinter(uri, { journal, profile })
    await using queue = openQueue({ journal, open, retryMs: 20, maxRetryMs: 50 })
    for (let i = 1; i <= 3; i++) {
      await queue.add(numbered(i + 1, false), { jobId: `${i}`, printer: away.uri })
    }
    await queue.cancel('2')
    expect(await queue.reroute({ printer: away.uri }, backup.uri)).toBe(2)
    await queue.idle()
    expect(numbersOn(backup.papers)).toEqual([1, 2, 1, 2, 3, 4])
    await expect(queue.retry('1')).rejects.toMatchObject({ code: 'JOB_STATE' })
    await queue.reroute({ jobId: '2' }, backup.uri).catch(() => 0)
    await journal.append({ type: 'retried', jobId: '2', marked: true })
    await expect(queue.cancel('1')).rejects.toMatchObject({ code: 'JOB_STATE' })
  })
})

/** A printer object that only counts what it is given. */
function printerOf(uri: string, print: Printer['print']): Printer {
  const unused = () => Promise.reject(new Error('not asked for'))
  return {
    uri,
    print,
    status: unused,
    identity: unused,
    interrupted: async () => [],
    watch: () => ({ [Symbol.asyncIterator]: () => ({ next: unused }) }),
    recover: unused,
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

describe('a queue at a printer that is away', () => {
  it('asks less and less often, and as often as at first after a job went out', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const journal = memoryJournal()
    const tries: number[] = []
    let isAway = true
    const started = Date.now()
    const open = (uri: string) =>
      printerOf(uri, async (_, { jobId = '' } = {}) => {
        tries.push(Date.now() - started)
        const details = { reason: 'no-connection', jobId, totalBytes: 1, status: UNKNOWN } as const
        if (isAway) throw new NotStarted(details)
        await journal.append({ type: 'started', jobId, printer: uri, segments: 1 })
        await journal.append({ type: 'done', jobId, grade: 'printed' })
        isAway = true
        return {} as PrintResult
      })
    const queue = openQueue({ journal, open, retryMs: 1000, maxRetryMs: 5000 })
    for (const jobId of ['a', 'b']) {
      await queue.add(Uint8Array.of(10), { jobId, printer: 'tcp://10.0.0.1' })
    }
    await vi.advanceTimersByTimeAsync(16_500)
    expect(tries).toEqual([0, 1000, 3000, 7000, 12_000])
    isAway = false
    await vi.advanceTimersByTimeAsync(3000)
    expect(tries.slice(5)).toEqual([17_000, 17_000, 18_000])
    await queue.close()
  })
})

describe('a job that is added', () => {
  const printer = 'tcp://127.0.0.1:9'

  it.each(['memory', 'file'])(
    'twice at the same moment is one job, of a journal in a %s',
    async (kind) => {
      const journal =
        kind === 'memory' ? memoryJournal() : await fileJournal(join(await folder(), 'jobs.jsonl'))
      await using queue = openQueue({ journal, onOutcome: () => {} })
      const add = () => queue.add(Uint8Array.of(0x41, 10), { jobId: 'order 17', printer })
      const [one, two] = await Promise.all([add(), add()])
      expect(one).toEqual(two)
      expect(await queue.list()).toHaveLength(1)
    },
  )

  it.each([
    ['192.168.1.50', 'URI_UNSUPPORTED'],
    ['tcp:192.168.1.50', 'URI_INVALID'],
  ])('for %s is refused, since no printer is ever there', async (address, code) => {
    const journal = memoryJournal()
    await using queue = openQueue({ journal })
    const added = queue.add(Uint8Array.of(10), { jobId: 'a', printer: address })
    await expect(added).rejects.toMatchObject({ code })
    expect(await journal.list()).toEqual([])
  })

  it('for one machine under several names goes through one queue, in order', async () => {
    const { virtual } = await printerWith(WITH_IDS)
    const journal = memoryJournal()
    const open = (uri: string) => openPrinter(uri, { journal, profile })
    await using queue = openQueue({ journal, open })
    const port = new URL(virtual.uri).port
    for (const [i, host] of ['127.0.0.1', 'localhost', '127.0.0.1'].entries()) {
      await queue.add(job(i + 1), { jobId: `${i + 1}`, printer: `tcp://${host}:${port}` })
    }
    await queue.idle()
    expect([...linesByJob(virtual.papers).keys()]).toEqual([1, 2, 3])
    expect(await journal.list({ printer: `tcp://[::1]:${port}`, states: ['done'] })).toHaveLength(3)
  })

  it('and that no printer can print does not hold up those behind it', async () => {
    const journal = memoryJournal()
    const printed: string[] = []
    const open = (uri: string) =>
      printerOf(uri, async (_, { jobId = '' } = {}) => {
        if (jobId === 'bad') throw new TypeError('no such character')
        await journal.append({ type: 'started', jobId, printer: uri, segments: 1 })
        await journal.append({ type: 'done', jobId, grade: 'printed' })
        printed.push(jobId)
        return {} as PrintResult
      })
    await using queue = openQueue({ journal, open })
    for (const jobId of ['bad', 'good']) await queue.add(Uint8Array.of(10), { jobId, printer })
    await queue.idle()
    expect(printed).toEqual(['good'])
    expect(await journal.get('bad')).toMatchObject({ state: 'failed', reason: 'no such character' })
  })
})

describe('two queues of one journal', () => {
  it('print each job once, and say which the other one has taken', async () => {
    const { virtual } = await printerWith(WITH_IDS)
    const path = join(await folder(), 'jobs.jsonl')
    const outcomes: QueueOutcome[] = []
    const queues = await Promise.all(
      [1, 2].map(async () => {
        const journal = await fileJournal(path)
        const open = (uri: string) => openPrinter(uri, { journal, profile })
        return openQueue({ journal, open, onOutcome: (outcome) => outcomes.push(outcome) })
      }),
    )
    for (let i = 1; i <= 4; i++) {
      await Promise.all(
        queues.map((queue) => queue.add(job(i), { jobId: `${i}`, printer: virtual.uri })),
      )
    }
    for (const queue of queues) await queue.idle()
    for (const queue of queues) await queue.close()
    expect([...linesByJob(virtual.papers)]).toEqual(upTo(4).map((i) => [i, upTo(LINES)]))
    expect(outcomes.filter(({ result }) => result?.alreadyDone === false)).toHaveLength(4)
    expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([])
  })
})

describe('a job that another process prints', () => {
  it('between the look at the queue and the look at its bytes, is left to it', async () => {
    const kept = memoryJournal()
    const outcomes: QueueOutcome[] = []
    const payload: Journal['payload'] = async (jobId) => {
      await kept.append({ type: 'started', jobId, printer: 'tcp://10.0.0.1', segments: 1 })
      await kept.append({ type: 'done', jobId, grade: 'printed' })
      return kept.payload(jobId)
    }
    const open = (uri: string) => printerOf(uri, () => Promise.reject(new Error('printed twice')))
    const onOutcome = (outcome: QueueOutcome) => outcomes.push(outcome)
    await using queue = openQueue({ journal: { ...kept, payload }, open, onOutcome })
    await queue.add(Uint8Array.of(10), { jobId: 'a', printer: 'tcp://10.0.0.1' })
    await queue.idle()
    expect(outcomes).toMatchObject([{ jobId: 'a', elsewhere: { state: 'done' } }])
  })
})

describe('a queue whose journal fails', () => {
  it('stops and says so, instead of asking for ever', async () => {
    const kept = memoryJournal()
    const failure = new JournalError('the disk is full', { code: 'JOURNAL_UNWRITTEN' })
    let isFull = false
    const list: Journal['list'] = (filter) => (isFull ? Promise.reject(failure) : kept.list(filter))
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    const queue = openQueue({ journal: { ...kept, list }, retryMs: 5, onError })
    isFull = true
    await queue.add(Uint8Array.of(10), { jobId: 'a', printer: 'tcp://127.0.0.1:9' })
    await queue.idle()
    expect(errors).toEqual([failure])
  })
})

describe('a job that may be on paper', () => {
  /** A queue of one job of which a part is on paper. */
  async function doubtful() {
    const journal = memoryJournal()
    const [first, backup] = await Promise.all([
      startVirtualPrinter({
        profile: generic80,
        ...WITH_IDS,
        powerCutAfterBytes: 700,
        powerCutTimes: 1,
      }),
      startVirtualPrinter({ profile: generic80, ...WITH_IDS }),
    ])
    const queue = openQueue({ journal, open: (uri) => openPrinter(uri, { journal, profile }) })
    onTestFinished(async () => {
      await queue.close()
      await first.close()
      await backup.close()
    })
    await queue.add(numbered(40, false), { jobId: 'a', printer: first.uri })
    await queue.idle()
    expect(await journal.get('a')).toMatchObject({ state: 'uncertain' })
    return { first, backup, queue, journal, before: numbersOn(first.papers) }
  }

  it('waits for a person, who says that it is there', async () => {
    const { queue, first, journal, before } = await doubtful()
    await queue.seen('a')
    await queue.idle()
    expect(await journal.get('a')).toMatchObject({ state: 'done', reason: 'seen' })
    expect(numbersOn(first.papers)).toEqual(before)
  })

  it('or has it printed again with a mark, there or elsewhere', async () => {
    const one = await doubtful()
    await one.queue.retry('a')
    await one.queue.idle()
    expect(numbersOn(one.first.papers)).toEqual([...one.before, 0, ...upTo(40)])
    const two = await doubtful()
    expect(await two.queue.reroute({ jobId: 'a' }, two.backup.uri)).toBe(1)
    await two.queue.idle()
    expect(numbersOn(two.backup.papers)).toEqual([0, ...upTo(40)])
    expect(numbersOn(two.first.papers)).toEqual(two.before)
  })
})

describe('a process that is killed', () => {
  it('loses no job, and prints none twice', { timeout: 240_000 + KILLS * 5000 }, async () => {
    const path = await folder()
    const child = await buildChild(CHILD, path)
    const virtual = await startVirtualPrinter({
      profile: generic80,
      ...WITH_IDS,
      readBytes: 30,
      readIntervalMs: 5,
    })
    onTestFinished(() => virtual.close())
    const journal = await fileJournal(join(path, 'jobs.jsonl'))
    let count = 0
    /** A job writes three events at least, so that two are work for every kill, however fast the machine is. */
    const addJobs = async () => {
      for (let i = 0; i < 2; i++) {
        const { bytes, segments } = job(++count)
        const payload = segments === undefined ? { bytes } : { bytes, segments }
        await journal.append({ type: 'queued', jobId: `${count}`, printer: virtual.uri, payload })
      }
    }
    const random = seeded(7)
    for (let kill = 1; kill <= KILLS; kill++) {
      await addJobs()
      const when = [`${1 + random(EVENTS_OF_A_JOB)}`, `${random(20)}`]
      expect(await exitOf([child, journal.path, ...when]), `kill ${kill}`).toBe('SIGKILL')
    }
    await addJobs()
    expect(await exitOf([child, journal.path])).toBe(0)
    await settled(virtual)
    const found = linesByJob(virtual.papers)
    const records = await journal.list()
    expect(records).toHaveLength(count)
    for (const { jobId, state, printed } of records) {
      const lines = found.get(Number(jobId)) ?? []
      const where = `job ${jobId} is ${state}`
      if (state === 'done') expect(lines, where).toEqual(upTo(LINES))
      else {
        expect(state).toBe('uncertain')
        // The end may be missing, since the system may throw away what a killed process had sent. The beginning may not: the next process
        // clears nothing that the printer still holds.
        expect(lines, where).toEqual(upTo(lines.length))
        expect(lines.length, where).toBeGreaterThanOrEqual(printed * 3)
      }
    }
    expect(records.slice(-2).map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await readdir(path)).sort()).toEqual(['crash-child.mjs', 'jobs.jsonl'])
  })
})

/** Only root may start processes of other users. */
const isRoot = process.getuid?.() === 0

describe('two processes at one printer', () => {
  it.each([
    { whose: 'one user', users: [undefined, undefined] },
    ...(isRoot ? [{ whose: 'two users, neither of them root', users: [1, 65_534] }] : []),
  ])(
    'of $whose print one after the other, each job in one piece',
    {
      timeout: 240_000,
    },
    async ({ users }) => {
      const path = await folder()
      const child = await buildChild(CHILD, path)
      const paced = { readBytes: 60, readIntervalMs: 5 }
      const virtual = await startVirtualPrinter({ profile: generic80, ...WITH_IDS, ...paced })
      onTestFinished(() => virtual.close())
      if (isRoot) await chmod(path, 0o755)
      const codes = [1, 2].map(async (who) => {
        const home = await mkdtemp(join(path, 'home-'))
        const journal = await fileJournal(join(home, 'jobs.jsonl'))
        for (let i = 1; i <= 4; i++) {
          const { bytes, segments } = job(who * 100 + i)
          const payload = segments === undefined ? { bytes } : { bytes, segments }
          await journal.append({ type: 'queued', jobId: `${i}`, printer: virtual.uri, payload })
        }
        const uid = users[who - 1]
        if (uid === undefined) return exitOf([child, journal.path])
        for (const own of [home, journal.path]) await chown(own, uid, uid)
        return exitOf([child, journal.path], { node: await nodeFor(uid, home), uid })
      })
      expect(await Promise.all(codes)).toEqual([0, 0])
      await settled(virtual)
      // The order of the two does not matter; that the lines of a job stand together does.
      const found = linesByJob(virtual.papers)
      expect([...found.keys()].sort((a, b) => a - b)).toEqual([...upTo(4, 101), ...upTo(4, 201)])
      for (const lines of found.values()) expect(lines).toEqual(upTo(LINES))
      const order = virtual.jobs.map(({ executed }) => {
        const text = Buffer.from(executed).toString('latin1')
        return new Set([...text.matchAll(/J(\d{3})/g)].map(([, number]) => number)).size
      })
      expect(order).toEqual(Array.from({ length: 8 }, () => 1))
    },
  )
})
