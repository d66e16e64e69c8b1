import type { Bitmap } from './bitmap.js'
import { type Cells, PlainCells } from './cells.js'
import type { TextStyle } from './style.js'
import type { BarcodeSymbology, QrLevel, StackedSymbology } from './symbologies.js'

/** The strip: blocks from top to bottom, every x in dots from the left edge of the print area. */

export interface Run {
  readonly x: number
  readonly widthDots: number
  /** Height of the tallest cell. The runs of a line share their bottom. */
  readonly heightDots: number
  readonly style: TextStyle
  readonly cells: Cells
  /** Dots that its letters reach below the common bottom of the line's runs. Default 0. */
  readonly dropDots?: number
  /** Whether its cells are read from right to left. Default false. */
  readonly isRightToLeft?: boolean
  /** Sorts the runs of a line into reading order. Default: `x`; only lines with text from right to left have another order. */
  readonly order?: number
}

/** A run of plain text, which is its own cells. One object instead of two saves memory, because a strip consists of runs. */
export class PlainRun extends PlainCells implements Run {
  readonly cells: PlainCells = this

  constructor(
    readonly x: number,
    readonly widthDots: number,
    readonly heightDots: number,
    readonly style: TextStyle,
    text: string,
    codes: Uint16Array,
    wide: number,
  ) {
    super(text, codes, wide)
  }

  override toJSON(): Cells & Run {
    const { x, widthDots, heightDots, style } = this
    return { x, widthDots, heightDots, style, cells: super.toJSON() } as Cells & Run
  }
}

/** Number of rows that the runs of a line ink. */
export function inkedDots(runs: readonly Run[]): number {
  return highestDots(runs) + dropDots(runs)
}

/** Greatest height of the runs above their common bottom. */
export function highestDots(runs: readonly Run[]): number {
  let highest = 0
  for (const run of runs) if (run.heightDots > highest) highest = run.heightDots
  return highest
}

/** Greatest depth below the common bottom, to which letters of some scripts reach. */
export function dropDots(runs: readonly Run[]): number {
  let deepest = 0
  for (const { dropDots = 0 } of runs) if (dropDots > deepest) deepest = dropDots
  return deepest
}

export interface LineBlock {
  readonly kind: 'line'
  /** Distance to the next block; at least the tallest run. */
  readonly heightDots: number
  /** From left to right, not overlapping. */
  readonly runs: readonly Run[]
  readonly path: string
}

export interface ImageBlock {
  readonly kind: 'image'
  readonly x: number
  readonly bitmap: Bitmap
  /** Key of the same picture in the printer's memory. */
  readonly stored?: string
  readonly path: string
}

export interface QrSymbol {
  readonly symbology: 'qr'
  readonly data: string
  /** The bytes of the code, if they are not the UTF-8 of `data`. */
  readonly bytes?: Uint8Array
  readonly level: QrLevel
  readonly moduleDots: number
  /** Least version, 1 to 40, for a code larger than its data need. */
  readonly version?: number
  /** Picture in the middle of the code, on white. A code with a logo is drawn as dots. */
  readonly logo?: Bitmap
}

export interface BarcodeSymbol {
  readonly symbology: BarcodeSymbology
  /** Data that have been checked, with their check digit. GS1 element strings are written as `(01)…`. */
  readonly data: string
  readonly moduleDots: number
  /** Height of the bars in dots. */
  readonly barDots: number
}

export interface StackedSymbol {
  readonly symbology: StackedSymbology
  readonly data: string
  readonly moduleDots: number
  /** Symbol characters of a row of `databar-expanded-stacked`, even. */
  readonly segments: number
}

export interface Pdf417Symbol {
  readonly symbology: 'pdf417'
  readonly data: string
  readonly moduleDots: number
  readonly columns: number
  /** Number of rows. Default: as many as the data need. */
  readonly rows?: number
  /** Height of a row in modules. */
  readonly rowModules: number
  /** Error correction, 0 to 8. */
  readonly level: number
  readonly truncated: boolean
}

export interface DataMatrixSymbol {
  readonly symbology: 'datamatrix'
  readonly data: string
  readonly moduleDots: number
  readonly shape: 'square' | 'rectangle'
}

export interface AztecSymbol {
  readonly symbology: 'aztec'
  readonly data: string
  readonly moduleDots: number
  /** Part of the symbol that corrects errors, in per cent. */
  readonly errorPercent: number
}

/** A MaxiCode, whose size is always 28 × 27 mm. */
export interface MaxiCodeSymbol {
  readonly symbology: 'maxicode'
  readonly data: string
  /** 2 and 3 begin with a carrier's message, 4 standard, 5 with more error correction, 6 for reader settings. */
  readonly mode: 2 | 3 | 4 | 5 | 6
  readonly dotsPerMm: number
}

export type MatrixSymbol = Pdf417Symbol | DataMatrixSymbol | AztecSymbol | MaxiCodeSymbol

export type SymbolSpec = QrSymbol | BarcodeSymbol | StackedSymbol | MatrixSymbol

export type Symbology = SymbolSpec['symbology']

export interface SymbolBlock {
  readonly kind: 'symbol'
  readonly x: number
  readonly widthDots: number
  readonly heightDots: number
  readonly symbol: SymbolSpec
  readonly path: string
}

/** A rectangle in dots; x and y are its top left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
}

/**
 * Blocks that are printed together as dots: cells side by side of which one holds a picture or a symbol, or rotated nodes.
 */
export interface RowBlock {
  readonly kind: 'row'
  readonly widthDots: number
  readonly heightDots: number
  /** Width of the content before it is rotated. */
  readonly insideDots: number
  /** Rotation in degrees, clockwise. */
  readonly turn: 0 | 90 | 180 | 270
  /** Left edge of the rotated picture. */
  readonly x: number
  /** Cells with blocks under each other from `y` on. Their x counts as in the strip, or in the picture before it is rotated. */
  readonly cells: readonly { readonly y: number; readonly blocks: readonly Block[] }[]
  /** The rectangle in which black and white are swapped, before the rotation. */
  readonly inverse?: Rectangle
  /** Whether the block is a whole label, which a printer may compose in page mode. Default false. */
  readonly isLabel?: true
  readonly path: string
}

export interface FeedBlock {
  readonly kind: 'feed'
  readonly heightDots: number
}

export interface CutBlock {
  readonly kind: 'cut'
  readonly mode: 'full' | 'partial'
  /** Feed before the cut: the distance from the head to the cutter. */
  readonly heightDots: number
  readonly path: string
}

export interface PulseBlock {
  readonly kind: 'pulse'
  /** Connector pin of the drawer. Default: the profile's. */
  readonly pin?: 2 | 5
}

/** A request to the printer that prints nothing, or the caller's own bytes, whose effect is unknown. */
export type DeviceRequest =
  | { readonly ask: 'buzzer'; readonly times: number; readonly ms: number }
  | { readonly ask: 'density'; readonly percent: number }
  | { readonly ask: 'speed'; readonly level: number }
  | { readonly ask: 'raw'; readonly bytes: Uint8Array }

export interface DeviceBlock {
  readonly kind: 'device'
  readonly request: DeviceRequest
  readonly path: string
}

export type Block =
  | LineBlock
  | ImageBlock
  | SymbolBlock
  | RowBlock
  | FeedBlock
  | CutBlock
  | PulseBlock
  | DeviceBlock

export interface Strip {
  readonly widthDots: number
  readonly lineSpacingDots: number
  readonly blocks: readonly Block[]
}
