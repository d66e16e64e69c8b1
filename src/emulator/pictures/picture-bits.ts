/** Pictures from the bytes of commands. */
import { rowsOfColumns } from '../../glyphs/glyph-file.js'
import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'

/**
 * Makes a picture of raster bytes; bits beyond the width are dropped. It ends with the last row of which there are bytes,
 * because a few bytes may claim to be a picture of 65,535 × 65,535 dots.
 */
export function bitmapOfRaster(widthDots: number, heightDots: number, bytes: Uint8Array): Bitmap {
  const stride = bytesPerRow(widthDots)
  const rows = stride === 0 ? 0 : Math.min(heightDots, Math.ceil(bytes.length / stride))
  const data = new Uint8Array(stride * rows)
  data.set(bytes.subarray(0, data.length))
  const mask = (0xff00 >> (widthDots & 7 || 8)) & 0xff
  for (let at = stride - 1; at < data.length && mask !== 0xff; at += stride) {
    data[at] = (data[at] as number) & mask
  }
  return { widthDots, heightDots: rows, data }
}

/** Makes a picture of column bytes, topmost dot in the high bit, whole bytes per column. It ends with the last column that has bytes. */
export function bitmapOfColumns(
  widthDots: number,
  heightDots: number,
  columns: Uint8Array,
): Bitmap {
  const perColumn = bytesPerRow(heightDots)
  const there = perColumn === 0 ? 0 : Math.min(widthDots, Math.ceil(columns.length / perColumn))
  return { widthDots: there, heightDots, data: rowsOfColumns(columns, there, heightDots) }
}

/** `KC1 KC2` as one number. */
export function keyOf(kc1: number, kc2: number): number {
  return (kc1 << 8) | kc2
}
