import type { Bitmap } from './bitmap.js'
import type { TextStyle } from './style.js'

/** The output of the virtual printer: the dots, and a log of the glyphs, pictures and other things that made them. */

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
  /** Whether it begins where the image before it ends, as the next band of one picture does. */
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
  /** Whether the printer ended the line without a command, because it was full. */
  readonly wrapped: boolean
  /** Clockwise rotation in degrees, for text upside down or in page mode. Absent if the line is upright. */
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

/** Text that was printed as dots. The bytes do not contain it, so the program that made them supplies it, see `withDrawnTexts`. */
export interface PrintedText {
  /** The characters that were drawn, or the data of a drawn symbol. */
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
  /** Resolution of the printer's head in dots per inch, to show pictures in their true size. */
  readonly dpi: number
  readonly bitmap: Bitmap
  readonly glyphs: readonly PrintedGlyph[]
  readonly images: readonly PrintedImage[]
  readonly symbols: readonly PrintedSymbol[]
  readonly lines: readonly PrintedLine[]
  /** Empty in the output of the virtual printer; `withDrawnTexts` fills it. */
  readonly texts: readonly PrintedText[]
  readonly cuts: readonly PaperCut[]
  readonly pulses: readonly PrintedPulse[]
  /** Number of status requests that the printer would answer. */
  readonly replies: number
  readonly unknown: readonly UnknownBytes[]
  readonly notes: readonly PaperNote[]
}

/**
 * Some rows of a Paper, and the log since the previous part. All `y` count from the top of the roll, so a row of the bitmap is at `y -
 * part.y`; indices of `lines` count this part's glyphs. Parts follow each other without a gap. If the paper was fed back over rows that
 * were handed out already, a part begins above the end of the previous one, and its black dots are added to the dots there.
 */
export interface PaperPart extends Paper {
  /** Row of the roll at which the bitmap begins. */
  readonly y: number
}
