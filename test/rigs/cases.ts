/** Runs a fault over a way to a printer, as often as it says, and asks the judge whether print() told the truth. */

import {
  openPrinter,
  PrintError,
  type PrinterOptions,
  type PrintOptions,
} from '../../src/printer/index.js'
import type { Transport } from '../../src/transports/types.js'
import { chance } from './chance.js'
import type { Device } from './device/client.js'
import type { CountingPrinterOptions } from './device/counting-printer.js'
import type { HostAction, Report } from './device/host.js'
import type { Fault } from './faults.js'
import { judge, paperInWords, wordsOf } from './judge.js'
import { type RigJob, rigJob } from './receipt-job.js'

/** A printer to try faults on. */
export interface Bench {
  readonly device: Device
  readonly transport: Transport
  /** Unplugs the cable. */
  readonly pull?: HostAction
  /** Where cutting the power takes more than the device can do itself. */
  readonly powerCut?: HostAction
  /** Puts back what was pulled or cut. */
  plug?(): Promise<void>
  /** Puts right what only the rig can, before the paper is looked at. */
  mend?(): Promise<void>
  dispose(): Promise<void>
}

export interface Way {
  /** Column of the table. */
  readonly name: string
  bench(device?: CountingPrinterOptions): Promise<Bench>
}

export interface Row {
  readonly way: string
  readonly fault: string
  readonly paper: string
  readonly said: string
  readonly agrees: boolean
  readonly lies?: readonly string[]
}

const LINES = 40
/** A guest without KVM is slow. */
const ANSWER_MS = Number(process.env.RIG_ANSWER_MS ?? 1000)
const SEED = process.env.RIG_SEED ?? '1'
const IS_QUICK = process.env.RIG_QUICK === '1'
const POWER_CUT: HostAction = { kind: 'powerCut' }

interface Run {
  readonly paper: string
  readonly said: string
  readonly lies: readonly string[]
}

/** Prints, and gives what came of it, an error as a value. */
async function outcomeOf(
  transport: Transport,
  job: RigJob,
  options: PrinterOptions,
  print: PrintOptions,
): Promise<{ outcome: unknown; settledAtMs: number }> {
  const printer = openPrinter(transport, {
    profile: { answersStatus: true },
    answerTimeoutMs: ANSWER_MS,
    confirmTimeoutMs: 5 * ANSWER_MS,
    reconnectMs: 1500 + 3 * ANSWER_MS,
    ...options,
  })
  // No fault ends by it: it is wide, because a busy machine is none.
  const timeoutMs = 8000 + 30 * ANSWER_MS
  const outcome = await printer
    .print(job.job, { timeoutMs, ...print })
    .catch((error: unknown) => error)
  const settledAtMs = Date.now()
  await printer.close()
  return { outcome, settledAtMs }
}

function actionOf(half: Fault['half'], bench: Bench): HostAction | undefined {
  if (half === 'pull') return bench.pull
  return half === 'powerCut' ? (bench.powerCut ?? POWER_CUT) : half
}

/** Runs a fault as often as it says. A way that cannot have it gives no row. */
export async function runFault(way: Way, fault: Fault, atOnce = 4): Promise<Row | undefined> {
  const runs = IS_QUICK ? Math.ceil((fault.runs ?? 3) / 3) : (fault.runs ?? 3)
  const jobs = new Map<number, RigJob>()
  const numbers = Array.from({ length: runs }, (_, i) => i)
  const all: Run[] = []
  let cannot = false
  const worker = async () => {
    for (let n = numbers.shift(); n !== undefined && !cannot; n = numbers.shift()) {
      const lines = fault.lines ?? LINES
      const job = jobs.get(lines) ?? rigJob('job', lines, fault.as)
      jobs.set(lines, job)
      const run = await runOnce(way, fault, { job, number: n })
      if (run === undefined) cannot = true
      else all.push(run)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, runs) }, worker))
  if (cannot) return undefined
  const lies = [...new Set(all.flatMap((run) => run.lies))]
  return {
    way: way.name,
    fault: fault.name,
    paper: countOf(all.map(({ paper }) => paper)),
    said: countOf(all.map(({ said }) => said)),
    agrees: lies.length === 0,
    lies,
  }
}

async function runOnce(
  way: Way,
  fault: Fault,
  { job, number }: { readonly job: RigJob; readonly number: number },
): Promise<Run | undefined> {
  const draw = chance(`${SEED} ${way.name} ${fault.name} ${number}`)
  const copies = fault.copies ?? 1 + Math.floor(draw() * 3)
  const [from, to] = fault.between ?? [0.1, 0.9]
  const at = 1 + Math.floor((from + (to - from) * draw()) * job.bytes.length * copies)
  const bench = await way.bench(fault.device)
  try {
    const half = actionOf(fault.half, bench)
    if (fault.half !== undefined && half === undefined) return undefined
    if (fault.before !== undefined) await bench.device.do(fault.before)
    if (half !== undefined) await bench.device.at(at, half)
    const mending = fault.mend === undefined ? undefined : mendLater(bench, fault.mend)
    const print = { copies, ...fault.print }
    const told = await outcomeOf(bench.transport, job, fault.options ?? {}, print)
    await mending
    await putRight(bench)
    const report = await idleReport(bench.device)
    const { said, paper, lies } = judge({
      ...told,
      job,
      copies,
      report,
      answers: answersOf(fault.device),
      isUnbroken: fault.isUnbroken ?? fault.half === undefined,
      isMarked: fault.print?.marked === true,
      isTold: fault.isTold === true && !isFull(told.outcome),
    })
    const where = fault.half === undefined ? '' : ` (${copies} copies, byte ${at})`
    const all = lies.map((lie) => `${said}: ${lie}${where}`)
    if (!expectedOf(fault, way).test(said)) all.push(`${said}, which is not expected here${where}`)
    if (fault.hasNext !== false) all.push(...(await liesOfNext(bench, fault, report)))
    tellCause(told.outcome, all)
    return { said, paper, lies: all }
  } finally {
    await bench.dispose()
  }
}

function expectedOf({ expects, onLine, onUsb }: Fault, { name }: Way): RegExp {
  const own = name === 'serial' ? onLine : name.startsWith('usb') ? onUsb : undefined
  return own ?? expects
}

/** It took no more bytes, so that the questions behind them were not asked. */
function isFull(outcome: unknown): boolean {
  return outcome instanceof PrintError && outcome.reason === 'write-timeout'
}

async function mendLater(bench: Bench, { afterMs, action }: NonNullable<Fault['mend']>) {
  await wait(afterMs)
  if (action === 'plug') await bench.plug?.()
  else await bench.device.do(action)
}

/** A person has put everything right, and what the printer still holds comes out. */
async function putRight({ device, mend }: Bench): Promise<void> {
  await mend?.()
  await device.do({ kind: 'release' })
  await device.do({ kind: 'set', state: { paper: 'ok', cover: 'closed', error: 'none' } })
  await wait(300)
}

/** When the printer has nothing left to print and takes nothing more. */
export async function idleReport(device: Device): Promise<Report> {
  let report = await device.report()
  for (let i = 0, still = 0; i < 100 && still < 4; i++) {
    await wait(60)
    const next = await device.report()
    still = next.received === report.received && next.isIdle ? still + 1 : 0
    report = next
  }
  return report
}

/** Half a command that the job has left would swallow the beginning of the next one. */
async function liesOfNext(bench: Bench, fault: Fault, before: Report): Promise<string[]> {
  const job = rigJob('next', 6)
  const { ifSilent: _, ...options } = fault.options ?? {}
  const { outcome } = await outcomeOf(bench.transport, job, options, {})
  const { paper, ...report } = await idleReport(bench.device)
  const said = wordsOf(outcome)
  const own = paper.slice(before.paper.length)
  const isDone = /^(printed|processed|accepted)$/.test(said)
  const isWhole = paperInWords({ ...report, paper: own }, job) === 'all of it'
  return isDone && isWhole ? [] : [`the next job is ${said}, and its paper is not whole`]
}

function answersOf({ ids = true, isMute = false }: CountingPrinterOptions = {}) {
  if (isMute) return 'none'
  return ids ? 'ids' : 'others'
}

/** What the layers below have said, if something is wrong. */
function tellCause(outcome: unknown, lies: readonly string[]): void {
  if (lies.length === 0) return
  for (let cause = outcome; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? `${String(cause.code)} ` : ''
    process.stderr.write(`    ${code}${cause.message}\n`)
  }
}

/** A printer that another program holds. */
export async function runSecondClient(
  way: Way,
  occupy: (bench: Bench) => Promise<() => Promise<void>>,
): Promise<Row> {
  const job = rigJob('job', LINES)
  const bench = await way.bench()
  try {
    const leave = await occupy(bench)
    const { outcome } = await outcomeOf(bench.transport, job, { ifSilent: 'refuse' }, {})
    await leave()
    await wait(500)
    const report = await idleReport(bench.device)
    const said = wordsOf(outcome)
    const paper = paperInWords(report, job)
    const agrees = said.startsWith('NotStarted') && paper === 'nothing'
    return { way: way.name, fault: 'another client holds it', paper, said, agrees }
  } finally {
    await bench.dispose()
  }
}

export function countOf(all: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  const words = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  return words.map(([what, count]) => (count === 1 ? what : `${what} × ${count}`)).join(', ')
}

export function tellRow({ agrees, way, fault, said, paper, lies = [] }: Row): void {
  process.stderr.write(`${agrees ? 'ok ' : 'NOT'} ${way} · ${fault}: ${said}; ${paper}\n`)
  for (const lie of lies) process.stderr.write(`      ${lie}\n`)
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
