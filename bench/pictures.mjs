/** Pictures for the bench: the same grey in every run, with slopes, edges and grain as a photograph has. */
import { encode } from 'fast-png'

/** A PNG of 8 bits of grey. */
export function greyPng(width, height) {
  const data = new Uint8Array(width * height)
  let seed = 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      const slope = 60 + (150 * x) / width + 30 * Math.sin(y / 17)
      const isInside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2
      data[y * width + x] = Math.max(0, Math.min(255, slope - (isInside ? 70 : 0) + (seed >>> 28)))
    }
  }
  return encode({ width, height, data, channels: 1, depth: 8 })
}
