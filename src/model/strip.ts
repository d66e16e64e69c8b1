import type { Bitmap } from './bitmap.js'
import type { Cells } from './cells.js'
import type { TextStyle } from './style.js'

/** The tape to print: blocks from top to bottom, every x in dots from the left edge of the print area. */

export interface Run {
  readonly x: number
  readonly widthDots: number
  /** Height of the tallest cell; runs of a line stand on a common bottom. */
  readonly heightDots: number
  readonly style: TextStyle
  readonly cells: Cells
}

export interface LineBlock {
  readonly kind: 'line'
  /** Distance to the next block; at least the line spacing and the tallest run. */
  readonly heightDots: number
  /** From left to right, not overlapping. */
  readonly runs: readonly Run[]
  readonly path: string
}

export interface ImageBlock {
  readonly kind: 'image'
  readonly x: number
  readonly bitmap: Bitmap
  readonly path: string
}

export type QrLevel = 'L' | 'M' | 'Q' | 'H'

export interface QrSymbol {
  readonly symbology: 'qr'
  readonly data: string
  readonly level: QrLevel
  readonly moduleDots: number
}

export type SymbolSpec = QrSymbol

export interface SymbolBlock {
  readonly kind: 'symbol'
  readonly x: number
  readonly widthDots: number
  readonly heightDots: number
  readonly symbol: SymbolSpec
  readonly path: string
}

/** What is printed as dots: cells beside each other of which one holds a picture or a symbol, or turned nodes. */
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

export type Block =
  | LineBlock
  | ImageBlock
  | SymbolBlock
  | RowBlock
  | FeedBlock
  | CutBlock
  | PulseBlock

export interface Strip {
  readonly widthDots: number
  readonly lineSpacingDots: number
  readonly blocks: readonly Block[]
}
