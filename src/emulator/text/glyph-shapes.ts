/** Glyphs turned by 90°, as `ESC V` prints them, and those of users in the cells of a font. */

import { drawGlyph, fillRect } from '../../glyphs/draw.js'
import type { Glyph } from '../../glyphs/glyph-file.js'
import { createBitmap, dotAt } from '../../model/bitmap.js'
import type { FontCell } from '../../model/metrics.js'

/** The glyph turned by 90° clockwise. */
export function turnGlyph(glyph: Glyph): Glyph {
  const source = { widthDots: glyph.widthDots, heightDots: glyph.heightDots, data: glyph.rows }
  const turned = createBitmap(glyph.heightDots, glyph.widthDots)
  for (let y = 0; y < turned.heightDots; y++) {
    for (let x = 0; x < turned.widthDots; x++) {
      if (dotAt(source, y, glyph.heightDots - 1 - x)) fillRect(turned, x, y, 1, 1)
    }
  }
  return { widthDots: turned.widthDots, heightDots: turned.heightDots, rows: turned.data }
}

/** Puts a glyph into the upper left corner of a cell; dots that do not fit are cut off. */
export function fitToCell(glyph: Glyph, cell: FontCell): Glyph {
  const { widthDots, heightDots } = cell
  const fitted = createBitmap(widthDots, heightDots)
  drawGlyph(fitted, glyph, 0, 0)
  return { widthDots, heightDots, rows: fitted.data }
}

const doubled = new WeakMap<Glyph, Map<number, Glyph>>()

/** Doubles the dots of a glyph in a cell. The result is cached, because each character asks for it. */
export function doubleGlyph(glyph: Glyph, cell: FontCell): Glyph {
  const sizes = doubled.get(glyph) ?? new Map<number, Glyph>()
  doubled.set(glyph, sizes)
  const key = cell.widthDots * 256 + cell.heightDots
  let large = sizes.get(key)
  if (large === undefined) {
    const { widthDots, heightDots } = cell
    const fitted = createBitmap(widthDots, heightDots)
    drawGlyph(fitted, glyph, 0, 0, { scaleX: 2, scaleY: 2 })
    large = { widthDots, heightDots, rows: fitted.data }
    sizes.set(key, large)
  }
  return large
}
