import type { Bitmap } from './bitmap.js'
import type { TextStyle } from './style.js'

/** What the virtual printer printed: dots, and a log of what made them. */

export interface PrintedGlyph {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
  readonly style: TextStyle
  /** Two-byte (or four-byte) character of the multi-byte ROM. */
  readonly multibyte: boolean
  /** Offset in the stream of the first byte that made it. */
  readonly offset: number
}

export interface PrintedImage {
  readonly x: number
  readonly y: number
  readonly bitmap: Bitmap
  /** `in-line` stands between glyphs of a line (ESC *); `raster` on rows of its own. */
  readonly placement: 'in-line' | 'raster'
  readonly offset: number
}

export interface PrintedSymbol {
  /** qr, upca, upce, ean13, ean8, code39, code93, code128, itf, codabar, pdf417, … */
  readonly kind: string
  readonly data: string
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
  readonly offset: number
}

export interface PaperCut {
  readonly mode: 'full' | 'partial'
  /** Row of the paper where it is cut. */
  readonly y: number
  readonly offset: number
}

export interface PrintedPulse {
  readonly pin: 2 | 5
  readonly onMs: number
  readonly offMs: number
  readonly offset: number
}

export interface UnknownBytes {
  readonly offset: number
  readonly bytes: Uint8Array
  readonly reason: string
}

export interface Paper {
  readonly widthDots: number
  readonly heightDots: number
  readonly bitmap: Bitmap
  readonly glyphs: readonly PrintedGlyph[]
  readonly images: readonly PrintedImage[]
  readonly symbols: readonly PrintedSymbol[]
  readonly cuts: readonly PaperCut[]
  readonly pulses: readonly PrintedPulse[]
  /** Status requests that the printer would answer. */
  readonly replies: number
  readonly unknown: readonly UnknownBytes[]
}
