/** The box that is drawn for a character whose dots we do not have. */
import { createBitmap } from '../model/bitmap.js'
import { fillRect } from './draw.js'
import type { Glyph } from './glyph-file.js'

const boxes = new Map<number, Glyph>()

/** Returns an upright empty box in a cell of this size: ▯. */
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
