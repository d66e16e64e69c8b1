import type { Bitmap } from './bitmap.js'
import { type Cells, PlainCells } from './cells.js'
import type { TextStyle } from './style.js'
import type { BarcodeSymbology, QrLevel, StackedSymbology } from './symbologies.js'

/** The tape to print: blocks from top to bottom, every x in dots from the left edge of the print area. */

export interface Run {
  readonly x: number
  readonly widthDots: number
  /** Height of the tallest cell. The runs of a line share their bottom. */
  readonly heightDots: number
  readonly style: TextStyle
  readonly cells: Cells
  /** Dots that its letters reach below the common bottom. Default 0. */
  readonly dropDots?: number
  /** Its cells are read from right to left. Default false. */
  readonly isRightToLeft?: boolean
  /** By it the runs of a line are read, as by x if it is left out: text from right to left has its own order. */
  readonly order?: number
}

/** A run of plain text is its own cells: one object instead of two, because a strip is made of them. */
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

/** Rows of a line that its runs ink. */
export function inkedDots(runs: readonly Run[]): number {
  return highestDots(runs) + dropDots(runs)
}

/** Height above the common bottom. */
export function highestDots(runs: readonly Run[]): number {
  let highest = 0
  for (const run of runs) if (run.heightDots > highest) highest = run.heightDots
  return highest
}

/** Depth below the common bottom, to which letters of some scripts reach. */
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
  /** Least version, 1 to 40: the code is larger than its data need. */
  readonly version?: number
  /** Sits in the middle, on white; the code is then drawn as dots. */
  readonly logo?: Bitmap
}

export interface BarcodeSymbol {
  readonly symbology: BarcodeSymbology
  /** Checked, with its check digit; element strings of GS1 as `(01)…`. */
  readonly data: string
  readonly moduleDots: number
  /** Of the bars. */
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
  /** Left out: as many as the data need. */
  readonly rows?: number
  /** Of a row, in modules. */
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

/** Of one size: 28 × 27 mm. */
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

/** In dots; x and y of its top left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
}

/**
 * Blocks that are printed as dots: cells beside each other of which one holds a picture or a symbol, or turned
 * nodes.
 */
export interface RowBlock {
  readonly kind: 'row'
  readonly widthDots: number
  readonly heightDots: number
  /** Width of what is in the cells, before it is turned. */
  readonly insideDots: number
  /** Clockwise, in degrees. */
  readonly turn: 0 | 90 | 180 | 270
  /** Left edge of the turned picture. */
  readonly x: number
  /** Blocks under each other from `y` on; their x is that of the strip, or of the picture before it is turned. */
  readonly cells: readonly { readonly y: number; readonly blocks: readonly Block[] }[]
  /** The rectangle in which black and white change places, before it is turned. */
  readonly inverse?: Rectangle
  /** A label from its upper left corner on, which a printer may put together in page mode. Default false. */
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
  /** Feed from the head to the cutter. */
  readonly heightDots: number
  readonly path: string
}

export interface PulseBlock {
  readonly kind: 'pulse'
  /** Connector pin of the drawer kick-out; left out, the profile's. */
  readonly pin?: 2 | 5
}

/** A request to the printer that prints nothing, or bytes of the caller's, of which nothing is known. */
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
