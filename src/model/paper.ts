import type { Bitmap } from './bitmap.js'
import type { TextStyle } from './style.js'

/** The output of the virtual printer: dots, and a log of the things that made them. */

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
  /** The dots as sent; each is printed `scaleX` dots wide and `scaleY` dots high. */
  readonly bitmap: Bitmap
  readonly scaleX: number
  readonly scaleY: number
  /** `in-line` is between the glyphs of a line (ESC *); `raster` has its rows to itself. */
  readonly placement: 'in-line' | 'raster'
  /** It goes on where the image before it ends, as the stream's own feeds have it: bands of one picture. */
  readonly continues: boolean
  readonly offset: number
}

/** One printed line of characters and in-line images. */
export interface PrintedLine {
  readonly y: number
  /** Height of the tallest item. */
  readonly heightDots: number
  /** Left edge of the line, moved by margin and alignment, and its width with blanks and moves. */
  readonly x: number
  readonly widthDots: number
  /** Indices into `Paper.glyphs`, `to` exclusive. */
  readonly from: number
  readonly to: number
  /** The line was full, and the printer went on in the next one without a command. */
  readonly wrapped: boolean
  /** How far it is turned clockwise from reading left to right, upside down or in page mode; left out: not at all. */
  readonly turn?: 90 | 180 | 270
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

/** Text that is on the paper as dots, which the bytes do not tell: it comes from who made them, see `withDrawnTexts`. */
export interface PrintedText {
  /** The characters of a drawn stretch, or what a drawn symbol says. */
  readonly text: string
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
  /** Offset in the stream of the first byte of the block that it belongs to. */
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

/** Something that a printer does silently and that a reader of the preview should know. */
export interface PaperNote {
  /** `LINE_NOT_PRINTED`, `LINE_LOST`, `SYMBOL_TOO_WIDE`, `CODE_PAGE_UNKNOWN`, `PAPER_END`, … */
  readonly code: string
  readonly message: string
  readonly offset: number
}

export interface Paper {
  readonly widthDots: number
  readonly heightDots: number
  /** Dots of an inch, as the head of the printer has them; pictures of a given size need it. */
  readonly dpi: number
  readonly bitmap: Bitmap
  readonly glyphs: readonly PrintedGlyph[]
  readonly images: readonly PrintedImage[]
  readonly symbols: readonly PrintedSymbol[]
  readonly lines: readonly PrintedLine[]
  /** Empty as the virtual printer gives it. */
  readonly texts: readonly PrintedText[]
  readonly cuts: readonly PaperCut[]
  readonly pulses: readonly PrintedPulse[]
  /** Status requests that the printer would answer. */
  readonly replies: number
  readonly unknown: readonly UnknownBytes[]
  readonly notes: readonly PaperNote[]
}

/**
 * Some rows of a Paper, and the log since the part before it. All `y` count from the top of the roll, so that a row
 * of the bitmap is at `y - part.y`; indices of `lines` count this part's glyphs. Parts follow each other without a
 * gap. If the paper was fed back over rows that were handed out, a part begins above the end of the one before it,
 * and its black dots come on top of that one's.
 */
export interface PaperPart extends Paper {
  /** Row of the roll at which the bitmap begins. */
  readonly y: number
}
