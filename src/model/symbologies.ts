/** Names that symbols are described by, in receipts, strips and profiles. */

/** Error correction of a QR code, from little to much. */
export type QrLevel = 'L' | 'M' | 'Q' | 'H'

export const barcodeSymbologies = [
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
  'databar',
  'databar-truncated',
  'databar-limited',
  'databar-expanded',
] as const
/** Bars of one height. */
export type BarcodeSymbology = (typeof barcodeSymbologies)[number]

export const stackedSymbologies = [
  'databar-stacked',
  'databar-stacked-omni',
  'databar-expanded-stacked',
] as const
/** Bars in rows, whose heights the symbology gives. */
export type StackedSymbology = (typeof stackedSymbologies)[number]
