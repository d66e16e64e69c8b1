/** Reads the data of `GS k` as a printer does. */

import { isDataNotLoaded } from '../../model/data-not-loaded.js'
import { XiaopiaoError } from '../../model/errors.js'
import { barcodeElements } from '../../symbols/barcode.js'
import { code93 } from '../../symbols/barcodes/code93.js'
import { ean8, ean13, upca, upce } from '../../symbols/barcodes/ean.js'
import type { Barcode } from '../../symbols/barcodes/elements.js'
import { codabar, code39, itf } from '../../symbols/barcodes/two-width.js'
import { checkBarcode } from '../../symbols/check-barcode.js'
import { gs1TextOf } from '../gs1-data.js'
import { code128 } from './code128-data.js'

type Reader = (bytes: Uint8Array, text: string) => Barcode | undefined

/** GS1 DataBar: 13 digits of a GTIN, or element strings in brackets; the printer adds what is missing. */
const databar =
  (symbology: 'databar' | 'databar-truncated' | 'databar-limited' | 'databar-expanded'): Reader =>
  (_, text) => {
    try {
      const given = symbology === 'databar-expanded' ? (gs1TextOf(text) ?? text) : text
      const data = checkBarcode(symbology, given)
      return { kind: symbology, data, elements: barcodeElements(symbology, data) }
    } catch (error) {
      if (error instanceof XiaopiaoError && !isDataNotLoaded(error)) return undefined
      throw error
    }
  }

/** Element strings: the printer adds the start, FNC1 where it belongs, and check digits (Epson TM-C3400 manual, GS1-128). */
const gs1128 = (text: string): Barcode | undefined => {
  try {
    const data = checkBarcode('gs1-128', gs1TextOf(text) ?? text)
    return { kind: 'gs1-128', data, elements: barcodeElements('gs1-128', data) }
  } catch (error) {
    if (error instanceof XiaopiaoError && !isDataNotLoaded(error)) return undefined
    throw error
  }
}

function startsCodeSet(text: string): boolean {
  return /^\{[ABC]/.test(text)
}

/** By type: `m` of function A, `m - 65` of function B. */
const readers: readonly Reader[] = [
  (_, text) => upca(text),
  (_, text) => upce(text),
  (_, text) => ean13(text),
  (_, text) => ean8(text),
  (_, text) => code39(text),
  (_, text) => itf(text),
  (_, text) => codabar(text),
  (_, text) => code93(text),
  (bytes) => code128(bytes),
  (bytes, text) => (startsCodeSet(text) ? code128(bytes, 'gs1-128') : gs1128(text)),
  databar('databar'),
  databar('databar-truncated'),
  databar('databar-limited'),
  databar('databar-expanded'),
  (bytes) => code128(bytes),
]

/** The barcode of type `m`, or undefined where a printer refuses the data. */
export function readBarcode(m: number, bytes: Uint8Array): Barcode | undefined {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return readers[m]?.(bytes, text)
}

/** How many bytes a type takes, and which; UPC-E takes fewer as well, which not all printers know. */
const shapes: readonly {
  readonly least: number
  readonly most: number
  readonly characters: RegExp
}[] = [
  { least: 11, most: 12, characters: /[0-9]/ },
  { least: 6, most: 12, characters: /[0-9]/ },
  { least: 12, most: 13, characters: /[0-9]/ },
  { least: 7, most: 8, characters: /[0-9]/ },
  { least: 1, most: 255, characters: /[0-9A-Z $%+\-./*]/ },
  // Of an odd number the last digit is ignored.
  { least: 2, most: 255, characters: /[0-9]/ },
  { least: 1, most: 255, characters: /[0-9A-Da-d$+\-./:]/ },
]

export interface SpareBytes {
  /** The first byte that is not the barcode's. */
  readonly from: number
  /** Why there is no barcode. */
  readonly wrong: string | undefined
  /** The paper is fed as if there were one. */
  readonly feeds: boolean
}

/** Where the data of the barcode end, and whether they are none. */
export function spareBytes(m: number, bytes: Uint8Array, counted: boolean): SpareBytes {
  const whole = { from: bytes.length, wrong: undefined, feeds: false }
  const shape = shapes[m]
  if (shape === undefined) return whole
  const { least, most, characters } = shape
  const { length } = bytes
  if (counted && (length < least || length > most)) {
    const wrong = `${length} bytes are not a number that it takes; they print as text`
    return { from: 0, wrong, feeds: false }
  }
  if (length < least) return { ...whole, wrong: `${length} bytes are too few` }
  const end = Math.min(length, most)
  const alien = bytes
    .subarray(0, end)
    .findIndex((byte) => !characters.test(String.fromCharCode(byte)))
  if (alien >= 0) {
    const wrong = 'holds a character that it does not have; what follows prints as text'
    return { from: alien + 1, wrong, feeds: true }
  }
  return { ...whole, from: end }
}
