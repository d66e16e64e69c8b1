/** Text as dots, from the embedded glyphs: for characters and lines that the printer cannot print as text. */

import { invertRect } from '../../glyphs/draw.js'
import { drawCell } from '../../glyphs/draw-cell.js'
import type { Glyph } from '../../glyphs/glyph-file.js'
import { glyphFor } from '../../glyphs/glyphs.js'
import { missingGlyph } from '../../glyphs/missing-glyph.js'
import { type Bitmap, blitBitmap, createBitmap } from '../../model/bitmap.js'
import { type Cells, emDots, hasLetters, letterDots } from '../../model/cells.js'
import { cellText } from '../../model/cut-cells.js'
import type { Report } from '../../model/diagnostic.js'
import { type FontCell, SMALL_FONT } from '../../model/metrics.js'
import { mirrored } from '../../model/mirrored.js'
import type { Profile } from '../../model/profile.js'
import { highestDots, inkedDots, type LineBlock, type Run } from '../../model/strip.js'
import type { TextStyle } from '../../model/style.js'
import { drawLetters, type PlacedLetter } from './draw-script.js'
import { PIN_DOTS } from './pin-image.js'

export type CellSizes = Pick<Profile, 'fonts' | 'hanzi' | 'head'>

/**
 * Draws the runs of a line on their common bottom, in a picture `widthDots` wide and as high as the tallest run. Characters
 * of the printer that our font lacks become boxes, which `GLYPH_MISSING` reports.
 */
export function drawLine(
  line: LineBlock,
  widthDots: number,
  fonts: CellSizes,
  report: Report,
): Bitmap {
  const bitmap = createBitmap(widthDots, inkedDots(line.runs))
  const bottom = highestDots(line.runs)
  const missing = (text: string) => {
    const message = `'${text}' stands in a line that is printed as dots, and there are none for it: it is a box`
    report({ code: 'GLYPH_MISSING', severity: 'error', message, path: line.path })
  }
  for (const run of line.runs) drawRun(bitmap, run, fonts, { missing, bottom })
  return bitmap
}

interface LineTarget {
  readonly missing: (text: string) => void
  /** Row below the cells of all runs. */
  readonly bottom: number
}

function drawRun(
  bitmap: Bitmap,
  run: Run,
  fonts: CellSizes,
  { missing, bottom }: LineTarget,
): void {
  const { cells, style } = run
  if (hasLetters(cells)) {
    drawShapedRun(bitmap, run, fonts, { missing, bottom })
    return
  }
  const { half, hanzi } = cellsOf(style, fonts)
  const isPins = fonts.head === '9-pin'
  const drawnStyle = isPins ? pinStyle(style) : style
  // A dot of a pin is two dots of the strip wide and begins at an even one.
  let x = isPins ? run.x - (run.x % PIN_DOTS) : run.x
  for (const i of seenCells(run)) {
    const cell = cells.width[i] === 2 ? hanzi : half
    const widthDots = cell.widthDots * style.width
    const heightDots = cell.heightDots * style.height
    const glyph = glyphOf(run, i, fonts, missing)
    const y = bottom - heightDots
    drawCell(bitmap, glyph, { x, y, widthDots, heightDots }, drawnStyle)
    x += widthDots
    const spaceDots = style.letterSpacing * style.width
    if (spaceDots === 0) continue
    drawCell(bitmap, undefined, { x, y, widthDots: spaceDots, heightDots }, style)
    x += spaceDots
  }
}

/** Draws a run with letters of shaped scripts: in black on white first, because letters reach beyond their cells. */
function drawShapedRun(bitmap: Bitmap, run: Run, fonts: CellSizes, line: LineTarget): void {
  const { cells, style, x: left, widthDots } = run
  const { half, hanzi } = cellsOf(style, fonts)
  const plain = { ...style, inverse: false, underline: 0, strike: false } as const
  const drawn = createBitmap(bitmap.widthDots, bitmap.heightDots)
  const letters: PlacedLetter[] = []
  const em = emDots(half.heightDots, style.width)
  let x = left
  for (const i of seenCells(run)) {
    const letter = cells.letters?.[i]
    const cell = cells.width[i] === 2 ? hanzi : half
    const heightDots = cell.heightDots * style.height
    const own = letter === undefined ? cell.widthDots * style.width : letterDots(letter, em)
    const box = { x, y: line.bottom - heightDots, widthDots: own, heightDots }
    if (letter !== undefined) letters.push({ letter, x })
    else drawCell(drawn, glyphOf(run, i, fonts, line.missing), box, plain)
    x += own + style.letterSpacing * style.width
  }
  drawLetters(drawn, letters, style, { bottom: line.bottom, cellDots: half.heightDots })
  const { heightDots } = run
  drawCell(
    drawn,
    undefined,
    { x: left, y: line.bottom - heightDots, widthDots, heightDots },
    { ...style, inverse: false },
  )
  if (style.inverse) invertRect(drawn, left, 0, widthDots, drawn.heightDots)
  blitBitmap(bitmap, drawn, 0, 0)
}

/** The indices of a run's cells from left to right. */
function seenCells({ cells, isRightToLeft }: Run): readonly number[] {
  const last = cells.length - 1
  return Array.from({ length: cells.length }, (_, i) => (isRightToLeft === true ? last - i : i))
}

function glyphOf(
  { cells, style, isRightToLeft }: Run,
  index: number,
  fonts: CellSizes,
  missing: (text: string) => void,
): Glyph | undefined {
  const written = cellText(cells, index)
  const text = isRightToLeft === true ? mirrored(written) : written
  if (text === ' ' || text === '\u3000') return undefined
  const code = text.codePointAt(0) as number
  const wide = cells.width[index] === 2
  const isPins = fonts.head === '9-pin'
  const { half, hanzi } = cellsOf(style, fonts)
  const cell = wide ? hanzi : half
  const glyph = isPins ? pinGlyph(code, wide, cell) : inkGlyph(code, wide, style)
  if (glyph !== undefined) return glyph
  missing(text)
  const side = isPins ? PIN_DOTS : 1
  return missingGlyph(cell.widthDots / side, cell.heightDots / side)
}

function cellsOf({ font }: TextStyle, { fonts, hanzi, head }: CellSizes) {
  if (font === 'small') return head === '9-pin' ? { half: fonts.A, hanzi } : SMALL_FONT
  return { half: fonts[font] ?? fonts.A, hanzi }
}

/** Falls back to Font B for half-width characters, because it has signs that Font A lacks. */
function inkGlyph(code: number, wide: boolean, style: TextStyle): Glyph | undefined {
  return glyphFor(code, style.font, wide ? 2 : 1) ?? (wide ? undefined : glyphFor(code, 'B', 1))
}

/** Half-width cells are five or six pins wide, and the sixth column of their glyphs is white. */
function pinGlyph(code: number, wide: boolean, cell: FontCell): Glyph | undefined {
  const glyph = glyphFor(code, 'pin', wide ? 2 : 1)
  if (glyph === undefined || glyph.widthDots * PIN_DOTS <= cell.widthDots) return glyph
  const narrow = createBitmap(cell.widthDots / PIN_DOTS, glyph.heightDots)
  blitBitmap(narrow, { ...glyph, data: glyph.rows }, 0, 0)
  return { ...narrow, rows: narrow.data }
}

function pinStyle(style: TextStyle): TextStyle {
  const { width, height } = style
  return { ...style, width: width * PIN_DOTS, height: height * PIN_DOTS }
}

/** The glyph of a drawn cell at normal size, in bold if the style is bold. */
export function drawnGlyph(cells: Cells, index: number, style: TextStyle): Bitmap {
  const glyph = glyphFor(cells.code[index] as number, style.font, cells.width[index] === 2 ? 2 : 1)
  const bitmap = createBitmap(glyph?.widthDots ?? 24, glyph?.heightDots ?? 24)
  const box = { x: 0, y: 0, widthDots: bitmap.widthDots, heightDots: bitmap.heightDots }
  drawCell(bitmap, glyph, box, style)
  return bitmap
}
