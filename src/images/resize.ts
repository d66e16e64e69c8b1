/** Resizes grey pictures by two passes of weighted sums (Lanczos). */

import type { Grey } from './grey.js'

/**
 * Resizes a picture to `widthPx` × `heightPx` by Lanczos' window of three lobes, which keeps edges sharp and avoids moiré. Values beyond
 * black and white are clamped.
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
    for (let x = 0; x < widthPx; x++) {
      data[y * widthPx + x] = Math.max(0, Math.min(255, line[x] as number))
    }
  }
  return { widthPx, heightPx, data }
}

/** For every target pixel, the index of the first of `count` source pixels, and their weights, which sum to 1. */
interface Taps {
  readonly count: number
  readonly first: Int32Array
  readonly weights: Float32Array
}

const LOBES = 3

function lanczos(x: number): number {
  if (x === 0) return 1
  if (x <= -LOBES || x >= LOBES) return 0
  const angle = Math.PI * x
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle)
}

function tapsOf(source: number, target: number): Taps {
  const scale = source / target
  // If the picture is scaled down, the window covers more source pixels in proportion.
  const stretch = Math.max(1, scale)
  const count = Math.min(source, 2 * Math.ceil(LOBES * stretch) + 1)
  const first = new Int32Array(target)
  const weights = new Float32Array(target * count)
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * scale - 0.5
    const start = Math.max(0, Math.min(Math.ceil(centre - LOBES * stretch), source - count))
    first[i] = start
    let sum = 0
    for (let j = 0; j < count; j++) {
      const weight = lanczos((start + j - centre) / stretch)
      weights[i * count + j] = weight
      sum += weight
    }
    for (let j = 0; j < count; j++) {
      weights[i * count + j] = (weights[i * count + j] as number) / sum
    }
  }
  return { count, first, weights }
}
