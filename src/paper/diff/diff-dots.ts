/** Compares two bitmaps dot by dot: the number of dots that differ, their rows, and a picture of both. */
import { type Bitmap, bytesPerRow, dotAt } from '../../model/bitmap.js'
import { writePng } from '../views/png-file.js'

export interface DotsDiff {
  /** Number of dots that are black in one bitmap only. Beyond the size of the smaller bitmap its dots count as white. */
  readonly count: number
  /** Rows with such dots: `from` to `to`, exclusive. */
  readonly rows: readonly (readonly [from: number, to: number])[]
}

export function diffDots(before: Bitmap, after: Bitmap): DotsDiff {
  const rows: [number, number][] = []
  let count = 0
  const stride = Math.max(bytesPerRow(before.widthDots), bytesPerRow(after.widthDots))
  for (let y = 0; y < Math.max(before.heightDots, after.heightDots); y++) {
    let inRow = 0
    for (let i = 0; i < stride; i++) inRow += bitsIn(byteAt(before, y, i) ^ byteAt(after, y, i))
    if (inRow === 0) continue
    count += inRow
    const last = rows.at(-1)
    if (last?.[1] === y) last[1] = y + 1
    else rows.push([y, y + 1])
  }
  return { count, rows }
}

export function sameDots(before: Bitmap, after: Bitmap): boolean {
  return (
    before.widthDots === after.widthDots &&
    before.heightDots === after.heightDots &&
    before.data.every((byte, i) => byte === after.data[i])
  )
}

/**
 * Draws both bitmaps as a PNG: dots that are black in both are black, only in `before` red, only in `after` blue.
 *
 * @example
 * const other = printBytes(compile({ nodes: [text('合计 ¥13.50')] }, { profile }).bytes, profile)
 * const png = diffPng(paper.bitmap, other.bitmap)
 * String.fromCharCode(...png.subarray(1, 4)) // 'PNG'
 */
export function diffPng(before: Bitmap, after: Bitmap): Uint8Array {
  const width = Math.max(1, before.widthDots, after.widthDots)
  const height = Math.max(1, before.heightDots, after.heightDots)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[y * width + x] = (dotAt(before, x, y) ? 1 : 0) + (dotAt(after, x, y) ? 2 : 0)
    }
  }
  const palette = [
    [255, 255, 255],
    [220, 0, 0],
    [0, 60, 230],
    [0, 0, 0],
  ] as const
  return writePng({ width, height, data, depth: 8, palette })
}

function byteAt({ widthDots, heightDots, data }: Bitmap, y: number, i: number): number {
  const stride = bytesPerRow(widthDots)
  return y < heightDots && i < stride ? (data[y * stride + i] as number) : 0
}

function bitsIn(byte: number): number {
  let count = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
}
