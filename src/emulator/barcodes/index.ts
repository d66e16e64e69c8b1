/** Reads the data of `GS k` as a printer does. */
import { code93 } from '../../symbols/barcodes/code93.js'
import { ean8, ean13, upca, upce } from '../../symbols/barcodes/ean.js'
import type { Barcode } from '../../symbols/barcodes/elements.js'
import { codabar, code39, itf } from '../../symbols/barcodes/two-width.js'
import { code128 } from './code128-data.js'

type Reader = (bytes: Uint8Array, text: string) => Barcode | undefined

const logged =
  (kind: string): Reader =>
  (_, text) => ({ kind, data: text, elements: undefined })

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
  (bytes) => code128(bytes, 'gs1-128'),
  logged('databar'),
  logged('databar-truncated'),
  logged('databar-limited'),
  logged('databar-expanded'),
  (bytes) => code128(bytes),
]

/** The barcode of type `m`, or undefined where a printer refuses the data. */
export function readBarcode(m: number, bytes: Uint8Array): Barcode | undefined {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return readers[m]?.(bytes, text)
}
