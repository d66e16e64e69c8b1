/** Converts pixels to the dots of a printer. */

import type { Bitmap, Pixels } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import { type Adjustments, adjustGrey } from './adjust.js'
import { type DitherOptions, ditherGrey } from './dither.js'
import type { DitherMode } from './dither-modes.js'
import { greyOf, keptBitmap } from './loaded-pixels.js'
import { resizeGrey } from './resize.js'

export interface ImageOptions extends Adjustments, DitherOptions {
  /** Width in dots; by default one dot per pixel. */
  readonly widthDots?: number | undefined
  /** Width of the paper in dots. A wider picture is scaled down to it. */
  readonly maxWidthDots: number
  /** Default `auto`. */
  readonly dither?: DitherMode | undefined
  /** A taller picture is refused, because a mistake must not print metres of paper. Default 8000, a metre at 203 dpi. */
  readonly maxHeightDots?: number | undefined
}

const MAX_HEIGHT_DOTS = 8000

/**
 * The picture in black and white dots, its aspect kept, transparent parts white. It is dithered whole, so
 * that bands cut from it later meet without a seam.
 *
 * @throws ReceiptError `IMAGE_INVALID`, `IMAGE_WIDTH`, `IMAGE_TOO_TALL`
 *
 * @example
 * imageToBitmap(pixels, { maxWidthDots: 384 }).widthDots // 16
 */
export function imageToBitmap(pixels: Pixels, options: ImageOptions): Bitmap {
  const grey = greyOf(pixels)
  const wanted = options.widthDots ?? grey.widthPx
  const widthDots = Math.min(wanted, options.maxWidthDots)
  if (!Number.isInteger(widthDots) || widthDots < 1) {
    throw new ReceiptError(`an image cannot be ${widthDots} dots wide`, {
      code: 'IMAGE_WIDTH',
      hint: 'give a whole number of dots from 1',
    })
  }
  const heightDots = Math.max(1, Math.round((grey.heightPx * widthDots) / grey.widthPx))
  const maxHeightDots = options.maxHeightDots ?? MAX_HEIGHT_DOTS
  if (heightDots > maxHeightDots) {
    throw new ReceiptError(`the image would be ${heightDots} dots tall`, {
      code: 'IMAGE_TOO_TALL',
      hint: `at most ${maxHeightDots}: give a smaller width, or cut the image`,
    })
  }
  const sized = adjustGrey(resizeGrey(grey, widthDots, heightDots), options)
  return ditherGrey(sized, options.dither ?? 'auto', options)
}

/** Like `imageToBitmap`, but cached for a loaded picture. The bitmap is shared, so it must not be written to. */
export function sharedBitmap(pixels: Pixels, options: ImageOptions): Bitmap {
  return keptBitmap(pixels, JSON.stringify(options), () => imageToBitmap(pixels, options))
}
