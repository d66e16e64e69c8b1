/** Barcodes that Epson's printers of the last twenty years draw themselves. */
import type { NativeBarcode } from '../../model/profile.js'

/** GS1 DataBar and the matrix codes differ between models, so they print as dots until a profile says more. */
export const epsonBarcodes: readonly NativeBarcode[] = [
  'upca',
  'upce',
  'ean13',
  'ean8',
  'code39',
  'code93',
  'code128',
  'itf',
  'codabar',
  'gs1-128',
]
