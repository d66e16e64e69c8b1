/** One-bit pictures: packed rows, leftmost dot in the high bit, 1 = black. */

export interface Bitmap {
  readonly widthDots: number
  readonly heightDots: number
  /** `heightDots` rows of `bytesPerRow(widthDots)` bytes; the bits beyond the width are 0. */
  readonly data: Uint8Array
}

/** Colour pictures before they are made into dots: RGBA, 8 bits each, not premultiplied. */
export interface Pixels {
  readonly widthPx: number
  readonly heightPx: number
  readonly data: Uint8Array
  /** Addresses in an SVG of pictures or styles that were not loaded. Default none. */
  readonly notLoaded?: readonly string[]
}

export function bytesPerRow(widthDots: number): number {
  return (widthDots + 7) >> 3
}

export function createBitmap(widthDots: number, heightDots: number): Bitmap {
  return { widthDots, heightDots, data: new Uint8Array(bytesPerRow(widthDots) * heightDots) }
}

/** Returns the picture with white rows added below, up to `heightDots`. */
export function paddedBitmap(bitmap: Bitmap, heightDots: number): Bitmap {
  if (heightDots <= bitmap.heightDots) return bitmap
  const padded = createBitmap(bitmap.widthDots, heightDots)
  padded.data.set(bitmap.data)
  return padded
}

/** Whether the dot at (x, y) is black; outside the picture it is white. */
export function dotAt(bitmap: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= bitmap.widthDots || y >= bitmap.heightDots) return false
  const byte = bitmap.data[y * bytesPerRow(bitmap.widthDots) + (x >> 3)] as number
  return (byte & (0x80 >> (x & 7))) !== 0
}

/** Whether no dot is black, so that the picture prints as white paper. */
export function isBlank(bitmap: Bitmap): boolean {
  return bitmap.data.every((byte) => byte === 0)
}

/** ORs `source` into `target` with its top left corner at (x, y). Dots outside of `target` are dropped. */
export function blitBitmap(target: Bitmap, source: Bitmap, x: number, y: number): void {
  const targetStride = bytesPerRow(target.widthDots)
  const sourceStride = bytesPerRow(source.widthDots)
  const shift = ((x % 8) + 8) % 8
  const firstByte = (x - shift) / 8
  for (let row = 0; row < source.heightDots; row++) {
    const targetRow = y + row
    if (targetRow < 0 || targetRow >= target.heightDots) continue
    for (let i = 0; i < sourceStride; i++) {
      const value = source.data[row * sourceStride + i] as number
      if (value === 0) continue
      const at = firstByte + i
      const base = targetRow * targetStride
      if (at >= 0 && at < targetStride) {
        target.data[base + at] = (target.data[base + at] as number) | (value >> shift)
      }
      const next = at + 1
      if (shift > 0 && next >= 0 && next < targetStride) {
        target.data[base + next] =
          (target.data[base + next] as number) | ((value << (8 - shift)) & 0xff)
      }
    }
    clearPastWidth(target, targetRow)
  }
}

function clearPastWidth(bitmap: Bitmap, row: number): void {
  const used = bitmap.widthDots & 7
  if (used === 0) return
  const last = (row + 1) * bytesPerRow(bitmap.widthDots) - 1
  bitmap.data[last] = (bitmap.data[last] as number) & (0xff << (8 - used)) & 0xff
}

/** Swaps black and white in a part of `bitmap`. */
export function invertBitmap(
  bitmap: Bitmap,
  part: {
    readonly x: number
    readonly y: number
    readonly widthDots: number
    readonly heightDots: number
  },
): void {
  const stride = bytesPerRow(bitmap.widthDots)
  const right = Math.min(part.x + part.widthDots, bitmap.widthDots)
  const bottom = Math.min(part.y + part.heightDots, bitmap.heightDots)
  for (let y = part.y; y < bottom; y++) {
    for (let x = part.x; x < right; x++) {
      const at = y * stride + (x >> 3)
      bitmap.data[at] = (bitmap.data[at] as number) ^ (0x80 >> (x & 7))
    }
  }
}

/** Returns `bitmap` rotated clockwise. */
export function turnBitmap(bitmap: Bitmap, degrees: 0 | 90 | 180 | 270): Bitmap {
  if (degrees === 0) return bitmap
  const { widthDots: w, heightDots: h } = bitmap
  const turned = degrees === 180 ? createBitmap(w, h) : createBitmap(h, w)
  const stride = bytesPerRow(turned.widthDots)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      if (!dotAt(bitmap, x, y)) continue
      const tx = degrees === 90 ? h - 1 - y : degrees === 180 ? w - 1 - x : y
      const ty = degrees === 90 ? x : degrees === 180 ? h - 1 - y : w - 1 - x
      const at = ty * stride + (tx >> 3)
      turned.data[at] = (turned.data[at] as number) | (0x80 >> (tx & 7))
    }
  }
  return turned
}
