/** Reads the data of `GS k` as a printer does. */
import { XiaopiaoError } from '../../model/errors.js'
import { barcodeElements } from '../../symbols/barcode.js'
import { code93 } from '../../symbols/barcodes/code93.js'
import { ean8, ean13, upca, upce } from '../../symbols/barcodes/ean.js'
import type { Barcode } from '../../symbols/barcodes/elements.js'
import { codabar, code39, itf } from '../../symbols/barcodes/two-width.js'
import { checkBarcode } from '../../symbols/check-barcode.js'
import { code128 } from './code128-data.js'

type Reader = (bytes: Uint8Array, text: string) => Barcode | undefined

/** GS1 DataBar: 13 digits of a GTIN, or element strings in brackets; the printer adds what is missing. */
const databar =
  (symbology: 'databar' | 'databar-truncated' | 'databar-limited' | 'databar-expanded'): Reader =>
  (_, text) => {
    try {
      const data = checkBarcode(symbology, text.replaceAll('{1', ''))
      return { kind: symbology, data, elements: barcodeElements(symbology, data) }
    } catch (error) {
      if (error instanceof XiaopiaoError) return undefined
      throw error
    }
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
  (bytes) => code128(bytes, 'gs1-128'),
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
