/** Barcodes of GS k on the paper. */
import type { Machine } from './machine.js'

/** Prints the barcode of type `m` (0 UPC-A … 8 CODE128). */
export function putBarcode(
  _machine: Machine,
  _m: number,
  _data: Uint8Array,
  _functionB: boolean,
  _offset: number,
): void {}
