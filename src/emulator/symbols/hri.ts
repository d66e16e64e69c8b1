/** The human readable text of symbols, above or below them. */
import { drawGlyph } from '../../glyphs/draw.js'
import { glyphFor } from '../../glyphs/glyphs.js'
import { type Bitmap, createBitmap } from '../../model/bitmap.js'
import type { FontCell } from '../../model/metrics.js'
import type { FontId } from '../../model/style.js'
import type { Machine } from '../machine.js'
import { cellOf } from '../text/font-cells.js'

/** Draws the symbol with its text centred above and below. Text that is wider than the symbol widens the picture. */
export function drawHri(
  machine: Machine,
  symbol: Bitmap,
  text: string,
  fonts: { readonly above: FontId | undefined; readonly below: FontId | undefined },
): Bitmap {
  const { above, below } = fonts
  const font = above ?? below
  if (font === undefined) return symbol
  const cell = cellOf(machine.profile.fonts, font)
  const top = above === undefined ? 0 : cell.heightDots
  const bottom = below === undefined ? 0 : cell.heightDots
  const width = Math.max(symbol.widthDots, text.length * cell.widthDots)
  const whole = createBitmap(width, top + symbol.heightDots + bottom)
  const inset = (width - symbol.widthDots) >> 1
  drawGlyph(whole, { ...symbol, rows: symbol.data }, inset, top)
  if (above !== undefined) drawText(whole, text, font, cell, 0)
  if (below !== undefined) drawText(whole, text, font, cell, top + symbol.heightDots)
  return whole
}

function drawText(target: Bitmap, text: string, font: FontId, cell: FontCell, y: number): void {
  let x = (target.widthDots - text.length * cell.widthDots) >> 1
  for (const character of text) {
    const glyph = glyphFor(character.codePointAt(0) ?? 0, font, 1)
    if (glyph !== undefined) drawGlyph(target, glyph, x, y)
    x += cell.widthDots
  }
}
