/** The oracle of the rigs says no to each kind of false claim, without a link and without a session. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Uncertain } from '../../src/printer/errors.js'
import { UNKNOWN_STATUS } from '../../src/printer/status.js'
import type { PrintResult } from '../../src/printer/types.js'
import { CountingPrinter } from './device/counting-printer.js'
import { editsOf, FALSE_CLAIMS } from './false-claims.mjs'
import { type Facts, judge } from './judge.js'
import { rigJob } from './receipt-job.js'

const job = rigJob('job', 6)
/** As the session sends them: the drawer's pulse (ESC p, 5 bytes) stands behind the rest. */
const pulseAt = Buffer.from(job.bytes).indexOf(Uint8Array.of(0x1b, 0x70))
const sent = Buffer.concat([
  job.bytes.subarray(0, pulseAt),
  job.bytes.subarray(pulseAt + 5),
  job.bytes.subarray(pulseAt, pulseAt + 5),
])
const twoLines = sent.subarray(0, sent.indexOf(0x0a, sent.indexOf(0x0a) + 1) + 1)
const SEGMENTS = 4

/** What the printer has on paper when it was sent these bytes. */
async function paperOf(...streams: readonly Uint8Array[]): Promise<Facts['report']> {
  const printer: CountingPrinter = new CountingPrinter(
    { bufferBytes: 100_000 },
    () => {},
    () => {},
  )
  for (const bytes of streams) printer.receive(bytes)
  while (!printer.isIdle) await new Promise((resolve) => setTimeout(resolve, 1))
  const { paper, pulses, unknown } = printer
  return { received: 0, connections: 1, paper, pulses, unknown, isIdle: true }
}

const printed: PrintResult = {
  grade: 'printed',
  jobId: undefined,
  bytesSent: job.bytes.length,
  segments: SEGMENTS,
  printedThrough: SEGMENTS,
  copies: 1,
  alreadyDone: false,
  reprinted: false,
  before: UNKNOWN_STATUS,
  after: UNKNOWN_STATUS,
  warnings: [],
}

function uncertain(printedLines: number, sentLines: number, final = false): Uncertain {
  const part = (lines: number) => Math.floor((lines / job.lines) * (SEGMENTS - 1))
  return new Uncertain({
    reason: 'paper-out',
    bytesSent: 0,
    totalBytes: 0,
    status: UNKNOWN_STATUS,
    final,
    reach: {
      segments: SEGMENTS,
      printed: part(printedLines),
      sent: part(sentLines),
      lines: { total: job.lines, printed: printedLines, sent: sentLines },
      copy: 1,
      copySent: 1,
      path: printedLines < job.lines ? `nodes[${printedLines + 1}]` : undefined,
    },
  })
}

function liesOf(outcome: unknown, report: Facts['report'], change: Partial<Facts> = {}) {
  const facts = { answers: 'ids', isUnbroken: false, isMarked: false, isTold: false } as const
  const settledAtMs = Date.now()
  return judge({ ...facts, job, copies: 1, outcome, settledAtMs, report, ...change }).lies
}

it('believes what is true', async () => {
  const whole = await paperOf(sent)
  expect(liesOf(printed, whole, { isUnbroken: true })).toEqual([])
  const half = await paperOf(twoLines)
  expect(liesOf(uncertain(1, 4), half)).toEqual([])
})

it('says no to printed without the paper', async () => {
  const half = await paperOf(sent.subarray(0, sent.length - 40))
  expect(liesOf(printed, half)).toContain('printed, and not all of it is on paper')
  const whole = await paperOf(sent)
  expect(liesOf(printed, whole, { answers: 'others' })).toContain('printed, without a process ID')
  const early = { settledAtMs: Date.now() - 1000 }
  expect(liesOf(printed, whole, early)).toContain('printed, and it was not yet on paper')
})

it('says no to lines that come twice, and to copies and drawers that are miscounted', async () => {
  const twice = await paperOf(sent, sent)
  expect(liesOf(printed, twice)).toEqual(
    expect.arrayContaining(['a line came twice, or out of order', '2 drawer pulses']),
  )
  const whole = await paperOf(sent)
  expect(liesOf({ ...printed, copies: 2 }, whole)).toContain('2 copies, where 1 were wanted')
  expect(liesOf({ ...printed, reprinted: true }, whole)).not.toEqual([])
})

it('says no to a reach that the paper does not bear out', async () => {
  const half = await paperOf(twoLines)
  expect(liesOf(uncertain(5, 6), half)).toContain('reach.printed is too high')
  expect(liesOf(uncertain(0, 1), half)).toContain('reach.sent is too low')
  const early = { settledAtMs: Date.now() - 1000 }
  expect(liesOf(uncertain(1, 4, true), half, early)).toContain('final, and more came out')
})

it('false claims still fit the code that they change', () => {
  const source = (file: string) =>
    readFileSync(new URL(`../../src/printer/${file}`, import.meta.url), 'utf8')
  const stale = FALSE_CLAIMS.flatMap((claim) =>
    Object.entries(editsOf(claim)).flatMap(([file, edits]) =>
      edits
        .filter(([from]) => source(file).split(from).length !== 2)
        .map(([from]) => [claim[0], file, from]),
    ),
  )
  expect(stale).toEqual([])
})
