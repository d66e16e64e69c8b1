/** Pictures that were decoded here. Their RGBA array is made when `data` is read; until then, no caller can have changed a pixel. */

import type { Bitmap, Pixels } from '../model/bitmap.js'
import { type Grey, pixelsToGrey } from './grey.js'

interface Untouched {
  readonly grey: () => Grey
  /** Cached bitmaps of the picture, by the options that they were made with. */
  readonly bitmaps: Map<string, Bitmap>
}

const untouched = new WeakMap<Pixels, Untouched>()

/** Wraps a grey picture as pixels. */
export function greyPixels(grey: Grey): Pixels {
  return lazyPixels(grey, { grey: () => grey, rgba: () => rgbaOf(grey) })
}

/** Wraps pixels to which no other reference exists. */
export function ownPixels(pixels: Pixels): Pixels {
  let grey: Grey | undefined
  const once = () => {
    grey ??= pixelsToGrey(pixels)
    return grey
  }
  return lazyPixels(pixels, { grey: once, rgba: () => pixels.data })
}

interface Makers {
  readonly grey: () => Grey
  readonly rgba: () => Uint8Array
}

/** Makes pixels that compute `data` on demand. `data` is an own property, so that a copy and a transfer to a worker include it. */
function lazyPixels({ widthPx, heightPx, notLoaded }: Omit<Pixels, 'data'>, make: Makers): Pixels {
  let rgba: Uint8Array | undefined
  const pixels: Pixels = {
    widthPx,
    heightPx,
    get data() {
      untouched.delete(pixels)
      rgba ??= make.rgba()
      return rgba
    },
    ...(notLoaded === undefined ? {} : { notLoaded }),
  }
  untouched.set(pixels, { grey: make.grey, bitmaps: new Map() })
  return pixels
}

/** Converts a picture to grey. For a loaded picture that does not need its RGBA array. */
export function greyOf(pixels: Pixels): Grey {
  return untouched.get(pixels)?.grey() ?? pixelsToGrey(pixels)
}

export function isUntouched(pixels: Pixels): boolean {
  return untouched.has(pixels)
}

/** Most cached bitmaps of a picture, because logos are printed in a few sizes at most. Further ones are not cached. */
const MAX_BITMAPS = 4

/**
 * Returns the result of `make`, which is cached by `key` for a loaded picture. The bitmap is shared, so it must not be written to.
 */
export function keptBitmap(pixels: Pixels, key: string, make: () => Bitmap): Bitmap {
  const bitmaps = untouched.get(pixels)?.bitmaps
  const known = bitmaps?.get(key)
  if (known !== undefined) return known
  const bitmap = make()
  if (bitmaps !== undefined && bitmaps.size < MAX_BITMAPS) bitmaps.set(key, bitmap)
  return bitmap
}

function rgbaOf({ data: grey }: Grey): Uint8Array {
  const rgba = new Uint8Array(grey.length * 4)
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    const value = grey[i] as number
    rgba[at] = value
    rgba[at + 1] = value
    rgba[at + 2] = value
    rgba[at + 3] = 255
  }
  return rgba
}
