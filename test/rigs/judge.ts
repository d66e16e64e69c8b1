/**
 * The oracle: each word of what print() says is held against the paper of the printer that judges. It knows the receipt that was to be
 * printed and reads the paper by itself; it asks nothing of the session but what the session claims.
 */

import {
  NotStarted,
  PartiallyPrinted,
  PrintError,
  type PrintResult,
  Uncertain,
} from '../../src/printer/index.js'
import type { PrintedUnit } from './device/counting-printer.js'
import type { Report } from './device/host.js'
import type { RigJob, Unit } from './receipt-job.js'

export interface Facts {
  readonly job: RigJob
  readonly copies: number
  /** What print() gave or threw, and when. */
  readonly outcome: unknown
  readonly settledAtMs: number
  /** In the end, after the trouble was mended and all that was held came out. */
  readonly report: Report
  /** What the printer can answer: process IDs; or its model or single bytes; or nothing. */
  readonly answers: 'ids' | 'others' | 'none'
  /** No byte was lost on the way, so that no scrap of a command may be on the paper. */
  readonly isUnbroken: boolean
  /** It was asked for with `marked: true`. */
  readonly isMarked: boolean
  /** The printer has said all that it knew by then: `reach` may not be far behind the paper. */
  readonly isTold: boolean
}

export interface Verdict {
  readonly said: string
  readonly paper: string
  /** Claims that the paper does not bear out. */
  readonly lies: readonly string[]
}

const GBK = new TextDecoder('gbk')
/** Two processes of one machine, one clock: whole milliseconds. */
const CLOCK_MS = 2
const REPRINT = '补打'

/** What is on paper: the places of the units in the job, all copies counted on, and what does not belong to it. */
interface Slip {
  /** Of each unit that came out, in order; undefined: in another order than sent, or twice. */
  readonly places: readonly number[] | undefined
  readonly scraps: number
}

export function judge(facts: Facts): Verdict {
  const { outcome, report, job, copies } = facts
  const { plain, headed } = readPaper(report.paper, job, copies)
  const lies: string[] = []
  if (plain.places === undefined || headed?.places === undefined) {
    lies.push('a line came twice, or out of order')
  }
  if (report.pulses.length > job.pulses) lies.push(`${report.pulses.length} drawer pulses`)
  if (facts.isUnbroken && (report.unknown > 0 || plain.scraps + (headed?.scraps ?? 0) > 0)) {
    lies.push('something else is on the paper')
  }
  if (outcome instanceof PrintError) lies.push(...liesOfError(outcome, facts, plain))
  else if (isResult(outcome)) lies.push(...liesOfResult(outcome, facts, { plain, headed }))
  else lies.push('an error of no known kind')
  return { said: wordsOf(outcome), paper: paperInWords(report, job, copies), lies }
}

export function wordsOf(outcome: unknown): string {
  if (isResult(outcome)) return outcome.reprinted ? `${outcome.grade}, reprinted` : outcome.grade
  if (!(outcome instanceof PrintError)) return `unexpected: ${String(outcome)}`
  const isFinal = outcome instanceof Uncertain && outcome.final
  return `${outcome.name}${isFinal ? ' final' : ''} (${outcome.reason})`
}

/** `all of it`, `a part`, `nothing`, `all of it, and 补打`. */
export function paperInWords(report: Report, job: RigJob, copies = 1): string {
  const { plain, headed } = readPaper(report.paper, job, copies)
  const inWords = ({ places }: Slip) => {
    if (places === undefined) return 'twice or out of order'
    if (places.length === 0) return 'nothing'
    return places.length === job.units.length * copies ? 'all of it' : 'a part'
  }
  const isHeaded = headed.places === undefined || headed.places.length > 0
  return isHeaded ? `${inWords(plain)}; ${REPRINT}: ${inWords(headed)}` : inWords(plain)
}

function isResult(outcome: unknown): outcome is PrintResult {
  return outcome instanceof Object && 'grade' in outcome
}

/** What came before the first heading of a reprint, and what came behind it. */
function readPaper(
  paper: readonly PrintedUnit[],
  { units }: RigJob,
  copies: number,
): { readonly plain: Slip; readonly headed: Slip } {
  const texts = paper.map(({ what }) =>
    what.startsWith('T') ? GBK.decode(Buffer.from(what, 'latin1')).trimEnd() : what,
  )
  const first = texts.findIndex((text) => text.includes(REPRINT))
  const split = first < 0 ? texts.length : first
  const known = new Set(units.map(({ what }) => what))
  // The rest of a heading stands between its first line and the receipt's first line.
  const isHeading = (at: number) => {
    let from = at
    while (from > split && !known.has(texts[from] as string) && !texts[from]?.includes(REPRINT)) {
      from--
    }
    return texts[from]?.includes(REPRINT) === true
  }
  const rest = texts.slice(split).filter((_, i) => !isHeading(split + i))
  return {
    plain: slipOf(texts.slice(0, split), units, copies),
    headed: slipOf(rest, units, copies),
  }
}

function slipOf(texts: readonly string[], units: readonly Unit[], copies: number): Slip {
  const placeOf = new Map(units.map(({ what }, place) => [what, place]))
  const places: number[] = []
  let scraps = 0
  let next = 0
  for (const text of texts) {
    const place = placeOf.get(text)
    if (place === undefined) {
      scraps++
      continue
    }
    let at = Math.floor(next / units.length) * units.length + place
    if (at < next) at += units.length
    if (at >= units.length * copies) return { places: undefined, scraps }
    places.push(at)
    next = at + 1
  }
  return { places, scraps }
}

/** Whether the first `count` units are all on paper. */
function holdsFirst({ places }: Slip, count: number): boolean {
  return places !== undefined && places.filter((place) => place < count).length === count
}

function liesOfResult(
  result: PrintResult,
  facts: Facts,
  { plain, headed }: { readonly plain: Slip; readonly headed: Slip },
): string[] {
  const { job, copies, report, answers, settledAtMs, isMarked } = facts
  const { grade, segments, printedThrough } = result
  const all = job.units.length * copies
  const lies: string[] = []
  const isSure = grade === 'printed' || grade === 'processed'
  const slip = isMarked || result.reprinted ? headed : plain
  if (grade === 'printed' && answers !== 'ids') lies.push('printed, without a process ID')
  if (grade === 'processed' && answers === 'none') lies.push('processed, without an answer')
  if (result.copies !== copies) lies.push(`${result.copies} copies, where ${copies} were wanted`)
  if (result.alreadyDone) lies.push('already done')
  const isWhole = holdsFirst(slip, all) && slip.scraps === 0
  if (isSure && !isWhole) lies.push(`${grade}, and not all of it is on paper`)
  if (isSure && printedThrough !== segments) lies.push(`${grade}, with a segment not confirmed`)
  const isLate = report.paper.some(({ atMs }) => atMs > settledAtMs + CLOCK_MS)
  if (grade === 'printed' && isLate) lies.push('printed, and it was not yet on paper')
  const copiesKnown = Math.floor((printedThrough * copies) / segments)
  if (!holdsFirst(slip, copiesKnown * job.units.length)) lies.push('printedThrough is too high')
  if (isMarked && (plain.places?.length ?? 1) > 0) lies.push(`no ${REPRINT} above a marked copy`)
  if (isSure) lies.push(...liesOfDrawer(facts, result))
  return lies
}

/** The drawer opens once, when the first copy is out; never for a copy that a person has asked for again. */
function liesOfDrawer({ job, report, isMarked }: Facts, { reprinted }: PrintResult): string[] {
  const wanted = isMarked ? 0 : job.pulses
  if (report.pulses.length !== wanted) return [`${report.pulses.length} drawer pulses`]
  const [pulse] = report.pulses
  if (pulse === undefined || reprinted) return []
  return pulse.executed < job.units.length ? ['the drawer opened before the first copy'] : []
}

function liesOfError(error: PrintError, facts: Facts, plain: Slip): string[] {
  const { report, settledAtMs, job, copies } = facts
  const lies: string[] = []
  if (error instanceof NotStarted) {
    const count = report.paper.length + report.pulses.length
    if (count > 0 || error.bytesSent > 0) lies.push('not started, and something came out')
    return lies
  }
  const isWhole = holdsFirst(plain, job.units.length * copies)
  if (error instanceof PartiallyPrinted && isWhole)
    lies.push('partially printed: nothing is missing')
  const isFinal = error instanceof PartiallyPrinted || (error instanceof Uncertain && error.final)
  const isLate = report.paper.some(({ atMs }) => atMs > settledAtMs + CLOCK_MS)
  if (isFinal && isLate) lies.push('final, and more came out')
  return [...lies, ...liesOfReach(error, facts, plain)]
}

function liesOfReach({ reach }: PrintError, facts: Facts, plain: Slip): string[] {
  const { job, copies, report } = facts
  const { segments, printed, sent, copy, copySent, lines } = reach
  const { units } = job
  const lies: string[] = []
  // A reprint is another job, of whose reach the plain paper says nothing.
  if (report.paper.length > (plain.places?.length ?? 0) + plain.scraps || facts.isMarked) return []
  const perCopy = segments / copies
  const inOrder = printed <= sent && sent <= segments && copy <= copySent && copySent <= copies
  if (!inOrder || lines.total !== job.lines) lies.push('reach contradicts itself')
  if (copy !== Math.min(Math.floor(printed / perCopy) + 1, copies)) lies.push('reach.copy is wrong')
  if (copySent !== Math.max(Math.ceil(sent / perCopy), copy)) lies.push('reach.copySent is wrong')
  const unitsUpTo = (line: number) => units.filter((unit) => unit.line > 0 && unit.line <= line)
  const before = (copy - 1) * units.length
  const known = Math.max(
    Math.floor(printed / perCopy) * units.length,
    before + unitsUpTo(lines.printed).length,
  )
  if (!holdsFirst(plain, known)) lies.push('reach.printed is too high')
  const isWhole = sent % perCopy === 0
  const bound = isWhole ? (sent / perCopy) * units.length : copySent * units.length - 1
  const inCopy = copy === copySent && job.lines > 0 && !isWhole
  const most = inCopy ? before + unitsUpTo(lines.sent).length : bound
  if ((plain.places?.at(-1) ?? -1) >= most) lies.push('reach.sent is too low')
  if (facts.isTold && job.lines > 0) {
    const out = report.paper.filter(({ atMs }) => atMs <= facts.settledAtMs).length
    const linesOut = (plain.places ?? []).slice(0, out).filter((place, i, all) => {
      const { line } = units[place % units.length] as Unit
      return line > 0 && line !== units[(all[i + 1] ?? -1) % units.length]?.line
    }).length
    const linesKnown = (copy - 1) * job.lines + lines.printed
    const isBehind = linesOut - linesKnown > Math.ceil((2 * job.lines) / perCopy) + 1
    if (isBehind) lies.push('reach.printed says less than the printer has told')
  }
  return [...lies, ...liesOfPath(reach, job)]
}

/** Node 0 is the drawer, so that line 1 is node 1. */
function liesOfPath({ lines, path }: PrintError['reach'], { lines: total }: RigJob): string[] {
  const next = lines.printed < total ? `nodes[${lines.printed + 1}]` : undefined
  if (path === next || (next === undefined && path === 'nodes[1]')) return []
  return ['reach.path is not that of the first line that is not known']
}
