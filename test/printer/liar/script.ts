/** One script against the lying printer: a job, a fault, and the verdict on what was said of it. */

import { NotStarted, PartiallyPrinted, PrintError, Uncertain } from '../../../src/printer/errors.js'
import { openPrinter } from '../../../src/printer/open-printer.js'
import type { PrinterOptions, PrintResult, StopPolicy } from '../../../src/printer/types.js'
import { type Fault, type LiarOptions, LiarPrinter } from './liar-printer.js'

export interface Script {
  readonly name: string
  readonly liar: Partial<LiarOptions>
  readonly fault?: Partial<Fault>
  /** What the caller knows of the printer. */
  readonly kind: 'ids' | 'blocks' | 'bytes'
  readonly hidesRestart?: boolean
  readonly copies?: number
  readonly pauseMs?: number
  /** Lines of a copy. Default 6. */
  readonly lines?: number
  /** Lines of a segment. Default 2. */
  readonly segmentLines?: number
  readonly windowBytes?: number
  readonly onPaperOut?: StopPolicy
  /** The best that may be said; for scripts without chance. */
  readonly expects?: string
}

export interface Verdict {
  readonly said: string
  /** Claims that the paper does not bear out. */
  readonly lies: readonly string[]
  readonly paper: string
}

const QUIET: LiarOptions = {
  ids: false,
  model: undefined,
  serial: undefined,
  hoarseFrom: 0,
  clears: true,
  macros: true,
  answerMs: 0,
  pace: 0,
  repeatEvery: 0,
  mute: [],
  greeting: () => [],
}

const NO_FAULT: Fault = {
  afterLines: Number.POSITIVE_INFINITY,
  state: 'none',
  forMs: 0,
  says: [],
  echoes: 0,
  link: 'keep',
  heir: 'same',
}

const PROFILES: Readonly<Record<Script['kind'], PrinterOptions['profile']>> = {
  ids: { answersStatus: true },
  blocks: { answersStatus: true },
  bytes: { answersStatus: null },
}

export async function runScript(script: Script): Promise<Verdict> {
  const { kind, copies = 1, lines = 6, windowBytes, onPaperOut } = script
  const liar = new LiarPrinter(
    {
      ...QUIET,
      ids: kind === 'ids',
      model: kind === 'bytes' ? undefined : 'M1',
      ...script.liar,
    },
    script.fault === undefined ? undefined : { ...NO_FAULT, ...script.fault },
  )
  const { timeoutMs, ...limits } = limitsOf(script)
  const printer = openPrinter(await liar.listen(), {
    profile: PROFILES[kind] as NonNullable<PrinterOptions['profile']>,
    lock: false,
    ...limits,
    ...(script.hidesRestart === undefined ? {} : { hidesRestart: script.hidesRestart }),
    ...(windowBytes === undefined ? {} : { windowBytes }),
  })
  const { segmentLines = 2 } = script
  const job = jobOf(lines, segmentLines)
  const outcome = await printer
    .print(job, {
      copies,
      timeoutMs,
      pauseBetweenCopiesMs: script.pauseMs ?? 0,
      ...(onPaperOut === undefined ? {} : { onPaperOut }),
    })
    .catch((error: unknown) => error)
  const then = liar.paper.length
  liar.mend()
  for (let i = 0; i < 40 && liar.holds > 0; i++) await wait(5)
  await wait(10)
  await printer.close()
  liar.close()
  const expected = Array.from({ length: copies }, () => linesOf(lines)).flat()
  const facts: Facts = {
    expected,
    lines,
    segmentLines,
    paper: liar.paper,
    then,
    other: liar.otherPaper,
  }
  const lies =
    outcome instanceof PrintError ? liesOfError(outcome, facts) : liesOfResult(outcome, facts)
  const said =
    outcome instanceof PrintError
      ? `${outcome.constructor.name}${outcome instanceof Uncertain && outcome.final ? ' final' : ''}`
      : String((outcome as PrintResult).grade ?? outcome)
  const { expects } = script
  const whole = outcome instanceof PrintError ? `${said}: ${outcome.reason}` : said
  if (expects !== undefined && expects !== whole) lies.push(`expected ${expects}, said ${whole}`)
  if (outcome instanceof PrintError && outcome.reason === 'other-printer') {
    if (liar.clearedOther) lies.push('another printer was cleared')
    if ((script.fault?.heir ?? 'same') === 'same') lies.push('it is the same printer')
  }
  return { said, lies, paper: `${liar.paper.join(' ')} | ${liar.otherPaper.join(' ')}` }
}

/**
 * A busy machine must not be taken for a silent printer if nothing is wrong, nor if the very outcome is demanded after a reconnect. Another
 * printer answers, so that the longest limits cost no time: they only have to be longer than a busy machine needs.
 */
function limitsOf({ fault, expects }: Script) {
  if (expects === 'Uncertain: other-printer') {
    return {
      answerTimeoutMs: 10_000,
      confirmTimeoutMs: 10_000,
      reconnectMs: 20_000,
      timeoutMs: 60_000,
    }
  }
  const isHurried = fault !== undefined && (expects === undefined || fault.link === undefined)
  return isHurried
    ? { answerTimeoutMs: 120, confirmTimeoutMs: 350, reconnectMs: 400, timeoutMs: 4000 }
    : { answerTimeoutMs: 600, confirmTimeoutMs: 3000, reconnectMs: 3000, timeoutMs: 15_000 }
}

interface Facts {
  readonly expected: readonly string[]
  readonly lines: number
  readonly segmentLines: number
  /** In the end, when all that it held has come out. */
  readonly paper: readonly string[]
  /** Lines on it when the outcome was told. */
  readonly then: number
  readonly other: readonly string[]
}

function liesOfResult(outcome: unknown, { expected, lines, paper, other }: Facts): string[] {
  if (!(outcome instanceof Object && 'grade' in outcome)) return [`threw ${String(outcome)}`]
  const { grade, printedThrough, segments, copies } = outcome as PrintResult
  const all = [...paper, ...other]
  const lies: string[] = []
  const isSure = grade === 'processed' || grade === 'printed'
  if (isSure && all.join() !== expected.join()) lies.push(`${grade}, and it is not on paper`)
  if (isSure && printedThrough !== segments) lies.push('a part is not confirmed')
  const wholeCopies = Math.floor((printedThrough / segments) * copies)
  const known = expected.slice(0, wholeCopies * lines)
  if (all.slice(0, known.length).join() !== known.join()) lies.push('printedThrough is too high')
  if (!isPartOf(all, expected)) lies.push('a line came twice')
  return lies
}

function liesOfError(error: PrintError, facts: Facts): string[] {
  const { expected, lines, paper, then, other } = facts
  const { reach } = error
  const lies: string[] = []
  const from = (reach.copy - 1) * lines
  const known = expected.slice(0, from + reach.lines.printed)
  const all = [...paper, ...other]
  if (all.slice(0, known.length).join() !== known.join()) lies.push('reach.printed is too high')
  const perCopy = Math.ceil(lines / facts.segmentLines)
  const wholeCopies = Math.floor(reach.sent / perCopy)
  const begun = Math.min((reach.sent % perCopy) * facts.segmentLines, lines)
  if (all.length > wholeCopies * lines + begun) lies.push('reach.sent is too low')
  if (reach.copySent < Math.ceil(all.length / lines)) lies.push('reach.copySent is too low')
  if (!isPartOf(all, expected)) lies.push('a line came twice')
  if (error instanceof NotStarted && all.length > 0) lies.push('not started, and it is on paper')
  const isWhole = paper.join() === expected.join()
  if (error instanceof PartiallyPrinted && isWhole) lies.push('nothing is missing')
  const isFinal = error instanceof PartiallyPrinted || (error instanceof Uncertain && error.final)
  if (isFinal && paper.length > then) lies.push('final, and more came out')
  if (error instanceof Uncertain && error.final && other.length > 0) lies.push('final elsewhere')
  if (error.reason === 'other-printer' && isFinal) lies.push('final for another printer')
  return lies
}

/** Whether the lines are those that were expected, in their order, none of them twice; some may be missing. */
function isPartOf(paper: readonly string[], expected: readonly string[]): boolean {
  let at = 0
  for (const line of paper) {
    while (at < expected.length && expected[at] !== line) at++
    if (at === expected.length) return false
    at++
  }
  return true
}

function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `L${i + 1}`)
}

/** `ESC @` and the lines, in segments of so many. */
function jobOf(count: number, segmentLines: number) {
  const bytes: number[] = [0x1b, 0x40]
  const segments = []
  for (let first = 1; first <= count; first += segmentLines) {
    const last = Math.min(first + segmentLines - 1, count)
    const from = first === 1 ? 0 : bytes.length
    const paths = []
    for (let line = first; line <= last; line++) {
      bytes.push(...new TextEncoder().encode(`L${line}\n`))
      paths.push(`nodes[${line - 1}]`)
    }
    const to = bytes.length
    segments.push({ kind: 'print', from, to, firstLine: first, lastLine: last, paths } as const)
  }
  return { bytes: Uint8Array.from(bytes), segments }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
