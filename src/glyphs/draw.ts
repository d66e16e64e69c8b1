/** Draws glyphs and rectangles on packed one-bit rows. */
import type { Glyph } from './glyph-file.js'

/** A surface to draw on: a `Bitmap`, or a roll of paper that grows. */
export interface DotTarget {
  readonly widthDots: number
  readonly heightDots: number
  /** `heightDots` rows (or more) of `(widthDots + 7) >> 3` bytes. */
  readonly data: Uint8Array
}

export interface GlyphDrawing {
  /** Width multiple, 1 to 8. Default 1. */
  readonly scaleX?: number
  /** Height multiple, 1 to 8. Default 1. */
  readonly scaleY?: number
  /** Thicken by one dot to the right. Default false. */
  readonly bold?: boolean
}

/** ORs a glyph into the target with its top left corner at (x, y). Dots outside are dropped. */
export function drawGlyph(
  target: DotTarget,
  glyph: Glyph,
  x: number,
  y: number,
  drawing: GlyphDrawing = {},
): void {
  const scaleX = drawing.scaleX ?? 1
  const scaleY = drawing.scaleY ?? 1
  if (scaleX === 1 && scaleY === 1 && drawing.bold !== true) {
    drawPlain(target, glyph, x, y)
    return
  }
  const perRow = (glyph.widthDots + 7) >> 3
  const width = glyph.widthDots * scaleX
  const line = new Uint8Array(((width + 7) >> 3) + 1)
  for (let row = 0; row < glyph.heightDots; row++) {
    if (!fillLine(line, glyph.rows, row * perRow, perRow, scaleX)) continue
    if (drawing.bold === true) embolden(line, width)
    for (let copy = 0; copy < scaleY; copy++) {
      orRow(target, line, width, x, y + row * scaleY + copy)
    }
  }
}

/** Draws a glyph without scaling or bold, which is the common case. */
function drawPlain(target: DotTarget, glyph: Glyph, x: number, y: number): void {
  const { rows, widthDots, heightDots } = glyph
  const perRow = (widthDots + 7) >> 3
  const stride = (target.widthDots + 7) >> 3
  const first = x >> 3
  const isInside =
    x >= 0 && x + widthDots <= target.widthDots && y >= 0 && y + heightDots <= target.heightDots
  if (!isInside) {
    if (x >= target.widthDots || y >= target.heightDots) return
    for (let row = 0; row < heightDots; row++) {
      orRow(target, rows.subarray(row * perRow, (row + 1) * perRow), widthDots, x, y + row)
    }
    return
  }
  const { data } = target
  const shift = 8 - (x & 7)
  let from = 0
  // The last byte that is written may lie after the row's end, but only white dots are added to it.
  for (let base = y * stride + first, row = 0; row < heightDots; row++, base += stride) {
    // Rows of two or three bytes are written at once, because the rows of almost all fonts have that length.
    if (perRow === 2) {
      const bits = (((rows[from] as number) << 8) | (rows[from + 1] as number)) << shift
      from += 2
      if (bits === 0) continue
      data[base] = (data[base] as number) | (bits >> 16)
      data[base + 1] = (data[base + 1] as number) | (bits >> 8)
      data[base + 2] = (data[base + 2] as number) | bits
    } else if (perRow === 3) {
      const high = ((rows[from] as number) << 8) | (rows[from + 1] as number)
      const bits = ((high << 8) | (rows[from + 2] as number)) << shift
      from += 3
      if (bits === 0) continue
      data[base] = (data[base] as number) | (bits >>> 24)
      data[base + 1] = (data[base + 1] as number) | (bits >> 16)
      data[base + 2] = (data[base + 2] as number) | (bits >> 8)
      data[base + 3] = (data[base + 3] as number) | bits
    } else {
      from = orBytes(data, base, rows, from, perRow, shift)
    }
  }
}

/** ORs `count` bytes into the data, `8 - shift` dots to the right of a byte's edge. Returns the offset after them in `rows`. */
function orBytes(
  data: Uint8Array,
  base: number,
  rows: Uint8Array,
  start: number,
  count: number,
  shift: number,
): number {
  let carry = 0
  for (let i = 0; i < count; i++) {
    const bits = ((rows[start + i] as number) << shift) | carry
    data[base + i] = (data[base + i] as number) | (bits >> 8)
    carry = (bits & 0xff) << 8
  }
  data[base + count] = (data[base + count] as number) | (carry >> 8)
  return start + count
}

/** Writes one row of a glyph, widened by `scale`, into `line`. Returns false if the row is white. */
function fillLine(
  line: Uint8Array,
  rows: Uint8Array,
  at: number,
  perRow: number,
  scale: number,
): boolean {
  line.fill(0)
  let black = 0
  for (let i = 0; i < perRow; i++) {
    const byte = rows[at + i] as number
    if (byte === 0) continue
    black |= byte
    if (scale === 1) line[i] = byte
    else widen(line, byte, i * 8, scale)
  }
  return black !== 0
}

function widen(line: Uint8Array, byte: number, firstDot: number, scale: number): void {
  for (let bit = 0; bit < 8; bit++) {
    if ((byte & (0x80 >> bit)) === 0) continue
    const from = (firstDot + bit) * scale
    for (let dot = from; dot < from + scale; dot++) {
      line[dot >> 3] = (line[dot >> 3] as number) | (0x80 >> (dot & 7))
    }
  }
}

/** ORs the row with itself one dot to the right, inside its own width. */
function embolden(line: Uint8Array, width: number): void {
  let carry = 0
  for (let i = 0; i < line.length; i++) {
    const byte = line[i] as number
    line[i] = byte | (byte >> 1) | carry
    carry = (byte & 1) << 7
  }
  const last = width >> 3
  line[last] = (line[last] as number) & (0xff00 >> (width & 7)) & 0xff
}

/** ORs `width` dots of a packed row into the target at (x, y). */
export function orRow(
  target: DotTarget,
  line: Uint8Array,
  width: number,
  x: number,
  y: number,
): void {
  if (y < 0 || y >= target.heightDots || x >= target.widthDots) return
  const { data } = target
  const stride = (target.widthDots + 7) >> 3
  const base = y * stride
  const shift = x & 7
  const first = x >> 3
  const bytes = (width + 7) >> 3
  for (let i = 0; i < bytes; i++) {
    const byte = line[i] as number
    if (byte === 0) continue
    const at = first + i
    if (at >= 0 && at < stride) data[base + at] = (data[base + at] as number) | (byte >> shift)
    if (shift > 0 && at + 1 >= 0 && at + 1 < stride) {
      data[base + at + 1] = (data[base + at + 1] as number) | ((byte << (8 - shift)) & 0xff)
    }
  }
  const used = target.widthDots & 7
  if (used !== 0) {
    const last = base + stride - 1
    data[last] = (data[last] as number) & (0xff00 >> used) & 0xff
  }
}

/** Makes a rectangle black (underline). Dots outside are dropped. */
export function fillRect(
  target: DotTarget,
  x: number,
  y: number,
  widthDots: number,
  heightDots: number,
): void {
  changeRect(target, x, y, widthDots, heightDots, (byte, mask) => byte | mask)
}

/** Swaps black and white in a rectangle (inverse text). Dots outside are dropped. */
export function invertRect(
  target: DotTarget,
  x: number,
  y: number,
  widthDots: number,
  heightDots: number,
): void {
  changeRect(target, x, y, widthDots, heightDots, (byte, mask) => byte ^ mask)
}

function changeRect(
  target: DotTarget,
  x: number,
  y: number,
  widthDots: number,
  heightDots: number,
  change: (byte: number, mask: number) => number,
): void {
  const left = Math.max(0, x)
  const right = Math.min(target.widthDots, x + widthDots)
  if (left >= right) return
  const { data } = target
  const stride = (target.widthDots + 7) >> 3
  const firstByte = left >> 3
  const lastByte = (right - 1) >> 3
  const bottom = Math.min(target.heightDots, y + heightDots)
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let i = firstByte; i <= lastByte; i++) {
      let mask = 0xff
      if (i === firstByte) mask &= 0xff >> (left & 7)
      if (i === lastByte) mask &= (0xff << (7 - ((right - 1) & 7))) & 0xff
      const at = row * stride + i
      data[at] = change(data[at] as number, mask)
    }
  }
}
