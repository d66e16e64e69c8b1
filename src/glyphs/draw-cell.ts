/** Draws one styled character cell: glyph, bold, underline, inverse. Printer and encoder draw by the same function. */

import type { TextStyle } from '../model/style.js'
import { type DotTarget, drawGlyph, fillRect, invertRect } from './draw.js'
import type { Glyph } from './glyph-file.js'

export interface CellBox {
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
}

/** A smaller glyph stands on the cell's bottom, in the middle of its width; the underline is the cell's last rows. */
export function drawCell(
  target: DotTarget,
  glyph: Glyph | undefined,
  box: CellBox,
  style: TextStyle,
): void {
  const { x, y, widthDots, heightDots } = box
  if (glyph !== undefined) {
    const { width: scaleX, height: scaleY } = style
    const bold = style.bold || style.doubleStrike
    const insetX = (widthDots - glyph.widthDots * scaleX) >> 1
    const insetY = heightDots - glyph.heightDots * scaleY
    drawGlyph(target, glyph, x + insetX, y + insetY, { scaleX, scaleY, bold })
  }
  if (style.inverse) invertRect(target, x, y, widthDots, heightDots)
  else if (style.underline > 0) {
    fillRect(target, x, y + heightDots - style.underline, widthDots, style.underline)
  }
}
