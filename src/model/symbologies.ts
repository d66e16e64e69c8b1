/** Names of the symbologies in receipts, strips and profiles. */

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
/** Symbologies with bars of one height. */
export type BarcodeSymbology = (typeof barcodeSymbologies)[number]

export const stackedSymbologies = [
  'databar-stacked',
  'databar-stacked-omni',
  'databar-expanded-stacked',
] as const
/** Symbologies with bars in rows, whose heights the symbology defines. */
export type StackedSymbology = (typeof stackedSymbologies)[number]
