/** PNG files to RGBA pixels; inflating is the caller's, so that this runs anywhere. */

import type { Pixels } from '../model/bitmap.js'
import { type Colours, channelsOf, painterOf, type SampleFormat, uint16 } from './png-samples.js'

/** Undoes zlib compression, or throws; must not give (nor hold) more than `maxBytes`. */
export type Inflate = (data: Uint8Array, maxBytes: number) => Uint8Array

export interface PngHeader extends SampleFormat {
  readonly widthPx: number
  readonly heightPx: number
  readonly interlaced: boolean
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** First column and row of each Adam7 pass, and the steps between its pixels. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}

/** What the file says of itself, before anything is decoded. Throws an Error when it is not a PNG header. */
export function pngHeader(bytes: Uint8Array): PngHeader {
  if (!isPng(bytes) || bytes.length < 33 || chunkType(bytes, 12) !== 'IHDR') {
    throw new Error('no PNG header')
  }
  const header = {
    widthPx: uint32(bytes, 16),
    heightPx: uint32(bytes, 20),
    bitDepth: bytes[24] as number,
    colourType: bytes[25] as number,
    interlaced: bytes[28] === 1,
  }
  if (header.widthPx === 0 || header.heightPx === 0) throw new Error('an empty picture')
  if (channelsOf[header.colourType] === undefined) throw new Error('an unknown colour type')
  if (![1, 2, 4, 8, 16].includes(header.bitDepth)) throw new Error('an unknown bit depth')
  return header
}

/**
 * The picture of a PNG file: any colour type, depth and interlacing; 16-bit samples keep their high byte.
 * Throws an Error when the file is damaged.
 */
export function decodePng(bytes: Uint8Array, inflate: Inflate): Pixels {
  const header = pngHeader(bytes)
  const chunks = chunksOf(bytes)
  const passes = passesOf(header)
  const expected = passes.reduce((sum, pass) => sum + pass.rows * (1 + pass.rowBytes), 0)
  const raw = inflate(chunks.compressed, expected)
  if (raw.length < expected) throw new Error('the picture ends too early')
  const data = new Uint8Array(header.widthPx * header.heightPx * 4)
  const paint = painterOf(header, chunks, data)
  let at = 0
  for (const pass of passes) {
    let above: Uint8Array = new Uint8Array(pass.rowBytes)
    for (let row = 0; row < pass.rows; row++) {
      const filter = raw[at] as number
      const line = raw.subarray(at + 1, at + 1 + pass.rowBytes)
      unfilter(filter, line, above, pass.pixelBytes)
      const target = (pass.y + row * pass.stepY) * header.widthPx + pass.x
      paint(line, pass.columns, target, pass.stepX)
      above = line
      at += 1 + pass.rowBytes
    }
  }
  return { widthPx: header.widthPx, heightPx: header.heightPx, data }
}

interface Chunks extends Colours {
  readonly compressed: Uint8Array
}

function chunksOf(bytes: Uint8Array): Chunks {
  const parts: Uint8Array[] = []
  let palette: Uint8Array | undefined
  let transparency: Uint8Array | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = uint32(bytes, at)
    const type = chunkType(bytes, at + 4)
    if (type === 'IEND') break
    if (at + 12 + length > bytes.length) throw new Error(`the ${type} chunk ends too early`)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IDAT') parts.push(content)
    else if (type === 'PLTE') palette = content
    else if (type === 'tRNS') transparency = content
    at += 12 + length
  }
  const compressed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let filled = 0
  for (const part of parts) {
    compressed.set(part, filled)
    filled += part.length
  }
  return { compressed, palette, transparency }
}

interface Pass {
  readonly x: number
  readonly y: number
  readonly stepX: number
  readonly stepY: number
  readonly columns: number
  readonly rows: number
  readonly rowBytes: number
  readonly pixelBytes: number
}

function passesOf(header: PngHeader): Pass[] {
  const bits = header.bitDepth * (channelsOf[header.colourType] as number)
  const layout = header.interlaced ? adam7 : [[0, 0, 1, 1] as const]
  return layout
    .map(([x, y, stepX, stepY]) => {
      const columns = Math.max(0, Math.ceil((header.widthPx - x) / stepX))
      const rows = Math.max(0, Math.ceil((header.heightPx - y) / stepY))
      const rowBytes = Math.ceil((columns * bits) / 8)
      return { x, y, stepX, stepY, columns, rows, rowBytes, pixelBytes: Math.max(1, bits >> 3) }
    })
    .filter((pass) => pass.columns > 0 && pass.rows > 0)
}

/** Undoes a row's filter in place: each byte was stored as its difference to a guess from its neighbours. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  switch (filter) {
    case 0:
      return
    case 1:
      for (let i = pixelBytes; i < line.length; i++) {
        line[i] = (line[i] as number) + (line[i - pixelBytes] as number)
      }
      return
    case 2:
      for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + (above[i] as number)
      return
    case 3:
      for (let i = 0; i < line.length; i++) {
        const left = i < pixelBytes ? 0 : (line[i - pixelBytes] as number)
        line[i] = (line[i] as number) + ((left + (above[i] as number)) >> 1)
      }
      return
    case 4:
      for (let i = 0; i < line.length; i++) {
        const first = i < pixelBytes
        const left = first ? 0 : (line[i - pixelBytes] as number)
        const corner = first ? 0 : (above[i - pixelBytes] as number)
        line[i] = (line[i] as number) + nearest(left, above[i] as number, corner)
      }
      return
    default:
      throw new Error(`the row filter ${filter} is unknown`)
  }
}

/** Paeth's guess: of the three neighbours the one nearest to left + up − corner. */
function nearest(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - 2 * corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2)
}

function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
