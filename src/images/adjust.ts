/** Tone and sharpness of a grey picture, before it becomes dots. */

import type { Grey } from './grey.js'

export interface Adjustments {
  /** Above 1 middle tones become lighter, as thermal paper needs; below 1 they become darker. 0.1 to 10. Default 1. */
  readonly gamma?: number | undefined
  /** -100 (all grey) to 100 (black and white). Default 0. */
  readonly contrast?: number | undefined
  /** How much of a pixel's difference from its neighbours is added to it, 0 to 5. Default 0. */
  readonly sharpen?: number | undefined
}

/** Adjusts a picture without changing its size. Returns the same object if there is nothing to adjust. */
export function adjustGrey(
  grey: Grey,
  { gamma = 1, contrast = 0, sharpen = 0 }: Adjustments,
): Grey {
  const sharp = sharpen > 0 ? sharpened(grey, sharpen) : grey
  if (gamma === 1 && contrast === 0) return sharp
  const tones = new Uint8Array(256)
  // At 100 the slope would be infinite; at -100 it is 0.
  const slope = contrast >= 100 ? 1e6 : (100 + contrast) / (100 - Math.max(contrast, 0))
  const factor = contrast < 0 ? (100 + contrast) / 100 : slope
  for (let value = 0; value < 256; value++) {
    const lit = 255 * (value / 255) ** (1 / gamma)
    tones[value] = Math.max(0, Math.min(255, Math.round((lit - 127.5) * factor + 127.5)))
  }
  return { ...sharp, data: sharp.data.map((value) => tones[value] as number) }
}

/** Sharpens by an unsharp mask over the eight neighbours. The pixels at the edge count as their own outer neighbours. */
function sharpened({ widthPx, heightPx, data }: Grey, amount: number): Grey {
  const out = new Uint8Array(data.length)
  for (let y = 0; y < heightPx; y++) {
    const rows = [Math.max(y - 1, 0), y, Math.min(y + 1, heightPx - 1)]
    for (let x = 0; x < widthPx; x++) {
      const left = Math.max(x - 1, 0)
      const right = Math.min(x + 1, widthPx - 1)
      let sum = 0
      for (const row of rows) {
        const base = row * widthPx
        sum +=
          (data[base + left] as number) +
          (data[base + x] as number) +
          (data[base + right] as number)
      }
      const value = data[y * widthPx + x] as number
      const sharp = Math.round(value + amount * (value - sum / 9))
      out[y * widthPx + x] = Math.max(0, Math.min(255, sharp))
    }
  }
  return { widthPx, heightPx, data: out }
}
