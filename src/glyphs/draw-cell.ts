/** Draws one styled character cell: glyph, bold, underline, inverse. Printer and encoder draw by the same function. */

import { blitBitmap, createBitmap } from '../model/bitmap.js'
import type { TextStyle } from '../model/style.js'
import { type DotTarget, drawGlyph, fillRect, invertRect } from './draw.js'
import type { Glyph } from './glyph-file.js'

export interface CellBox {
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
}

/**
 * Draws a cell. A smaller glyph is placed at the cell's bottom, in the middle of its width; the underline is the cell's last rows.
 * Dots are only added, so an inverse cell over others makes none of their dots white.
 */
export function drawCell(
  target: DotTarget,
  glyph: Glyph | undefined,
  box: CellBox,
  style: TextStyle,
): void {
  if (style.inverse) {
    drawInverse(target, glyph, box, style)
    return
  }
  if (glyph !== undefined) drawInCell(target, glyph, box, style)
  drawStrike(target, box, style)
  if (style.underline > 0) {
    const { x, y, widthDots, heightDots } = box
    fillRect(target, x, y + heightDots - style.underline, widthDots, style.underline)
  }
}

function drawInCell(target: DotTarget, glyph: Glyph, box: CellBox, style: TextStyle): void {
  const { width: scaleX, height: scaleY } = style
  const bold = style.bold || style.doubleStrike
  const insetX = (box.widthDots - glyph.widthDots * scaleX) >> 1
  const insetY = box.heightDots - glyph.heightDots * scaleY
  drawGlyph(target, glyph, box.x + insetX, box.y + insetY, { scaleX, scaleY, bold })
}

function drawStrike(target: DotTarget, box: CellBox, { strike }: TextStyle): void {
  if (strike !== true) return
  const { x, y, widthDots, heightDots } = box
  fillRect(target, x, y + (heightDots >> 1) - 1, widthDots, 2)
}

function drawInverse(
  target: DotTarget,
  glyph: Glyph | undefined,
  { x, y, widthDots, heightDots }: CellBox,
  style: TextStyle,
): void {
  const cell = createBitmap(widthDots, heightDots)
  const inside = { x: 0, y: 0, widthDots, heightDots }
  if (glyph !== undefined) drawInCell(cell, glyph, inside, style)
  drawStrike(cell, inside, style)
  invertRect(cell, 0, 0, widthDots, heightDots)
  blitBitmap(target, cell, x, y)
}
