/** The faults, each run over every way to a printer that can have it, and the question whether print() told the truth. */

import { createHash } from 'node:crypto'
import type { VirtualDeviceOptions } from '../../src/device/device.js'
import {
  NotStarted,
  openPrinter,
  PartiallyPrinted,
  type PrinterOptions,
  Uncertain,
} from '../../src/printer/index.js'
import type { Transport } from '../../src/transports/types.js'
import type { Device } from './device/client.js'
import type { HostAction } from './device/host.js'
import { type NumberedJob, numberedJob, onPaper } from './device/numbered-job.js'

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
  dispose(): Promise<void>
}

export interface Way {
  /** Column of the table. */
  readonly name: string
  bench(device?: VirtualDeviceOptions): Promise<Bench>
}

export interface Row {
  readonly way: string
  readonly fault: string
  readonly paper: string
  readonly said: string
  readonly agrees: boolean
}

const SMALL = 40
/** A guest without KVM is slow. */
const ANSWER_MS = Number(process.env.RIG_ANSWER_MS ?? 500)

/** What print() says of the paper; an error of no known kind says nothing that could agree. */
type Claim = 'all' | 'some' | 'none' | 'unknown' | 'taken' | 'nothing known'

/** Prints, and tells what came of it in a few words. */
async function said(
  transport: Transport,
  job: NumberedJob,
  options: PrinterOptions = {},
  timeoutMs = 4000 + 8 * ANSWER_MS,
): Promise<{ words: string; claims: Claim }> {
  const printer = openPrinter(transport, {
    profile: { answersStatus: true },
    answerTimeoutMs: ANSWER_MS,
    confirmTimeoutMs: 5 * ANSWER_MS,
    reconnectMs: 1500,
    ...options,
  })
  try {
    const { grade } = await printer.print(job.bytes, { timeoutMs })
    return { words: grade, claims: grade === 'printed' || grade === 'processed' ? 'all' : 'taken' }
  } catch (error) {
    tell(error)
    if (error instanceof NotStarted)
      return { words: `NotStarted (${error.reason})`, claims: 'none' }
    if (error instanceof PartiallyPrinted) {
      return { words: `PartiallyPrinted (${error.reason})`, claims: 'some' }
    }
    if (error instanceof Uncertain) {
      return { words: `Uncertain (${error.reason})`, claims: 'unknown' }
    }
    return { words: `unexpected: ${String(error)}`, claims: 'nothing known' }
  } finally {
    await printer.close()
  }
}

/** What the layers below have said. */
function tell(error: unknown): void {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? `${String(cause.code)} ` : ''
    process.stderr.write(`    ${code}${cause.message}\n`)
  }
}

function agrees(claims: Claim, paper: string): boolean {
  if (/twice|order/.test(paper)) return false
  switch (claims) {
    case 'all':
      return paper === 'all of it'
    case 'none':
      return paper === 'nothing'
    case 'some':
      return paper !== 'all of it'
    case 'unknown':
    case 'taken':
      return true
    case 'nothing known':
      return false
  }
}

interface Fault {
  readonly name: string
  readonly device?: VirtualDeviceOptions
  /** State that it starts in. */
  readonly before?: HostAction
  /** What happens half way. */
  readonly half?: HostAction | 'pull' | 'powerCut'
  /** What a person does about it, so long after the print began. */
  readonly mend?: { readonly afterMs: number; readonly action: HostAction }
  readonly options?: PrinterOptions
  readonly lines?: number
  readonly plug?: boolean
}

const paperIn: HostAction = { kind: 'set', state: { paper: 'ok' } }
const coverShut: HostAction = { kind: 'set', state: { cover: 'closed' } }

const FAULTS: readonly Fault[] = [
  { name: 'none' },
  { name: 'none, 100 KB', lines: 3000 },
  { name: 'cover open before', before: { kind: 'set', state: { cover: 'open' } } },
  { name: 'no paper before', before: { kind: 'set', state: { paper: 'end' } } },
  { name: 'paper out half way, left so', half: { kind: 'set', state: { paper: 'end' } } },
  {
    name: 'paper out half way, new roll, policy wait',
    half: { kind: 'set', state: { paper: 'end' } },
    mend: { afterMs: 1500, action: paperIn },
    options: { ifStopped: 'wait' },
  },
  {
    name: 'paper out half way, policy cancel',
    half: { kind: 'set', state: { paper: 'end' } },
    mend: { afterMs: 5000, action: paperIn },
    options: { ifStopped: 'cancel' },
  },
  {
    name: 'cover opened half way, shut again, policy wait',
    half: { kind: 'set', state: { cover: 'open' } },
    mend: { afterMs: 1500, action: coverShut },
    options: { ifStopped: 'wait' },
  },
  { name: 'cover opened half way', half: { kind: 'set', state: { cover: 'open' } } },
  { name: 'cutter error half way', half: { kind: 'set', state: { error: 'cutter' } } },
  { name: 'one-way clone', device: { oneWay: true } },
  {
    name: 'one-way clone, refused',
    device: { oneWay: true },
    options: { ifSilent: 'refuse' },
  },
  { name: 'no process IDs', device: { processIds: false } },
  { name: 'status bytes unasked', half: { kind: 'say', bytes: [0x14, 0, 0, 0x0f] } },
  { name: 'takes nothing before', before: { kind: 'hold' } },
  { name: 'takes nothing from half way', half: { kind: 'hold' }, lines: 3000 },
  { name: 'takes nothing for 1.2 s', half: { kind: 'hold', ms: 1200 } },
  { name: 'power cut half way', half: 'powerCut' },
  { name: 'cable pulled half way', half: 'pull' },
  { name: 'cable pulled and put back', half: 'pull', plug: true },
]

/** What only TCP has. */
const TCP_FAULTS: readonly Fault[] = [
  { name: 'printer ends the connection half way', half: { kind: 'end' } },
  { name: 'connection reset half way', half: { kind: 'reset' } },
]

export function faultsFor(way: string): readonly Fault[] {
  return way.startsWith('tcp') ? [...FAULTS, ...TCP_FAULTS] : FAULTS
}

const POWER_CUT: HostAction = { kind: 'powerCut' }

function actionOf(half: Fault['half'], bench: Bench): HostAction | undefined {
  if (half === 'pull') return bench.pull
  return half === 'powerCut' ? (bench.powerCut ?? POWER_CUT) : half
}

/** Whether what the device has executed holds the job, by the SHA-256 of as many bytes from where it begins. */
function sameDigest(executed: Uint8Array, job: Uint8Array): boolean {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const at = Buffer.from(executed).indexOf(Buffer.from(job.subarray(0, 64)))
  return at >= 0 && digest(executed.subarray(at, at + job.length)) === digest(job)
}

/** Runs one fault. A way that cannot have it gives no row. */
export async function runFault(way: Way, fault: Fault): Promise<Row | undefined> {
  const job = numberedJob('job', fault.lines ?? SMALL)
  const bench = await way.bench({ processIds: true, ...fault.device })
  try {
    const half = actionOf(fault.half, bench)
    if (fault.half !== undefined && half === undefined) return undefined
    if (fault.before !== undefined) await bench.device.do(fault.before)
    if (half !== undefined) await bench.device.at(Math.floor(job.bytes.length / 2), half)
    const { mend } = fault
    const mending = mend && wait(mend.afterMs).then(() => bench.device.do(mend.action))
    const plugging = fault.plug && wait(800).then(() => bench.plug?.())
    const { words, claims } = await said(bench.transport, job, fault.options)
    await mending
    await plugging
    // What the printer still holds comes out when the trouble is over.
    await bench.device.do({ kind: 'release' })
    await bench.device.do({ kind: 'set', state: { paper: 'ok', cover: 'closed', error: 'none' } })
    await wait(300)
    const { executed } = await bench.device.report()
    // Nothing stands between the bytes of a job that nothing happens to.
    const isSame = !fault.name.startsWith('none') || sameDigest(executed, job.bytes)
    const paper = isSame ? onPaper(executed, job) : 'other bytes than were sent'
    return { way: way.name, fault: fault.name, paper, said: words, agrees: agrees(claims, paper) }
  } finally {
    await bench.dispose()
  }
}

/** Cuts the power after each of `count` byte positions spread over the job, the picture and the questions included. */
export async function runPowerCuts(way: Way, count: number, atOnce: number): Promise<Row> {
  const results: { paper: string; words: string; agrees: boolean }[] = []
  const job = numberedJob('job', SMALL)
  const positions = Array.from({ length: count }, (_, i) =>
    Math.max(1, Math.floor(((i + 0.5) * (job.bytes.length + 40)) / count)),
  )
  const worker = async () => {
    for (let at = positions.pop(); at !== undefined; at = positions.pop()) {
      const bench = await way.bench({ processIds: true })
      try {
        await bench.device.at(at, bench.powerCut ?? POWER_CUT)
        const { words, claims } = await said(bench.transport, job)
        const paper = onPaper((await bench.device.report()).executed, job)
        results.push({ paper, words, agrees: agrees(claims, paper) })
      } finally {
        await bench.dispose()
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const part = (paper: string) => (/of 40/.test(paper) ? 'a part' : paper)
  return {
    way: way.name,
    fault: `power cut at ${count} positions`,
    paper: countOf(results.map(({ paper }) => part(paper))),
    said: countOf(results.map(({ words }) => words)),
    agrees: results.every((one) => one.agrees),
  }
}

/** A printer that another program holds. */
export async function runSecondClient(
  way: Way,
  occupy: (bench: Bench) => Promise<() => Promise<void>>,
): Promise<Row> {
  const job = numberedJob('job', SMALL)
  const bench = await way.bench({ processIds: true })
  try {
    const leave = await occupy(bench)
    const { words, claims } = await said(bench.transport, job, { ifSilent: 'refuse' })
    await leave()
    await wait(500)
    const paper = onPaper((await bench.device.report()).executed, job)
    return {
      way: way.name,
      fault: 'another client holds it',
      paper,
      said: words,
      agrees: agrees(claims, paper),
    }
  } finally {
    await bench.dispose()
  }
}

function countOf(all: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].map(([what, count]) => `${what} × ${count}`).join(', ')
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
