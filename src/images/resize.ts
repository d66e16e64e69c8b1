/** Grey pictures to another size, by two passes of weighted sums. */

import type { Grey } from './grey.js'

/**
 * The picture at `widthPx` × `heightPx`: every pixel the mean of the area that it covers where the
 * picture shrinks, between its two neighbours where it grows. Costs one visit per pixel and pass.
 */
export function resizeGrey(grey: Grey, widthPx: number, heightPx: number): Grey {
  if (widthPx === grey.widthPx && heightPx === grey.heightPx) return grey
  const across = tapsOf(grey.widthPx, widthPx)
  const down = tapsOf(grey.heightPx, heightPx)
  const rows = new Float32Array(widthPx * grey.heightPx)
  for (let y = 0; y < grey.heightPx; y++) {
    const source = y * grey.widthPx
    for (let x = 0; x < widthPx; x++) {
      let sum = 0
      const from = source + (across.first[x] as number)
      const weight = x * across.count
      for (let i = 0; i < across.count; i++) {
        sum += (grey.data[from + i] as number) * (across.weights[weight + i] as number)
      }
      rows[y * widthPx + x] = sum
    }
  }
  const data = new Uint8Array(widthPx * heightPx)
  const line = new Float64Array(widthPx)
  for (let y = 0; y < heightPx; y++) {
    line.fill(0.5)
    const first = down.first[y] as number
    for (let i = 0; i < down.count; i++) {
      const weight = down.weights[y * down.count + i] as number
      if (weight === 0) continue
      const source = (first + i) * widthPx
      for (let x = 0; x < widthPx; x++) {
        line[x] = (line[x] as number) + (rows[source + x] as number) * weight
      }
    }
    data.set(line, y * widthPx)
  }
  return { widthPx, heightPx, data }
}

/** For every target pixel the first of `count` source pixels, and their weights (which sum to 1). */
interface Taps {
  readonly count: number
  readonly first: Int32Array
  readonly weights: Float32Array
}

function tapsOf(source: number, target: number): Taps {
  const scale = source / target
  const count = Math.min(source, scale > 1 ? Math.ceil(scale) + 1 : 2)
  const first = new Int32Array(target)
  const weights = new Float32Array(target * count)
  for (let i = 0; i < target; i++) {
    const from = scale > 1 ? i * scale : (i + 0.5) * scale - 0.5
    const start = Math.max(0, Math.min(Math.floor(from), source - count))
    first[i] = start
    let sum = 0
    for (let j = 0; j < count; j++) {
      const pixel = start + j
      const weight =
        scale > 1
          ? Math.min(pixel + 1, from + scale) - Math.max(pixel, from)
          : 1 - Math.abs(pixel - Math.max(0, Math.min(from, source - 1)))
      const kept = Math.max(0, weight)
      weights[i * count + j] = kept
      sum += kept
    }
    for (let j = 0; j < count; j++) {
      weights[i * count + j] = (weights[i * count + j] as number) / sum
    }
  }
  return { count, first, weights }
}
