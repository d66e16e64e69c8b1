/** Windows bitmaps of `GS D`: uncompressed, of 1, 4, 8 or 24 bits a pixel, dark pixels print. */
import { fillRect } from '../../glyphs/draw.js'
import { type Bitmap, createBitmap } from '../../model/bitmap.js'

/** Bytes of the file that the decoder has taken, its signature and size. Offsets in the file are this much larger. */
const TAKEN = 6
/** Most dots of a bitmap that is read, because a larger one cannot be a sensible print. */
const MAX_DOTS = 8_000_000

/** Reads a bitmap. `bytes` are the file from its 7th byte on. Undefined if they are not such a bitmap. */
export function bitmapOfBmp(bytes: Uint8Array): Bitmap | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 54 - TAKEN) return undefined
  const dotsAt = view.getUint32(10 - TAKEN, true)
  const headerSize = view.getUint32(14 - TAKEN, true)
  const widthDots = view.getInt32(18 - TAKEN, true)
  const signedRows = view.getInt32(22 - TAKEN, true)
  const bits = view.getUint16(28 - TAKEN, true)
  const compression = view.getUint32(30 - TAKEN, true)
  const heightDots = Math.abs(signedRows)
  if (compression !== 0 || ![1, 4, 8, 24].includes(bits)) return undefined
  if (widthDots <= 0 || heightDots === 0 || widthDots * heightDots > MAX_DOTS) return undefined
  const stride = Math.ceil((widthDots * bits) / 32) * 4
  const first = dotsAt - TAKEN
  if (first < 0 || first + stride * heightDots > bytes.length) return undefined
  const palette = 14 + headerSize - TAKEN
  const bitmap = createBitmap(widthDots, heightDots)
  for (let y = 0; y < heightDots; y++) {
    const row = first + stride * (signedRows > 0 ? heightDots - 1 - y : y)
    for (let x = 0; x < widthDots; x++) {
      const at = bits === 24 ? row + x * 3 : palette + 4 * indexAt(bytes, row, x, bits)
      if (isDark(bytes, at)) fillRect(bitmap, x, y, 1, 1)
    }
  }
  return bitmap
}

function indexAt(bytes: Uint8Array, row: number, x: number, bits: number): number {
  const byte = bytes[row + ((x * bits) >> 3)] as number
  return (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)
}

/** Whether a pixel prints. Its bytes are blue, green and red. */
function isDark(bytes: Uint8Array, at: number): boolean {
  const [blue = 255, green = 255, red = 255] = bytes.subarray(at, at + 3)
  return red * 299 + green * 587 + blue * 114 < 128_000
}
