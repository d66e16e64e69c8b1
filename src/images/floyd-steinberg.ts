/**
 * Floyd and Steinberg's error diffusion in one loop, because nearly every picture uses it. It does not branch on black or white, because
 * no processor can predict such a branch.
 */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { Grey } from './grey.js'

/** Gives the same result as `diffuse` with the kernel: 7/16 of the error go ahead, 3/16, 5/16 and 1/16 to the row below. */
export function floydSteinberg(grey: Grey, serpentine: boolean): Bitmap {
  const { widthPx, heightPx } = grey
  const bitmap = createBitmap(widthPx, heightPx)
  // The errors that the row above passes on to each dot. A spare entry at each end takes the errors that would fall outside of the
  // picture.
  const owed = new Int32Array(widthPx + 2)
  for (let y = 0; y < heightPx; y++) {
    diffuseRow(grey, y, serpentine && (y & 1) === 1 ? -1 : 1, owed, bitmap.data)
  }
  return bitmap
}

function diffuseRow(
  { widthPx, data }: Grey,
  y: number,
  step: 1 | -1,
  owed: Int32Array,
  dots: Uint8Array,
): void {
  const row = y * widthPx
  const line = y * bytesPerRow(widthPx)
  const end = step === 1 ? widthPx : -1
  const lastInByte = step === 1 ? 7 : 0
  // 8 of 16 rounds; the shift rounds down, negative errors too.
  let ahead = 8
  let belowLast = 0
  let below = 0
  let byte = 0
  let x = step === 1 ? 0 : widthPx - 1
  for (; x !== end; x += step) {
    const value = (data[row + x] as number) + (((owed[x + 1] as number) + ahead) >> 4)
    // All bits are set for a black dot, and none for a white one.
    const black = (value - 128) >> 31
    const error = value - (255 & ~black)
    byte |= black & (0x80 >> (x & 7))
    if ((x & 7) === lastInByte) {
      dots[line + (x >> 3)] = byte
      byte = 0
    }
    ahead = error * 7 + 8
    owed[x + 1 - step] = belowLast + error * 3
    belowLast = below + error * 5
    below = error
  }
  owed[x + 1 - step] = belowLast
  if (step === 1 && (widthPx & 7) !== 0) dots[line + (widthPx >> 3)] = byte
}
