/** Reads the data of `GS k` as a printer does. */

import { isDataNotLoaded } from '../../../model/data-not-loaded.js'
import { XiaopiaoError } from '../../../model/errors.js'
import { barcodeElements } from '../../../symbols/barcode.js'
import { code93 } from '../../../symbols/barcodes/code93.js'
import { ean8, ean13, upca, upce } from '../../../symbols/barcodes/ean.js'
import type { Barcode } from '../../../symbols/barcodes/elements.js'
import { codabar, code39, itf } from '../../../symbols/barcodes/two-width.js'
import { checkBarcode } from '../../../symbols/check-barcode.js'
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

/** Readers by type: `m` of function A, `m - 65` of function B. */
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

/** Reads the barcode of type `m`; undefined if a printer refuses the data. */
export function readBarcode(m: number, bytes: Uint8Array): Barcode | undefined {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return readers[m]?.(bytes, text)
}

/** The number of bytes and the characters that each type takes. UPC-E takes fewer as well, which not all printers know. */
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
  { least: 2, most: 255, characters: /[0-9]/ },
  { least: 1, most: 255, characters: /[0-9A-Da-d$+\-./:]/ },
]

const ITF = 5
const CODE39 = 4

export interface DataCheck {
  /** The reason why the barcode cannot be printed. */
  readonly wrong: string | undefined
  /** Whether the paper is fed as if the barcode were printed. */
  readonly feeds: boolean
}

const fine: DataCheck = { wrong: undefined, feeds: false }

/** The result for data with a byte that the symbology does not have (TM-T88III specification p. 139). */
export const alienByte: DataCheck = {
  wrong: 'holds a character that it does not have; what follows prints as text',
  feeds: true,
}

/** Checks the data of function A: too few bytes are ignored (TM-L60II p. 1264, TM-T85P, GS k). */
export function checkTerminated(m: number, bytes: Uint8Array): DataCheck {
  const least = shapes[m]?.least ?? 0
  return bytes.length < least ? { ...fine, wrong: `${bytes.length} bytes are too few` } : fine
}

/**
 * Checks the data of function B. A wrong number of bytes cancels the command, and so does an odd number for ITF. Bytes from
 * `end` on print as text (TM-L60II p. 1264).
 */
export function checkCounted(m: number, bytes: Uint8Array): DataCheck & { readonly end: number } {
  const { length } = bytes
  const shape = shapes[m]
  if (shape === undefined) return { ...fine, end: length }
  if (length < shape.least || length > shape.most || (m === ITF && length % 2 === 1)) {
    const wrong = `${length} bytes are not a number that it takes; they print as text`
    return { ...fine, wrong, end: 0 }
  }
  const stop = m === CODE39 ? bytes.indexOf(STAR, 1) + 1 : 0
  const end = stop === 0 ? length : stop
  const alien = bytes
    .subarray(0, end)
    .findIndex((byte) => !shape.characters.test(String.fromCharCode(byte)))
  return alien >= 0 ? { ...alienByte, end: alien + 1 } : { ...fine, end }
}

const STAR = 0x2a
