/** Paper as a PNG: one bit per dot, black on white. */

import { encode } from 'fast-png'
import { drawGlyph } from '../glyphs/index.js'
import { type Bitmap, blitBitmap, createBitmap } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'

export interface PngOptions {
  /** White dots on each side. Default 0: one pixel is one dot of the print width. */
  readonly marginDots?: number
  /** Pixels of a dot, each way. Default 1. */
  readonly scale?: number
}

/** A 1-bit grey PNG. Compare papers by their dots, not by these bytes: deflate differs between runtimes. */
export function paperToPng(paper: Paper, options: PngOptions = {}): Uint8Array {
  const framed = withMargin(paper.bitmap, options.marginDots ?? 0)
  const { widthDots: width, heightDots: height, data } = enlarge(framed, options.scale ?? 1)
  // In PNG a set bit is white.
  return encode({ width, height, data: data.map((byte) => ~byte), channels: 1, depth: 1 })
}

/** A picture of no rows is no PNG: an empty paper is one white row. */
function withMargin(bitmap: Bitmap, margin: number): Bitmap {
  if (margin === 0 && bitmap.heightDots > 0) return bitmap
  const height = Math.max(1, bitmap.heightDots + 2 * margin)
  const framed = createBitmap(bitmap.widthDots + 2 * margin, height)
  blitBitmap(framed, bitmap, margin, margin)
  return framed
}

function enlarge(bitmap: Bitmap, scale: number): Bitmap {
  if (scale === 1) return bitmap
  const large = createBitmap(bitmap.widthDots * scale, bitmap.heightDots * scale)
  drawGlyph(large, { ...bitmap, rows: bitmap.data }, 0, 0, { scaleX: scale, scaleY: scale })
  return large
}
