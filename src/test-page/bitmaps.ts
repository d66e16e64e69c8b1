/** The pictures of the test page: bars of known widths, rulers, and a picture to try the image commands with. */
import { drawGlyph, fillRect } from '../glyphs/draw.js'
import { glyphFor } from '../glyphs/glyphs.js'
import { type Bitmap, createBitmap } from '../model/bitmap.js'

/** Draws a bar with ticks every 8 dots and a block at its right end. If the block is cut off on paper, the bar is too wide. */
export function bar(widthDots: number): Bitmap {
  const bitmap = createBitmap(widthDots, 16)
  fillRect(bitmap, 0, 7, widthDots, 2)
  for (let x = 0; x < widthDots; x += 8) fillRect(bitmap, x, x % 40 === 0 ? 4 : 7, 1, 5)
  fillRect(bitmap, widthDots - 12, 0, 12, 16)
  return bitmap
}

/** Draws a ruler with a tick every 10 dots and a number every 50. */
export function dotRuler(widthDots: number): Bitmap {
  const bitmap = createBitmap(widthDots, 36)
  for (let x = 0; x < widthDots; x += 10) {
    fillRect(bitmap, x, 0, 1, x % 100 === 0 ? 16 : x % 50 === 0 ? 12 : 6)
  }
  for (let x = 50; x < widthDots; x += 50) drawNumber(bitmap, x, x - 13, 18)
  return bitmap
}

/** Draws a vertical ruler with a tick every millimetre, counted from the bottom row upwards. */
export function feedRuler(heightMm: number, dotsPerMm: number): Bitmap {
  const rows = Math.round(heightMm * dotsPerMm)
  const bitmap = createBitmap(96, rows)
  for (let mm = 0; mm <= heightMm; mm++) {
    const y = Math.max(0, rows - 1 - Math.round(mm * dotsPerMm))
    fillRect(bitmap, 0, y, mm % 5 === 0 ? 48 : mm % 5 === 2 ? 16 : 24, 1)
    if (mm % 5 === 0) drawNumber(bitmap, mm, 56, Math.min(Math.max(0, y - 8), rows - 17))
  }
  return bitmap
}

/**
 * Draws a picture of 64 × 24 dots: wedges that fall to the right, and squares. Its bytes are 00 and 80 to FF, so that a printer that takes
 * them for text finds no command among them.
 */
export function tryPicture(): Bitmap {
  const bitmap = createBitmap(64, 24)
  for (let y = 0; y < 24; y++) {
    for (let byte = 0; byte < 8; byte++) {
      const wedge = (0xff << (7 - (y % 8))) & 0xff
      const square = (byte + (y >> 3)) % 2 === 0 ? 0xff : 0
      bitmap.data[y * 8 + byte] = byte < 3 ? wedge : square
    }
  }
  return bitmap
}

function drawNumber(bitmap: Bitmap, value: number, x: number, y: number): void {
  for (const [index, digit] of [...String(value)].entries()) {
    const glyph = glyphFor(digit.charCodeAt(0), 'B', 1)
    if (glyph !== undefined) drawGlyph(bitmap, glyph, x + index * 9, y)
  }
}
