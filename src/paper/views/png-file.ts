/** Writes PNGs of dots or of a few colours. Rows are not filtered, because filters help photographs, not paper, and take most time. */

import { zlibSync } from 'fflate'
import { deflateZlib } from '#glyph-data'
import { joinBytes } from '../../model/join-bytes.js'

export interface PngPixels {
  readonly width: number
  readonly height: number
  /** Bits of a pixel: 1 is black and white, 8 an index into the palette. */
  readonly depth: 1 | 8
  /** The rows from the top, each beginning with a new byte. */
  readonly data: Uint8Array
  /** Colours as red, green and blue; needed with 8 bits. */
  readonly palette?: readonly (readonly [number, number, number])[]
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const GREY = 0
const INDEXED = 3

/**
 * Returns the bytes of the file.
 * @example writePng({ width: 8, height: 1, depth: 1, data: new Uint8Array([0b10101010]) })
 */
export function writePng({ width, height, depth, data, palette }: PngPixels): Uint8Array {
  const size = Math.ceil((width * depth) / 8)
  // Each row begins with the number of its filter, which is 0 for none.
  const rows = new Uint8Array((size + 1) * height)
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * size, (y + 1) * size), y * (size + 1) + 1)
  }
  const colour = palette === undefined ? GREY : INDEXED
  const chunks = [
    chunk('IHDR', [...uint32(width), ...uint32(height), depth, colour, 0, 0, 0]),
    ...(palette === undefined ? [] : [chunk('PLTE', palette.flat())]),
    chunk('IDAT', deflateZlib(rows, zlibSync)),
    chunk('IEND', []),
  ]
  return joinBytes([Uint8Array.from(SIGNATURE), ...chunks])
}

/** Length, name, data, and the checksum of name and data. */
function chunk(name: string, data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  bytes.set(uint32(data.length))
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i)
  bytes.set(data, 8)
  bytes.set(uint32(crc32(bytes.subarray(4, data.length + 8))), data.length + 8)
  return bytes
}

function uint32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

let table: Int32Array | undefined

/** Computes the checksum of a PNG chunk (ISO/IEC 15948, annex D). */
function crc32(bytes: Uint8Array): number {
  table ??= makeTable()
  let crc = -1
  for (let i = 0; i < bytes.length; i++) {
    crc = (table[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8)
  }
  return ~crc
}

function makeTable(): Int32Array {
  const made = new Int32Array(256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    made[n] = c
  }
  return made
}
