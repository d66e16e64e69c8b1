/** Modules of a symbol as dots. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'

/** A symbol without its quiet zone. */
export interface Modules {
  readonly width: number
  readonly height: number
  /** `width * height`, row by row; 1 = black. */
  readonly data: Uint8Array
}

/** Draws modules that are each `moduleDots` wide and `moduleHeightDots` high. */
export function modulesBitmap(
  { width, height, data }: Modules,
  moduleDots: number,
  moduleHeightDots = moduleDots,
): Bitmap {
  const bitmap = createBitmap(width * moduleDots, height * moduleHeightDots)
  const stride = bytesPerRow(bitmap.widthDots)
  for (let row = 0; row < height; row++) {
    const base = row * moduleHeightDots * stride
    for (let column = 0; column < width; column++) {
      if (data[row * width + column] !== 1) continue
      for (let x = column * moduleDots; x < (column + 1) * moduleDots; x++) {
        const at = base + (x >> 3)
        bitmap.data[at] = (bitmap.data[at] as number) | (0x80 >> (x & 7))
      }
    }
    for (let copy = 1; copy < moduleHeightDots; copy++) {
      bitmap.data.copyWithin(base + copy * stride, base, base + stride)
    }
  }
  return bitmap
}
