/** Lines and frames of dots, which touch where characters would leave gaps. */

import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import { SCISSORS } from '../model/scissors.js'

/** How a line of dots looks, horizontal or vertical; `thickness` is in dots. */
export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'double' | 'wave' | 'cut'

export interface LineLook {
  readonly style: LineStyle
  readonly thickness: number
}

/** Height of a wave from crest to trough, and length of one wave, in dots. */
const WAVE_HEIGHT = 8
const WAVE_LENGTH = 24

/** Returns the height in dots of a horizontal line, which is the width of a vertical one. */
export function lineDots({ style, thickness }: LineLook): number {
  if (style === 'double') return 3 * thickness
  if (style === 'wave') return WAVE_HEIGHT + thickness
  return style === 'cut' ? Math.max(SCISSORS.length, thickness) : thickness
}

/** Draws a horizontal line of `widthDots` as a picture; a `cut` line begins with scissors. */
export function horizontalLine(look: LineLook, widthDots: number): Bitmap {
  const bitmap = createBitmap(widthDots, lineDots(look))
  if (look.style !== 'cut') {
    drawHorizontal(bitmap, look, 0, 0, widthDots)
    return bitmap
  }
  SCISSORS.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) if (row[x] === '#') setDot(bitmap, x, y)
  })
  const from = SCISSORS[0].length + 6
  const y = (bitmap.heightDots - look.thickness) >> 1
  drawHorizontal(bitmap, { ...look, style: 'dashed' }, from, y, widthDots - from)
  return bitmap
}

type Draw = (bitmap: Bitmap, look: LineLook, x: number, y: number, length: number) => void

/** Draws a line from (x, y) to the right, its upper edge at y. */
export const drawHorizontal: Draw = (bitmap, look, x, y, length) =>
  eachInk(look, length, (along, across) => setDot(bitmap, x + along, y + across))

/** Draws a line from (x, y) down, its left edge at x. */
export const drawVertical: Draw = (bitmap, look, x, y, length) =>
  eachInk(look, length, (along, across) => setDot(bitmap, x + across, y + along))

/** Calls `tell` for each black dot of a line, with its distance from the beginning and from the edge of the line. */
function eachInk(
  look: LineLook,
  length: number,
  tell: (along: number, across: number) => void,
): void {
  const thick = lineDots(look)
  for (let along = 0; along < length; along++) {
    for (let across = 0; across < thick; across++) {
      if (hasInk(look, along, across)) tell(along, across)
    }
  }
}

function hasInk({ style, thickness }: LineLook, along: number, across: number): boolean {
  switch (style) {
    case 'dashed':
    case 'cut':
      return along % 14 < 8
    case 'dotted':
      return along % (3 * thickness) < thickness
    case 'double':
      return across < thickness || across >= 2 * thickness
    case 'wave': {
      const middle = (WAVE_HEIGHT / 2) * (1 + Math.sin((2 * Math.PI * along) / WAVE_LENGTH))
      return across >= Math.round(middle) && across < Math.round(middle) + thickness
    }
    default:
      return true
  }
}

/** Draws a rectangle whose outer edges are those of the box. The style `double` draws a second rectangle inside. */
export function drawFrame(
  bitmap: Bitmap,
  { style, thickness }: LineLook,
  box: { x: number; y: number; widthDots: number; heightDots: number },
): void {
  const { x, y, widthDots, heightDots } = box
  const isDouble = style === 'double'
  const one = { style: isDouble ? ('solid' as const) : style, thickness }
  drawHorizontal(bitmap, one, x, y, widthDots)
  drawHorizontal(bitmap, one, x, y + heightDots - thickness, widthDots)
  drawVertical(bitmap, one, x, y, heightDots)
  drawVertical(bitmap, one, x + widthDots - thickness, y, heightDots)
  if (!isDouble) return
  const inset = 2 * thickness
  const inner = { widthDots: widthDots - 2 * inset, heightDots: heightDots - 2 * inset }
  drawFrame(bitmap, one, { x: x + inset, y: y + inset, ...inner })
}

/** Returns a grey on which text is still legible: one dot in eight is black. `step` is the side of a picture's dot in dots. */
export function greyDots(widthDots: number, heightDots: number, step: number): Bitmap {
  const bitmap = createBitmap(widthDots, heightDots)
  for (let y = 0; y < heightDots; y += 2 * step) {
    for (let x = y % (4 * step) === 0 ? 0 : 2 * step; x < widthDots; x += 4 * step) {
      for (let k = 0; k < step * step; k++) setDot(bitmap, x + (k % step), y + Math.floor(k / step))
    }
  }
  return bitmap
}

/** Makes a rectangle white. */
export function eraseDots(bitmap: Bitmap, x: number, y: number, width: number, height: number) {
  const stride = bytesPerRow(bitmap.widthDots)
  for (let row = y; row < y + height; row++) {
    for (let at = x; at < x + width; at++) {
      const i = row * stride + (at >> 3)
      bitmap.data[i] = (bitmap.data[i] as number) & ~(0x80 >> (at & 7))
    }
  }
}

function setDot(bitmap: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= bitmap.widthDots || y >= bitmap.heightDots) return
  const at = y * bytesPerRow(bitmap.widthDots) + (x >> 3)
  bitmap.data[at] = (bitmap.data[at] as number) | (0x80 >> (x & 7))
}
