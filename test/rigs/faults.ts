/** The faults, and the words that may be said of each. Positions and numbers of copies are drawn; the judge holds every word against the paper. */

import type { PrinterOptions, PrintOptions } from '../../src/printer/index.js'
import type { CountingPrinterOptions } from './device/counting-printer.js'
import type { HostAction } from './device/host.js'

export interface Fault {
  readonly name: string
  readonly device?: CountingPrinterOptions
  /** State that it starts in. */
  readonly before?: HostAction
  /** What happens at a random byte of the job. */
  readonly half?: HostAction | 'pull' | 'powerCut'
  /** Earliest and latest place of that byte, as shares of the job. Default 0.1 to 0.9. */
  readonly between?: readonly [number, number]
  /** What a person does about it, so long after the print began. */
  readonly mend?: { readonly afterMs: number; readonly action: HostAction | 'plug' }
  readonly options?: PrinterOptions
  readonly print?: PrintOptions
  /** Of text. Default 40. */
  readonly lines?: number
  /** Default: 1 to 3, drawn. */
  readonly copies?: number
  readonly as?: 'bytes'
  /** How often, with other positions. Default 3. */
  readonly runs?: number
  /** Words that may be said; else a claim that is safe and says less than can be known would pass. */
  readonly expects: RegExp
  /** The same on a terminal line, which hides a restart. */
  readonly onLine?: RegExp
  /** The same on USB, which takes no bytes while the printer is full. */
  readonly onUsb?: RegExp
  /** No byte is lost, so that no scrap may be on the paper. Default: without `half`. */
  readonly isUnbroken?: boolean
  /** The printer has told all that it has printed when the job fails. */
  readonly isTold?: boolean
  /** Whether the next job must come out whole. Default true. */
  readonly hasNext?: boolean
}

const paperIn: HostAction = { kind: 'set', state: { paper: 'ok' } }
const paperEnds: HostAction = { kind: 'set', state: { paper: 'end' } }
const coverShut: HostAction = { kind: 'set', state: { cover: 'closed' } }
const coverOpens: HostAction = { kind: 'set', state: { cover: 'open' } }
/** One that tells its model, and one that answers with single bytes only. */
const BLOCKS = { device: { ids: false } } as const
const BYTES = {
  device: { ids: false, model: null },
  options: { profile: { answersStatus: null } },
} as const

const clean: readonly Fault[] = [
  { name: 'none', expects: /^printed$/ },
  { name: 'none, 3000 lines', lines: 3000, copies: 1, runs: 1, expects: /^printed$/ },
  { name: 'none, 100 KB of bytes', lines: 2500, as: 'bytes', runs: 1, expects: /^printed$/ },
  { name: 'none, marked', print: { marked: true }, expects: /^printed$/ },
  { name: 'none, no process IDs', ...BLOCKS, expects: /^processed$/ },
  { name: 'none, single bytes only', ...BYTES, expects: /^processed$/, onLine: /^accepted$/ },
  { name: 'one-way clone', device: { isMute: true }, expects: /^accepted$/ },
  {
    name: 'one-way clone, refused',
    device: { isMute: true },
    options: { ifSilent: 'refuse' },
    expects: /^NotStarted \(silent\)$/,
  },
]

const before: readonly Fault[] = [
  { name: 'cover open before', before: coverOpens, expects: /^NotStarted \(cover-open\)$/ },
  { name: 'no paper before', before: paperEnds, expects: /^NotStarted \(paper-out\)$/ },
  {
    name: 'takes nothing before',
    before: { kind: 'hold' },
    runs: 1,
    expects: /^(accepted|Uncertain)/,
  },
]

const stopped: readonly Fault[] = [
  {
    name: 'paper out, left so',
    half: paperEnds,
    isUnbroken: true,
    isTold: true,
    expects: /^Uncertain \(paper-out\)$/,
    onUsb: /^Uncertain \((paper-out|write-timeout)\)$/,
  },
  {
    name: 'paper out, no process IDs',
    ...BLOCKS,
    half: paperEnds,
    isUnbroken: true,
    expects: /^Uncertain \(paper-out\)$/,
  },
  {
    name: 'paper out, new roll, policy wait',
    half: paperEnds,
    isUnbroken: true,
    mend: { afterMs: 1500, action: paperIn },
    options: { ifStopped: 'wait' },
    expects: /^printed$/,
  },
  {
    name: 'paper out, policy cancel',
    half: paperEnds,
    isTold: true,
    mend: { afterMs: 5000, action: paperIn },
    options: { ifStopped: 'cancel' },
    expects: /^(PartiallyPrinted|Uncertain final) \(paper-out\)$/,
  },
  {
    name: 'paper out, policy cancel, no process IDs',
    ...BLOCKS,
    half: paperEnds,
    mend: { afterMs: 5000, action: paperIn },
    options: { ifStopped: 'cancel' },
    expects: /^(PartiallyPrinted|Uncertain final) \(paper-out\)$/,
  },
  {
    name: 'paper out, policy cancel, and it cannot be cleared',
    device: { isClearable: false },
    half: paperEnds,
    isUnbroken: true,
    options: { ifStopped: 'cancel' },
    expects: /^Uncertain \(paper-out\)$/,
  },
  {
    name: 'paper out, bytes of unknown content',
    as: 'bytes',
    half: paperEnds,
    isUnbroken: true,
    expects: /^Uncertain \(paper-out\)$/,
  },
  {
    name: 'paper out, cancelled, new roll, marked reprint',
    half: paperEnds,
    mend: { afterMs: 2500, action: paperIn },
    options: { ifStopped: 'cancel' },
    print: { onUncertain: 'reprint-marked' },
    expects: /^printed, reprinted$/,
  },
  {
    name: 'cover opened, shut again, policy wait',
    half: coverOpens,
    isUnbroken: true,
    mend: { afterMs: 1500, action: coverShut },
    options: { ifStopped: 'wait' },
    expects: /^printed$/,
  },
  {
    name: 'cover opened',
    half: coverOpens,
    isUnbroken: true,
    isTold: true,
    expects: /^Uncertain \(cover-open\)$/,
    onUsb: /^Uncertain \((cover-open|write-timeout)\)$/,
  },
  {
    name: 'cutter error',
    half: { kind: 'set', state: { error: 'cutter' } },
    isUnbroken: true,
    isTold: true,
    expects: /^Uncertain \(cutter-error\)$/,
    onUsb: /^Uncertain \((cutter-error|write-timeout)\)$/,
  },
]

const said: readonly Fault[] = [
  {
    name: 'status bytes unasked',
    half: { kind: 'say', bytes: [0x14, 0, 0, 0x0f] },
    isUnbroken: true,
    expects: /^printed$/,
  },
  {
    name: 'a stray byte that answers nothing, single bytes only',
    ...BYTES,
    half: { kind: 'say', bytes: [0xff] },
    isUnbroken: true,
    expects: /^accepted$/,
  },
  {
    // It may stand in for an answer, and the last answer then comes too late to be told from it: five are asked for.
    name: 'a stray byte that may be an answer, single bytes only',
    ...BYTES,
    half: { kind: 'say', bytes: [0] },
    isUnbroken: true,
    expects: /^(accepted|processed)$/,
    onLine: /^accepted$/,
  },
  {
    name: 'takes nothing from there on',
    half: { kind: 'hold' },
    lines: 3000,
    copies: 1,
    runs: 1,
    expects: /^Uncertain \((not-confirmed|write-timeout)\)$/,
  },
  {
    name: 'takes nothing for 1.2 s',
    half: { kind: 'hold', ms: 1200 },
    isUnbroken: true,
    expects: /^printed$/,
  },
]

const LOST =
  /^(Uncertain|Uncertain final|PartiallyPrinted) \((connection-lost|not-confirmed|restarted)\)$/
const OR_GONE_ON =
  /^(printed|accepted|(Uncertain|Uncertain final|PartiallyPrinted|NotStarted) \((connection-lost|not-confirmed|restarted|no-connection)\))$/

const lost: readonly Fault[] = [
  { name: 'power cut', half: 'powerCut', expects: OR_GONE_ON },
  { name: 'power cut, no process IDs', ...BLOCKS, half: 'powerCut', expects: OR_GONE_ON },
  { name: 'power cut, single bytes only', ...BYTES, half: 'powerCut', expects: OR_GONE_ON },
  {
    name: 'power cut, marked reprint',
    half: 'powerCut',
    copies: 1,
    print: { onUncertain: 'reprint-marked' },
    expects: /^printed(, reprinted)?$/,
  },
  { name: 'cable pulled', half: 'pull', expects: LOST, hasNext: false },
  {
    name: 'cable pulled and put back',
    half: 'pull',
    mend: { afterMs: 600, action: 'plug' },
    expects: OR_GONE_ON,
  },
]

const UNSEEN = {
  half: { kind: 'blink' },
  between: [0.1, 0.7],
  copies: 2,
  lines: 300,
} as const
const RESTARTED = /^(Uncertain|Uncertain final|PartiallyPrinted) \((restarted|not-confirmed)\)$/

/** The link stays as it is: behind TCP it is a network box, of which the caller has said so. */
const blinks: readonly Fault[] = [
  {
    name: 'power blinks, the link stays',
    ...UNSEEN,
    options: { hidesRestart: true },
    expects: RESTARTED,
  },
  {
    name: 'power blinks, the link stays, no process IDs',
    ...UNSEEN,
    ...BLOCKS,
    options: { hidesRestart: true },
    expects: RESTARTED,
  },
  {
    name: 'power blinks, the link stays, single bytes only',
    ...UNSEEN,
    ...BYTES,
    options: { ...BYTES.options, hidesRestart: true },
    expects: /^(accepted|(Uncertain|Uncertain final) \((restarted|not-confirmed)\))$/,
  },
]

const tcpOnly: readonly Fault[] = [
  { name: 'printer ends the connection', half: { kind: 'end' }, expects: OR_GONE_ON },
  { name: 'connection reset', half: { kind: 'reset' }, expects: OR_GONE_ON },
  {
    name: 'connection reset, no process IDs',
    ...BLOCKS,
    half: { kind: 'reset' },
    // Answers that the lost connection was owed may come to the next one; not at every byte.
    runs: 12,
    expects: OR_GONE_ON,
  },
]

export function faultsFor(way: string): readonly Fault[] {
  const all = [...clean, ...before, ...stopped, ...said, ...lost, ...blinks]
  return way.startsWith('tcp') ? [...all, ...tcpOnly] : all
}

/** A power cut at each of many bytes, for each kind of proof. */
export function powerCuts(runs: number): readonly Fault[] {
  const base = { half: 'powerCut', between: [0, 1], runs, expects: OR_GONE_ON } as const
  return [
    { name: 'power cut anywhere', ...base },
    { name: 'power cut anywhere, no process IDs', ...base, ...BLOCKS },
    { name: 'power cut anywhere, single bytes only', ...base, ...BYTES },
  ]
}
