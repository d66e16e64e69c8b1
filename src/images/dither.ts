/** Turns grey pictures into dots by thresholds, error diffusion or ordered dithering. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import { blueNoiseHex, blueNoiseSide } from './blue-noise.gen.js'
import { type Kernel, kernels } from './diffusion-kernels.js'
import type { DitherMode } from './dither-modes.js'
import { floydSteinberg } from './floyd-steinberg.js'
import type { Grey } from './grey.js'
import { lineArtLevel } from './line-art.js'

export interface DitherOptions {
  /** Whether error diffusion alternates its direction from row to row, which avoids slanted streaks. Default true. */
  readonly serpentine?: boolean | undefined
}

/** Returns a bitmap of the picture's size; 1 = black. Pure black and pure white stay unchanged in every mode. */
export function ditherGrey(grey: Grey, mode: DitherMode, options: DitherOptions = {}): Bitmap {
  switch (mode) {
    case 'auto': {
      const level = lineArtLevel(grey)
      if (level !== undefined) return threshold(grey, level)
      return ditherGrey(grey, 'floyd-steinberg', options)
    }
    case 'threshold':
      return threshold(grey, 128)
    case 'otsu':
      return threshold(grey, otsuThreshold(grey))
    case 'bayer':
      return ordered(grey, bayerThresholds(3), 8)
    case 'bayer-4':
      return ordered(grey, bayerThresholds(2), 4)
    case 'blue-noise':
      return ordered(grey, blueNoise(), blueNoiseSide)
    case 'floyd-steinberg':
      return floydSteinberg(grey, options.serpentine ?? true)
    default:
      return diffuse(grey, kernels[mode], options.serpentine ?? true)
  }
}

/** Returns the level, 1 to 255, that best divides the histogram into two groups (Otsu, 1979). Values below it are black. */
export function otsuThreshold(grey: Grey): number {
  const histogram = new Uint32Array(256)
  let sum = 0
  for (let i = 0; i < grey.data.length; i++) {
    const value = grey.data[i] as number
    histogram[value] = (histogram[value] as number) + 1
    sum += value
  }
  const total = grey.data.length
  let best = 128
  let farthest = 0
  let below = 0
  let belowSum = 0
  for (let level = 1; level <= 255; level++) {
    const count = histogram[level - 1] as number
    below += count
    belowSum += count * (level - 1)
    if (below === 0 || below === total) continue
    const apart = belowSum / below - (sum - belowSum) / (total - below)
    const variance = below * (total - below) * apart * apart
    if (variance > farthest) {
      farthest = variance
      best = level
    }
  }
  return best
}

function threshold(grey: Grey, level: number): Bitmap {
  return eachDot(grey, (value) => value < level)
}

/** Returns the Bayer matrix of 2^bits × 2^bits thresholds: the bits of x^y and y, interleaved. */
function bayerThresholds(bits: 2 | 3): Uint8Array {
  const side = 1 << bits
  const thresholds = new Uint8Array(side * side)
  const step = 256 / thresholds.length
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const mixed = x ^ y
      let rank = 0
      for (let bit = 0; bit < bits; bit++) {
        const place = 2 * (bits - 1 - bit)
        rank |= (((mixed >> bit) & 1) << (place + 1)) | (((y >> bit) & 1) << place)
      }
      thresholds[y * side + x] = rank * step + step / 2
    }
  }
  return thresholds
}

let mask: Uint8Array | undefined

function blueNoise(): Uint8Array {
  mask ??= Uint8Array.from({ length: blueNoiseHex.length / 2 }, (_, i) =>
    Number.parseInt(blueNoiseHex.slice(2 * i, 2 * i + 2), 16),
  )
  return mask
}

/** Compares each value with the threshold at its place in the mask, which repeats; `side` is a power of two. */
function ordered(grey: Grey, thresholds: Uint8Array, side: number): Bitmap {
  const last = side - 1
  return eachDot(grey, (value, x, y) => {
    return value < (thresholds[(y & last) * side + (x & last)] as number)
  })
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

/** Diffuses by any kernel. The error of each dot goes to its neighbours, counted in units of 1/divisor to stay exact. */
export function diffuse(grey: Grey, { divisor, parts }: Kernel, serpentine: boolean): Bitmap {
  const { widthPx, heightPx } = grey
  const bitmap = createBitmap(widthPx, heightPx)
  const stride = bytesPerRow(widthPx)
  // Two spare entries at each end take the errors that would fall outside of the picture.
  const rows = [0, 1, 2].map(() => new Int32Array(widthPx + 4)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const half = divisor >> 1
  for (let y = 0; y < heightPx; y++) {
    const step = serpentine && (y & 1) === 1 ? -1 : 1
    const here = rows[0]
    for (let i = 0; i < widthPx; i++) {
      const x = step === 1 ? i : widthPx - 1 - i
      const given = Math.floor(((here[x + 2] as number) + half) / divisor)
      const value = (grey.data[y * widthPx + x] as number) + given
      const black = value < 128
      const error = black ? value : value - 255
      if (black) setDot(bitmap.data, y * stride, x)
      if (error === 0) continue
      for (let p = 0; p < parts.length; p += 3) {
        const row = rows[parts[p + 1] as 0 | 1 | 2]
        const at = x + 2 + step * (parts[p] as number)
        row[at] = (row[at] as number) + error * (parts[p + 2] as number)
      }
    }
    here.fill(0)
    rows.push(rows.shift() as Int32Array)
  }
  return bitmap
}

function setDot(data: Uint8Array, row: number, x: number): void {
  const at = row + (x >> 3)
  data[at] = (data[at] as number) | (0x80 >> (x & 7))
}
