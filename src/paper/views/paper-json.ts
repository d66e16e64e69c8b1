/** A whole Paper as plain values for JSON. */
import { encodeBase64 } from '../../model/base64.js'
import type { Bitmap } from '../../model/bitmap.js'
import { hashOfBitmap } from '../../model/logo.js'
import type {
  Paper,
  PaperCut,
  PaperNote,
  PrintedGlyph,
  PrintedImage,
  PrintedLine,
  PrintedPulse,
  PrintedSymbol,
  PrintedText,
} from '../../model/paper.js'

export interface PaperJsonOptions {
  /** Whether bitmaps also have their packed rows in base64. Default false: only size and hash. */
  readonly dots?: boolean
}

export interface BitmapJson {
  readonly widthDots: number
  readonly heightDots: number
  /** A hash of size and dots, in 16 hex digits. */
  readonly hash: string
  /** Packed rows, leftmost dot in the high bit, 1 = black, in base64. */
  readonly data?: string
}

/** A Paper with size and hash of its bitmaps, and unknown bytes in hex. */
export interface PaperJson {
  readonly widthDots: number
  readonly heightDots: number
  readonly dpi: number
  readonly bitmap: BitmapJson
  readonly glyphs: readonly PrintedGlyph[]
  readonly lines: readonly PrintedLine[]
  readonly symbols: readonly PrintedSymbol[]
  readonly texts: readonly PrintedText[]
  readonly images: readonly (Omit<PrintedImage, 'bitmap'> & { readonly bitmap: BitmapJson })[]
  readonly cuts: readonly PaperCut[]
  readonly pulses: readonly PrintedPulse[]
  readonly replies: number
  readonly unknown: readonly {
    readonly offset: number
    readonly hex: string
    readonly reason: string
  }[]
  readonly notes: readonly PaperNote[]
}

/**
 * Turns a Paper into plain values, so that `JSON.stringify(paperToJson(paper))` says all that the Paper says.
 *
 * @example
 * paperToJson(paper).widthDots // 384
 */
export function paperToJson(paper: Paper, options: PaperJsonOptions = {}): PaperJson {
  const named = (bitmap: Bitmap): BitmapJson => ({
    widthDots: bitmap.widthDots,
    heightDots: bitmap.heightDots,
    hash: hashOfBitmap(bitmap),
    ...(options.dots === true ? { data: encodeBase64(bitmap.data) } : {}),
  })
  return {
    widthDots: paper.widthDots,
    heightDots: paper.heightDots,
    dpi: paper.dpi,
    bitmap: named(paper.bitmap),
    glyphs: paper.glyphs,
    lines: paper.lines,
    symbols: paper.symbols,
    texts: paper.texts,
    images: paper.images.map((image) => ({ ...image, bitmap: named(image.bitmap) })),
    cuts: paper.cuts,
    pulses: paper.pulses,
    replies: paper.replies,
    unknown: paper.unknown.map(({ offset, bytes, reason }) => ({
      offset,
      hex: hexOf(bytes),
      reason,
    })),
    notes: paper.notes,
  }
}

/** Writes bytes in upper-case hex with blanks between, such as `1B 40`. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
