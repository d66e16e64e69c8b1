/**
 * Decodes PNG of 8 bits in grey, RGB or RGBA, which nearly all tools write. It needs only zlib, because sharp takes some milliseconds even
 * for the smallest logo. Palettes, 16 bits, interlacing, colour profiles, gamma, orientation, pictures wider than the limit and damaged
 * files are left to sharp.
 */

import { crc32, inflateSync } from 'node:zlib'
import type { Pixels } from '../model/bitmap.js'
import { greyPixels, ownPixels } from './loaded-pixels.js'

/** Chunks that do not change the colours. */
const HARMLESS = new Set(['IHDR', 'IDAT', 'IEND', 'tEXt', 'zTXt', 'iTXt', 'pHYs', 'tIME', 'bKGD'])
/** Number of samples per pixel, by colour type: grey, RGB, RGBA. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 6: 4 }
const ONE_PIECE_BYTES = 1 << 18
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

interface PngLimits {
  readonly widthPx: number
  readonly maxPixels: number
}

/** Decodes a plain PNG; returns undefined for anything else. */
export function plainPng(bytes: Uint8Array, limits: PngLimits): Pixels | undefined {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) return undefined
  const chunks = chunksOf(bytes)
  const head = chunks?.[0]
  if (chunks === undefined || head?.type !== 'IHDR' || head.data.length !== 13) return undefined
  const view = viewOf(head.data)
  const widthPx = view.getUint32(0)
  const heightPx = view.getUint32(4)
  const samples = SAMPLES[view.getUint8(9)]
  const isPlain = view.getUint8(8) === 8 && view.getUint8(12) === 0
  const isSmall = widthPx <= limits.widthPx && widthPx * heightPx <= limits.maxPixels
  if (samples === undefined || !isPlain || !isSmall || widthPx * heightPx === 0) return undefined
  const stride = widthPx * samples
  const raw = inflate(chunks, (stride + 1) * heightPx)
  if (raw === undefined || !unfilter(raw, stride, samples)) return undefined
  return pixelsOf(raw, widthPx, samples)
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

/** Returns all chunks; undefined if one is damaged or may change the colours. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | undefined {
  const view = viewOf(bytes)
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (end + 4 > bytes.length || !HARMLESS.has(type)) return undefined
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) return undefined
    chunks.push({ type, data: bytes.subarray(at + 8, end) })
    if (type === 'IEND') return chunks
    at = end + 4
  }
  return undefined
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Inflates the pixels, which may be no more than `size` bytes. Undefined if the data are damaged or of another size. */
function inflate(chunks: readonly Chunk[], size: number): Uint8Array | undefined {
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  try {
    // A small picture is inflated into one chunk, because zlib allocates an array for each. The limit is for headers that claim too much.
    const chunkSize = Math.max(64, Math.min(size + 1, ONE_PIECE_BYTES))
    const raw = inflateSync(Buffer.concat(parts), { maxOutputLength: size, chunkSize })
    return raw.length === size ? raw : undefined
  } catch {
    return undefined
  }
}

/** Undoes the filter of each row, which the row's first byte names. Returns false for an unknown filter. */
function unfilter(raw: Uint8Array, stride: number, samples: number): boolean {
  for (let from = 1; from < raw.length; from += stride + 1) {
    const filter = raw[from - 1] as number
    if (filter > 4) return false
    if (filter > 0) unfilterRow(raw, { from, stride, samples, filter })
  }
  return true
}

interface Row {
  readonly from: number
  readonly stride: number
  readonly samples: number
  readonly filter: number
}

function unfilterRow(raw: Uint8Array, { from, stride, samples, filter }: Row): void {
  const up = from - stride - 1
  const end = from + stride
  if (filter === 1) {
    for (let i = from + samples; i < end; i++) {
      raw[i] = (raw[i] as number) + (raw[i - samples] as number)
    }
    return
  }
  for (let i = from; i < end; i++) {
    const left = i < from + samples ? 0 : (raw[i - samples] as number)
    const above = up < 0 ? 0 : (raw[up + i - from] as number)
    let guess = above
    if (filter === 3) guess = (left + above) >> 1
    else if (filter === 4) {
      const corner = i < from + samples || up < 0 ? 0 : (raw[up + i - from - samples] as number)
      guess = nearest(left, above, corner)
    }
    raw[i] = (raw[i] as number) + guess
  }
}

/** Paeth's predictor: returns the neighbour that is nearest to left + above - corner. */
function nearest(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner)
  const toAbove = Math.abs(left - corner)
  const toCorner = Math.abs(left + above - corner - corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

function pixelsOf(raw: Uint8Array, widthPx: number, samples: number): Pixels {
  const stride = widthPx * samples
  const heightPx = raw.length / (stride + 1)
  const data = new Uint8Array(stride * heightPx)
  for (let y = 0; y < heightPx; y++) {
    const row = y * (stride + 1) + 1
    data.set(raw.subarray(row, row + stride), y * stride)
  }
  if (samples === 1) return greyPixels({ widthPx, heightPx, data })
  return ownPixels({ widthPx, heightPx, data: samples === 4 ? data : withAlpha(data) })
}

function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255)
  for (let i = 0, at = 0; i < rgb.length; i += 3, at += 4) {
    rgba[at] = rgb[i] as number
    rgba[at + 1] = rgb[i + 1] as number
    rgba[at + 2] = rgb[i + 2] as number
  }
  return rgba
}
