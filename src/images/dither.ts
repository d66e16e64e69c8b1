/** Grey to dots: threshold, error diffusion and ordered dithering, on typed arrays. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { Grey } from './grey.js'

export const ditherModes = ['auto', 'threshold', 'floyd-steinberg', 'atkinson', 'bayer'] as const
/** How greys become dots. `auto` looks at the picture: see `chooseDither`. */
export type DitherMode = (typeof ditherModes)[number]

/** Dots in the size of the picture; 1 = black. Pure black and pure white stay what they are in every mode. */
export function ditherGrey(grey: Grey, mode: DitherMode): Bitmap {
  switch (mode) {
    case 'auto':
      return ditherGrey(grey, chooseDither(grey))
    case 'threshold':
      return threshold(grey)
    case 'floyd-steinberg':
      return floydSteinberg(grey)
    case 'atkinson':
      return atkinson(grey)
    case 'bayer':
      return bayer(grey)
  }
}

/**
 * Line art (`threshold`) or photo (`floyd-steinberg`), from the histogram. Line art has at most a tenth of its
 * pixels between dark (0–63) and light (224–255), no more of them than dark ones, and no sixteenth of the scale
 * holds over a third of them: smoothed edges spread over the scale, while a flat grey, which a threshold would
 * swallow, stands in one place. In doubt it is a photo, since diffusion harms line art little.
 */
export function chooseDither(grey: Grey): 'threshold' | 'floyd-steinberg' {
  const sixteenths = new Uint32Array(16)
  for (let i = 0; i < grey.data.length; i++) {
    const bin = (grey.data[i] as number) >> 4
    sixteenths[bin] = (sixteenths[bin] as number) + 1
  }
  const dark = sumOf(sixteenths.subarray(0, 4))
  const greys = sixteenths.subarray(4, 14)
  const between = sumOf(greys)
  const lineArt =
    between * 10 <= grey.data.length && between <= dark && Math.max(...greys) * 3 <= between
  return lineArt ? 'threshold' : 'floyd-steinberg'
}

function sumOf(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function threshold(grey: Grey): Bitmap {
  return eachDot(grey, (value) => value < 128)
}

/** An 8 × 8 matrix whose thresholds (2, 6, … 254) lie as far apart as they can: the bits of x^y and y, interleaved. */
function bayer(grey: Grey): Bitmap {
  const thresholds = new Uint8Array(64)
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      const mixed = x ^ y
      let rank = 0
      for (let bit = 0; bit < 3; bit++) {
        rank |= (((mixed >> bit) & 1) << (5 - 2 * bit)) | (((y >> bit) & 1) << (4 - 2 * bit))
      }
      thresholds[y * 8 + x] = rank * 4 + 2
    }
  }
  return eachDot(grey, (value, x, y) => value < (thresholds[(y & 7) * 8 + (x & 7)] as number))
}

function eachDot(grey: Grey, black: (value: number, x: number, y: number) => boolean): Bitmap {
  const bitmap = createBitmap(grey.widthPx, grey.heightPx)
  const stride = bytesPerRow(grey.widthPx)
  for (let y = 0, pixel = 0; y < grey.heightPx; y++) {
    for (let x = 0; x < grey.widthPx; x++, pixel++) {
      if (black(grey.data[pixel] as number, x, y)) setDot(bitmap.data, y * stride, x)
    }
  }
  return bitmap
}

/** Errors go to four neighbours in sixteenths; rows run to and fro, so that no worms all lean one way. */
function floydSteinberg(grey: Grey): Bitmap {
  const { widthPx, heightPx } = grey
  const bitmap = createBitmap(widthPx, heightPx)
  const stride = bytesPerRow(widthPx)
  // One spare entry at both ends takes the errors that fall off the picture.
  let here = new Int16Array(widthPx + 2)
  let below = new Int16Array(widthPx + 2)
  for (let y = 0; y < heightPx; y++) {
    const step = (y & 1) === 0 ? 1 : -1
    const last = step === 1 ? widthPx : -1
    let ahead = 0
    for (let x = step === 1 ? 0 : widthPx - 1; x !== last; x += step) {
      const at = x + 1
      const value =
        (grey.data[y * widthPx + x] as number) + (((here[at] as number) + ahead + 8) >> 4)
      const black = value < 128
      const error = black ? value : value - 255
      if (black) setDot(bitmap.data, y * stride, x)
      ahead = error * 7
      below[at - step] = (below[at - step] as number) + error * 3
      below[at] = (below[at] as number) + error * 5
      below[at + step] = (below[at + step] as number) + error
    }
    const used = here
    here = below
    below = used.fill(0)
  }
  return bitmap
}

/** Three quarters of the error to six neighbours: more contrast, clean highlights and shadows. */
function atkinson(grey: Grey): Bitmap {
  const { widthPx, heightPx } = grey
  const bitmap = createBitmap(widthPx, heightPx)
  const stride = bytesPerRow(widthPx)
  let here = new Int16Array(widthPx + 4)
  let below = new Int16Array(widthPx + 4)
  let second = new Int16Array(widthPx + 4)
  for (let y = 0; y < heightPx; y++) {
    const step = (y & 1) === 0 ? 1 : -1
    const last = step === 1 ? widthPx : -1
    for (let x = step === 1 ? 0 : widthPx - 1; x !== last; x += step) {
      const at = x + 2
      const value = (grey.data[y * widthPx + x] as number) + (here[at] as number)
      const black = value < 128
      const eighth = (black ? value : value - 255) >> 3
      if (black) setDot(bitmap.data, y * stride, x)
      if (eighth === 0) continue
      here[at + step] = (here[at + step] as number) + eighth
      here[at + 2 * step] = (here[at + 2 * step] as number) + eighth
      below[at - 1] = (below[at - 1] as number) + eighth
      below[at] = (below[at] as number) + eighth
      below[at + 1] = (below[at + 1] as number) + eighth
      second[at] = (second[at] as number) + eighth
    }
    const used = here
    here = below
    below = second
    second = used.fill(0)
  }
  return bitmap
}

function setDot(data: Uint8Array, row: number, x: number): void {
  const at = row + (x >> 3)
  data[at] = (data[at] as number) | (0x80 >> (x & 7))
}
