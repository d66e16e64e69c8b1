/** Pictures that were decoded here: their pixels are made RGBA for who asks, and until then nobody can have changed one. */

import type { Bitmap, Pixels } from '../model/bitmap.js'
import { type Grey, pixelsToGrey } from './grey.js'

interface Untouched {
  readonly grey: () => Grey
  /** Dots that were made of the picture, by the options that made them. */
  readonly bitmaps: Map<string, Bitmap>
}

const untouched = new WeakMap<Pixels, Untouched>()

/** The pixels of a grey picture. */
export function greyPixels(grey: Grey): Pixels {
  return lazyPixels(grey, { grey: () => grey, rgba: () => rgbaOf(grey) })
}

/** The same pixels, whose array nobody else has. */
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

/** `data` is a property of the object, so that it goes with a copy or to a worker. */
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

/** The picture in grey, of loaded ones without the way over RGBA. */
export function greyOf(pixels: Pixels): Grey {
  return untouched.get(pixels)?.grey() ?? pixelsToGrey(pixels)
}

export function isUntouched(pixels: Pixels): boolean {
  return untouched.has(pixels)
}

/** Logos are printed in one size or a few; what is beyond is made again. */
const MAX_BITMAPS = 4

/**
 * The result of `make`, which for a loaded picture is kept by `key`. The bitmap is shared, so it must not be
 * written to.
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
