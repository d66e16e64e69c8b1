/** Letters of shaped scripts, at their places in a line of dots. */

import { Ink } from '../../glyphs/fill-outlines.js'
import { type Bitmap, blitBitmap, createBitmap } from '../../model/bitmap.js'
import { baselineDots, emDots, type ScriptLetter } from '../../model/cells.js'
import type { TextStyle } from '../../model/style.js'

export interface PlacedLetter {
  readonly letter: ScriptLetter
  /** Left edge in dots. */
  readonly x: number
}

/**
 * Draws the letters of a run.
 * @param bottom row below the cells of the line, from which the baseline is counted
 * @param cellDots height of the font's cell
 */
export function drawLetters(
  target: Bitmap,
  letters: readonly PlacedLetter[],
  style: TextStyle,
  { bottom, cellDots }: { readonly bottom: number; readonly cellDots: number },
): void {
  const ink = new Ink(target.widthDots, target.heightDots)
  const emX = emDots(cellDots, style.width)
  const emY = emDots(cellDots, style.height)
  const y = bottom - baselineDots(cellDots, style.height)
  for (const { letter, x } of letters) {
    // A letter keeps its fraction of a dot, because neighbours would not join if each began at a whole dot.
    const offset = letter.at * emX - Math.round(letter.at * emX)
    for (const outline of letter.outlines) ink.add(outline, { x: x + offset, y, emX, emY })
  }
  const drawn = createBitmap(target.widthDots, target.heightDots)
  ink.fill(drawn)
  blitBitmap(target, drawn, 0, 0)
  if (style.bold || style.doubleStrike) blitBitmap(target, drawn, 1, 0)
}
