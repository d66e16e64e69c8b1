/** Converts colour pixels to 8-bit grey on white paper. */

import type { Pixels } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'

export interface Grey {
  readonly widthPx: number
  readonly heightPx: number
  /** `widthPx * heightPx` values, row by row; 0 = black, 255 = white. */
  readonly data: Uint8Array
}

/**
 * Returns the luma of sRGB (Rec. 709 weights on the coded values) of the picture on white: transparent pixels become paper.
 *
 * @throws ReceiptError `IMAGE_INVALID` when the data is not `widthPx * heightPx` RGBA pixels
 */
export function pixelsToGrey(pixels: Pixels): Grey {
  const { widthPx, heightPx, data } = pixels
  const count = widthPx * heightPx
  if (!(Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0)) {
    throw new ReceiptError(`an image cannot be ${widthPx} × ${heightPx} pixels`, {
      code: 'IMAGE_INVALID',
    })
  }
  if (data.length !== count * 4) {
    throw new ReceiptError(
      `an image of ${widthPx} × ${heightPx} pixels has ${count * 4} bytes, not ${data.length}`,
      { code: 'IMAGE_INVALID', hint: 'give RGBA, four bytes a pixel' },
    )
  }
  const grey = new Uint8Array(count)
  for (let pixel = 0, at = 0; pixel < count; pixel++, at += 4) {
    const luma =
      ((data[at] as number) * 13933 +
        (data[at + 1] as number) * 46871 +
        (data[at + 2] as number) * 4732 +
        32768) >>>
      16
    const alpha = data[at + 3] as number
    grey[pixel] = alpha === 255 ? luma : Math.round((luma * alpha + 255 * (255 - alpha)) / 255)
  }
  return { widthPx, heightPx, data: grey }
}
