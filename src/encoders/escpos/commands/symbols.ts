/** Barcodes (GS k) and two-dimensional symbols (GS ( k, and the clones' own). */

import {
  bytes8,
  bytes16,
  command,
  type Earlier,
  group,
  nulTerminated,
  oneOf,
  rest,
  type Shape,
  u8,
  u16,
  unterminated,
} from '../fields.js'

const DIGITS = /[0-9]/
const STAR = 0x2a

/**
 * The data that `GS k` function A takes, because a printer reads them byte by byte and stops at the first other byte. For each `m`
 * the greatest number of bytes, and the characters (Epson APG 10.01, GS k; for 7 and 8 the clones say only that a NUL ends them).
 */
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

const barcodeShape = (earlier: Earlier): Shape => shapes[earlier('m')] as Shape

/** Whether the data of function A end where their symbology does: at its greatest length, or at the stop character of CODE39. */
export function endsAsSymbology(m: number, bytes: Uint8Array): boolean {
  const shape = shapes[m]
  return bytes.length === shape?.most || shape?.isWhole?.(bytes) === true
}

/**
 * The printer reads a refused byte as data before it stops, so that byte belongs to the command. A control byte does not, because
 * the command that it begins must not be lost.
 */
function shapeOf(most: number, characters: RegExp): Shape {
  const table = Array.from({ length: 256 }, (_, byte) => characters.test(String.fromCharCode(byte)))
  return { most, takes: (byte) => table[byte] === true, endsWith: (byte) => byte >= 0x20 }
}

/** An asterisk begins the code, and an asterisk after other characters ends it (TM-L60II guide p. 1265). */
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

export const symbolCommands = [
  /** Function A. 0 UPC-A, 1 UPC-E, 2 EAN-13, 3 EAN-8, 4 CODE39, 5 ITF, 6 CODABAR; clones add 7 CODE93, 8 CODE128. */
  command('barcodeA', 'GS k', '1D 6B', {
    m: oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8),
    data: nulTerminated(barcodeShape),
  }),
  /** Function A without its NUL: it ends where the symbology does, or with the first byte that the symbology does not have. */
  command('barcodeAOpen', 'GS k', '1D 6B', {
    m: oneOf(0, 1, 2, 3, 4, 5, 6),
    data: unterminated(barcodeShape),
  }),
  /** Function B. 65 to 71 as 0 to 6; 72 CODE93, 73 CODE128, 74 GS1-128, 75 to 78 GS1 DataBar, 79 CODE128 auto. */
  command('barcodeB', 'GS k', '1D 6B', {
    m: oneOf(65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79),
    data: bytes8,
  }),
  /** Left edge of barcodes from the start of the line, in dots, on clones (Japan Subcontract APM-N90, Rongta). */
  command('barcodeLeft', 'GS x', '1D 78', { n: u8 }),
  /** Height of barcodes in dots. */
  command('barcodeHeight', 'GS h', '1D 68', { n: u8 }),
  /** Module width: 2 to 6 dots; 68 to 76 on newer models. */
  command('barcodeWidth', 'GS w', '1D 77', { n: u8 }),
  /** 0/48 none, 1/49 above, 2/50 below, 3/51 both. */
  command('hriPosition', 'GS H', '1D 48', { n: u8 }),
  /** Font of the HRI text; n as in `font`. */
  command('hriFont', 'GS f', '1D 66', { n: u8 }),

  /** PDF417, cn = 48. fn 65: columns, 0 is automatic. */
  group('pdf417Columns', 'GS ( k fn 065', '1D 28 6B', '30 41', { n: u8 }),
  /** fn 66: rows, 0 is automatic. */
  group('pdf417Rows', 'GS ( k fn 066', '1D 28 6B', '30 42', { n: u8 }),
  /** fn 67: module width in dots. */
  group('pdf417ModuleWidth', 'GS ( k fn 067', '1D 28 6B', '30 43', { n: u8 }),
  /** fn 68: row height in modules. */
  group('pdf417RowHeight', 'GS ( k fn 068', '1D 28 6B', '30 44', { n: u8 }),
  /** fn 69: m 48 level (n 48 to 56), m 49 ratio (n 1 to 40). */
  group('pdf417ErrorLevel', 'GS ( k fn 069', '1D 28 6B', '30 45', { m: u8, n: u8 }),
  /** fn 70: 0 standard, 1 truncated. */
  group('pdf417Options', 'GS ( k fn 070', '1D 28 6B', '30 46', { m: u8 }),
  group('pdf417Store', 'GS ( k fn 080', '1D 28 6B', '30 50', { m: u8, data: rest }),
  group('pdf417Print', 'GS ( k fn 081', '1D 28 6B', '30 51', { m: u8 }),
  group('pdf417SizeQuery', 'GS ( k fn 082', '1D 28 6B', '30 52', { m: u8 }),

  /** QR, cn = 49. fn 65: n1 49 model 1, 50 model 2, 51 micro; n2 = 0. */
  group('qrModel', 'GS ( k fn 165', '1D 28 6B', '31 41', { n1: u8, n2: u8 }),
  /** fn 67: size of a module in dots. */
  group('qrModuleSize', 'GS ( k fn 167', '1D 28 6B', '31 43', { n: u8 }),
  /** fn 69: 48 L, 49 M, 50 Q, 51 H. */
  group('qrErrorLevel', 'GS ( k fn 169', '1D 28 6B', '31 45', { n: u8 }),
  /** fn 80: m = 48. */
  group('qrStore', 'GS ( k fn 180', '1D 28 6B', '31 50', { m: u8, data: rest }),
  group('qrPrint', 'GS ( k fn 181', '1D 28 6B', '31 51', { m: u8 }),
  /** fn 82: answers width, height and whether it can be printed. */
  group('qrSizeQuery', 'GS ( k fn 182', '1D 28 6B', '31 52', { m: u8 }),

  /** MaxiCode, cn = 50. fn 65: mode 50 to 54. */
  group('maxiCodeMode', 'GS ( k fn 265', '1D 28 6B', '32 41', { n: u8 }),
  group('maxiCodeStore', 'GS ( k fn 280', '1D 28 6B', '32 50', { m: u8, data: rest }),
  group('maxiCodePrint', 'GS ( k fn 281', '1D 28 6B', '32 51', { m: u8 }),
  group('maxiCodeSizeQuery', 'GS ( k fn 282', '1D 28 6B', '32 52', { m: u8 }),

  /** Two-dimensional GS1 DataBar, cn = 51. */
  group('databarModuleWidth', 'GS ( k fn 367', '1D 28 6B', '33 43', { n: u8 }),
  group('databarMaxWidth', 'GS ( k fn 371', '1D 28 6B', '33 47', { dots: u16 }),
  /** n: 72 stacked, 73 stacked omnidirectional, 76 expanded stacked. */
  group('databarStore', 'GS ( k fn 380', '1D 28 6B', '33 50', { m: u8, n: u8, data: rest }),
  group('databarPrint', 'GS ( k fn 381', '1D 28 6B', '33 51', { m: u8 }),
  group('databarSizeQuery', 'GS ( k fn 382', '1D 28 6B', '33 52', { m: u8 }),

  /** Composite symbology, cn = 52. */
  group('compositeModuleWidth', 'GS ( k fn 467', '1D 28 6B', '34 43', { n: u8 }),
  group('compositeMaxWidth', 'GS ( k fn 471', '1D 28 6B', '34 47', { dots: u16 }),
  group('compositeHriFont', 'GS ( k fn 472', '1D 28 6B', '34 48', { n: u8 }),
  /** a 48 linear, 49 two-dimensional; b the symbology. */
  group('compositeStore', 'GS ( k fn 480', '1D 28 6B', '34 50', {
    m: u8,
    a: u8,
    b: u8,
    data: rest,
  }),
  group('compositePrint', 'GS ( k fn 481', '1D 28 6B', '34 51', { m: u8 }),
  group('compositeSizeQuery', 'GS ( k fn 482', '1D 28 6B', '34 52', { m: u8 }),

  /** Aztec, cn = 53. fn 66: n1 0 full range, 1 compact; n2 layers. */
  group('aztecMode', 'GS ( k fn 566', '1D 28 6B', '35 42', { n1: u8, n2: u8 }),
  group('aztecModuleSize', 'GS ( k fn 567', '1D 28 6B', '35 43', { n: u8 }),
  /** fn 69: error correction in per cent. */
  group('aztecErrorLevel', 'GS ( k fn 569', '1D 28 6B', '35 45', { n: u8 }),
  group('aztecStore', 'GS ( k fn 580', '1D 28 6B', '35 50', { m: u8, data: rest }),
  group('aztecPrint', 'GS ( k fn 581', '1D 28 6B', '35 51', { m: u8 }),
  group('aztecSizeQuery', 'GS ( k fn 582', '1D 28 6B', '35 52', { m: u8 }),

  /** DataMatrix, cn = 54. fn 66: m 0 square, 1 rectangle; d1, d2 rows and columns. */
  group('dataMatrixType', 'GS ( k fn 666', '1D 28 6B', '36 42', { m: u8, d1: u8, d2: u8 }),
  group('dataMatrixModuleSize', 'GS ( k fn 667', '1D 28 6B', '36 43', { n: u8 }),
  group('dataMatrixStore', 'GS ( k fn 680', '1D 28 6B', '36 50', { m: u8, data: rest }),
  group('dataMatrixPrint', 'GS ( k fn 681', '1D 28 6B', '36 51', { m: u8 }),
  group('dataMatrixSizeQuery', 'GS ( k fn 682', '1D 28 6B', '36 52', { m: u8 }),

  /** Selects the symbol of ESC Z on clones with several; the numbers differ (2 is QR on POS80B, 1 on LR1100). */
  command('escZType', 'GS Z', '1D 5A', { n: u8 }),
  /** QR of 5802LD, HOIN and other clones: m version (0 automatic), n level as a letter, k dots of a module. */
  command('escZQr', 'ESC Z', '1B 5A', { m: u8, n: u8, k: u8, data: bytes16 }),
] as const
