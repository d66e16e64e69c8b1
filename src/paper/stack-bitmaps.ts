/** Bitmaps below each other, as one. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'

/** Joins bitmaps, each below the one before it. All are as wide as the first. */
export function stackBitmaps(bitmaps: readonly Bitmap[]): Bitmap {
  const [first] = bitmaps as [Bitmap]
  if (bitmaps.length === 1) return first
  const { widthDots } = first
  const heightDots = bitmaps.reduce((sum, bitmap) => sum + bitmap.heightDots, 0)
  const data = new Uint8Array(heightDots * bytesPerRow(widthDots))
  let at = 0
  for (const bitmap of bitmaps) {
    data.set(bitmap.data, at)
    at += bitmap.data.length
  }
  return { widthDots, heightDots, data }
}
