/** Shapes that are not in the font: turned glyphs, and the box of a character that the printer cannot show. */
import type { Glyph } from '../glyphs/index.js'
import { fillRect } from '../glyphs/index.js'
import { createBitmap, dotAt } from '../model/bitmap.js'

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

const boxes = new Map<number, Glyph>()

/** An upright empty box in a cell of this size: ▯. */
export function missingGlyph(widthDots: number, heightDots: number): Glyph {
  const key = widthDots * 256 + heightDots
  let box = boxes.get(key)
  if (box === undefined) {
    box = drawBox(widthDots, heightDots)
    boxes.set(key, box)
  }
  return box
}

function drawBox(widthDots: number, heightDots: number): Glyph {
  const bitmap = createBitmap(widthDots, heightDots)
  const left = Math.min(2, widthDots >> 2)
  const top = heightDots >> 3
  const width = widthDots - 2 * left
  const height = heightDots - 2 * top
  fillRect(bitmap, left, top, width, 1)
  fillRect(bitmap, left, top + height - 1, width, 1)
  fillRect(bitmap, left, top, 1, height)
  fillRect(bitmap, left + width - 1, top, 1, height)
  return { widthDots, heightDots, rows: bitmap.data }
}
