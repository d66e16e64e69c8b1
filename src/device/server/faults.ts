/**
 * The fault script: which fault happens to a virtual printer, and at which place. For example `paper-out@120mm,
 * paper-in@+2s`.
 */

import { XiaopiaoError } from '../../model/errors.js'
import type { DeviceState } from '../device-state.js'
import type { CloudFault } from '../fronts/front.js'

/** The changes that faults make to the printer's state. */
const stateFaults = {
  'paper-out': { paper: 'end' },
  'paper-in': { paper: 'ok' },
  'near-end': { paper: 'near-end' },
  'cover-open': { cover: 'open' },
  'cover-closed': { cover: 'closed' },
  'cutter-error': { error: 'cutter' },
  'mechanical-error': { error: 'recoverable' },
  'temperature-error': { error: 'auto-recoverable' },
  'fatal-error': { error: 'unrecoverable' },
  'error-over': { error: 'none' },
  'drawer-open': { drawerPin: 'high' },
  'drawer-closed': { drawerPin: 'low' },
} as const satisfies Record<string, Partial<DeviceState>>

/** Habits of a printer that polls, each for the next job; on other links they have no effect. */
const cloudFaults = [
  'download-timeout',
  'get-again',
  'lose-delete',
  'late-delete',
] as const satisfies readonly CloudFault[]

/** The faults of the printer's power, paper and link. */
const linkFaults = [
  'power-cut',
  'power-off',
  'power-on',
  'restart',
  'tear',
  'reset',
  'hang-up',
  'stop-reading',
  'read-on',
  ...cloudFaults,
] as const

export type LinkFault = (typeof linkFaults)[number]

export type FaultAction =
  | { readonly kind: 'state'; readonly change: Partial<DeviceState> }
  | { readonly kind: 'link'; readonly fault: LinkFault }
  | { readonly kind: 'say'; readonly bytes: Uint8Array }

export type FaultUnit = 'bytes' | 'mm' | 'cuts' | 'ms'

/** The place at which a fault happens. A fault without a place happens now. */
export interface FaultPlace {
  readonly unit: FaultUnit
  readonly amount: number
  /** Whether the place is counted from the moment at which the previous fault of the script happens. */
  readonly afterPrevious: boolean
}

export interface Fault {
  /** The fault as it is written in the script. */
  readonly text: string
  readonly action: FaultAction
  readonly place: FaultPlace | undefined
}

const units: Readonly<Record<string, readonly [unit: FaultUnit, factor: number]>> = {
  b: ['bytes', 1],
  kb: ['bytes', 1024],
  mm: ['mm', 1],
  ms: ['ms', 1],
  s: ['ms', 1000],
}

export const faultNames: readonly string[] = [...Object.keys(stateFaults), ...linkFaults, 'say=HEX']
const PLACE_FORMS =
  'now, 4096b, 16kb, 120mm, cut2, 500ms, 2s; with + before it, counted from the fault before'

/**
 * Reads a script: faults after each other, with blanks, commas or line ends between them; from # on a line is a
 * comment.
 * @throws XiaopiaoError `FAULT_INVALID` that says which word is wrong and which words are allowed instead
 */
export function parseFaults(script: string): readonly Fault[] {
  const words = script
    .split(/\r?\n/)
    .flatMap((line) => line.replace(/#.*/, '').split(/[\s,]+/))
    .filter((word) => word !== '')
  return words.map((word, index) => {
    const fault = parseFault(word)
    if (index === 0 && fault.place?.afterPrevious) {
      throw invalid(`${word}: there is no fault before it`, 'leave out the +')
    }
    return fault
  })
}

function parseFault(text: string): Fault {
  const at = text.indexOf('@')
  if (at < 0) throw invalid(`${text} does not say where`, `add @ and a place: ${PLACE_FORMS}`)
  return {
    text,
    action: parseAction(text.slice(0, at)),
    place: parsePlace(text.slice(at + 1)),
  }
}

function parseAction(name: string): FaultAction {
  if (Object.hasOwn(stateFaults, name)) {
    return { kind: 'state', change: stateFaults[name as keyof typeof stateFaults] }
  }
  const fault = linkFaults.find((known) => known === name)
  if (fault !== undefined) return { kind: 'link', fault }
  if (name.startsWith('say=')) return { kind: 'say', bytes: parseHex(name.slice(4)) }
  throw invalid(`${name} is no fault`, `known are: ${faultNames.join(', ')}`)
}

function parseHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})+$/i.test(hex)) {
    throw invalid(`say=${hex}: not hexadecimal`, 'write two digits for each byte: say=1400000F')
  }
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

function parsePlace(text: string): FaultPlace | undefined {
  if (text === 'now') return undefined
  const afterPrevious = text.startsWith('+')
  const place = afterPrevious ? text.slice(1) : text
  const [, cut] = /^cut([1-9]\d{0,8})$/.exec(place) ?? []
  if (cut !== undefined) return { unit: 'cuts', amount: Number(cut), afterPrevious }
  const [, amount = '', name = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([a-z]+)$/.exec(place) ?? []
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (unit === undefined) throw invalid(`${text} is no place`, `write one of: ${PLACE_FORMS}`)
  const value = Number(amount) * unit[1]
  if (unit[0] === 'bytes' && !Number.isInteger(value)) {
    throw invalid(`${text} is no number of bytes`, 'write a whole number')
  }
  return { unit: unit[0], amount: value, afterPrevious }
}

function invalid(message: string, hint: string): XiaopiaoError {
  return new XiaopiaoError(message, { code: 'FAULT_INVALID', hint })
}
