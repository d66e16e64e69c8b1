/** Floyd and Steinberg's error diffusion in one loop, since nearly every picture goes this way. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { Grey } from './grey.js'

/** The errors owed to the next dot and to two rows: those from above for this row, and those for the row below. */
interface Errors {
  here: Int32Array
  below: Int32Array
}

/** As the diffusion by the kernel: 7 parts of 16 go ahead, 3, 5 and 1 to the row below. */
export function floydSteinberg(grey: Grey, serpentine: boolean): Bitmap {
  const { widthPx, heightPx } = grey
  const bitmap = createBitmap(widthPx, heightPx)
  // A spare entry at both ends takes the errors that fall off the picture.
  const errors: Errors = {
    here: new Int32Array(widthPx + 2),
    below: new Int32Array(widthPx + 2),
  }
  for (let y = 0; y < heightPx; y++) {
    diffuseRow(grey, y, serpentine && (y & 1) === 1 ? -1 : 1, errors, bitmap.data)
    const used = errors.here
    errors.here = errors.below
    errors.below = used.fill(0)
  }
  return bitmap
}

function diffuseRow(
  { widthPx, data }: Grey,
  y: number,
  step: 1 | -1,
  { here, below }: Errors,
  dots: Uint8Array,
): void {
  const row = y * widthPx
  const line = y * bytesPerRow(widthPx)
  let ahead = 0
  for (let i = 0, x = step === 1 ? 0 : widthPx - 1; i < widthPx; i++, x += step) {
    // 8 of 16 rounds; the shift rounds down, negative errors too.
    const value = (data[row + x] as number) + (((here[x + 1] as number) + ahead + 8) >> 4)
    let error = value
    if (value < 128) {
      dots[line + (x >> 3)] = (dots[line + (x >> 3)] as number) | (0x80 >> (x & 7))
    } else error = value - 255
    ahead = error * 7
    below[x + 1 - step] = (below[x + 1 - step] as number) + error * 3
    below[x + 1] = (below[x + 1] as number) + error * 5
    below[x + 1 + step] = (below[x + 1 + step] as number) + error
  }
}
