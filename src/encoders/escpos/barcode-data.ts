/** The bytes that the data of `GS k` function A may be: a printer reads them one by one and stops at the first other one. */

import type { Earlier, Shape } from './fields.js'

const DIGITS = /[0-9]/
const STAR = 0x2a

/** By `m`: most bytes, and which (Epson APG 10.01, GS k; of 7 and 8 the clones say that a NUL ends them, and no more). */
const shapes: readonly Shape[] = [
  shapeOf(12, DIGITS),
  shapeOf(12, DIGITS),
  shapeOf(13, DIGITS),
  shapeOf(8, DIGITS),
  code39Shape(),
  shapeOf(255, DIGITS),
  shapeOf(255, /[0-9A-Da-d$+\-./:]/),
  shapeOf(255, /[ -\u{ff}]/u),
  shapeOf(255, /[ -\u{ff}]/u),
]

export const barcodeShape = (earlier: Earlier): Shape => shapes[earlier('m')] as Shape

/** Whether the data of function A end as their symbology does: at their most bytes, or at the stop of CODE39. */
export function endsAsSymbology(m: number, bytes: Uint8Array): boolean {
  const shape = shapes[m]
  return bytes.length === shape?.most || shape?.isWhole?.(bytes) === true
}

/**
 * A refused byte is used up, because the printer reads it as data before it stops; but no control byte is, because the command
 * that begins there is not to be lost.
 */
function shapeOf(most: number, characters: RegExp): Shape {
  const table = Array.from({ length: 256 }, (_, byte) => characters.test(String.fromCharCode(byte)))
  return { most, takes: (byte) => table[byte] === true, endsWith: (byte) => byte >= 0x20 }
}

/** A star begins the code, and one behind other characters stops it (TM-L60II guide p. 1265). */
function code39Shape(): Shape {
  const { most, takes } = shapeOf(255, /[0-9A-Z $%+\-./*]/)
  return {
    most,
    takes: (byte, before) => takes(byte, before) && !endsInStop(before),
    isWhole: endsInStop,
    endsWith: (byte, before) => byte >= 0x20 && !endsInStop(before),
  }
}

function endsInStop(bytes: Uint8Array): boolean {
  return bytes.length > 1 && bytes.at(-1) === STAR
}
