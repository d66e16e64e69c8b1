/** Writes PNG files of one-bit pictures (PNG specification, third edition: greyscale, bit depth 1, no filter). */
import { deflateBytes } from '#glyph-data'
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Black dots on white, one pixel a dot. The picture must have a dot at least. */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const parts = [
    signature,
    chunk('IHDR', header(bitmap)),
    chunk('IDAT', deflateBytes(scanlines(bitmap))),
    chunk('IEND', new Uint8Array(0)),
  ]
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    png.set(part, at)
    at += part.length
  }
  return png
}

function header({ widthDots, heightDots }: Bitmap): Uint8Array {
  const bytes = new Uint8Array(13)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, widthDots)
  view.setUint32(4, heightDots)
  // Depth 1, grey, deflate, the standard filters, not interlaced.
  bytes[8] = 1
  return bytes
}

/** Each row after a byte 0 (no filter); in PNG a set bit is white. */
function scanlines({ widthDots, heightDots, data }: Bitmap): Uint8Array {
  const stride = bytesPerRow(widthDots)
  const lines = new Uint8Array((stride + 1) * heightDots)
  let from = 0
  let to = 0
  for (let row = 0; row < heightDots; row++) {
    to++
    for (let i = 0; i < stride; i++) lines[to++] = ~(data[from++] as number)
  }
  return lines
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

let crcTable: Uint32Array | undefined

function crc32(bytes: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let value = n
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
    return value
  })
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) {
    crc = (crcTable[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}
