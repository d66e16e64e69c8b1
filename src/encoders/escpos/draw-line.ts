/** Text as dots, from the embedded glyphs: for characters and lines that the printer cannot print as text. */

import { drawCell } from '../../glyphs/draw-cell.js'
import type { Glyph } from '../../glyphs/glyph-file.js'
import { glyphFor } from '../../glyphs/glyphs.js'
import { missingGlyph } from '../../glyphs/missing-glyph.js'
import { type Bitmap, blitBitmap, createBitmap } from '../../model/bitmap.js'
import type { Cells } from '../../model/cells.js'
import { cellText } from '../../model/cut-cells.js'
import type { Report } from '../../model/diagnostic.js'
import { type FontCell, SMALL_FONT } from '../../model/metrics.js'
import type { Profile } from '../../model/profile.js'
import type { LineBlock, Run } from '../../model/strip.js'
import type { TextStyle } from '../../model/style.js'
import { PIN_DOTS } from './pin-image.js'

export type CellSizes = Pick<Profile, 'fonts' | 'hanzi' | 'head'>

/**
 * The runs of a line, `widthDots` wide and as high as the tallest run, on their common bottom. Characters of the printer
 * that our font lacks become boxes; `GLYPH_MISSING` says so.
 */
export function drawLine(
  line: LineBlock,
  widthDots: number,
  fonts: CellSizes,
  report: Report,
): Bitmap {
  let heightDots = 0
  for (const run of line.runs) if (run.heightDots > heightDots) heightDots = run.heightDots
  const bitmap = createBitmap(widthDots, heightDots)
  const missing = (text: string) => {
    const message = `'${text}' stands in a line that is printed as dots, and there are none for it: it is a box`
    report({ code: 'GLYPH_MISSING', severity: 'error', message, path: line.path })
  }
  for (const run of line.runs) drawRun(bitmap, run, fonts, missing)
  return bitmap
}

function drawRun(
  bitmap: Bitmap,
  { cells, style, x: left }: Run,
  fonts: CellSizes,
  missing: (text: string) => void,
): void {
  const { half, hanzi } = cellsOf(style, fonts)
  const isPins = fonts.head === '9-pin'
  const drawnStyle = isPins ? pinStyle(style) : style
  // A dot of a pin begins at an even one of the strip.
  let x = isPins ? left - (left % PIN_DOTS) : left
  for (let i = 0; i < cells.length; i++) {
    const wide = cells.width[i] === 2
    const cell = wide ? hanzi : half
    const widthDots = cell.widthDots * style.width
    const heightDots = cell.heightDots * style.height
    const text = cellText(cells, i)
    let glyph: Glyph | undefined
    if (text !== ' ' && text !== '\u3000') {
      const code = text.codePointAt(0) as number
      glyph = isPins ? pinGlyph(code, wide, cell) : inkGlyph(code, wide, style)
      if (glyph === undefined) {
        missing(text)
        const side = isPins ? PIN_DOTS : 1
        glyph = missingGlyph(cell.widthDots / side, cell.heightDots / side)
      }
    }
    const y = bitmap.heightDots - heightDots
    drawCell(bitmap, glyph, { x, y, widthDots, heightDots }, drawnStyle)
    x += widthDots
    const spaceDots = style.letterSpacing * style.width
    if (spaceDots === 0) continue
    drawCell(bitmap, undefined, { x, y, widthDots: spaceDots, heightDots }, style)
    x += spaceDots
  }
}

function cellsOf({ font }: TextStyle, { fonts, hanzi, head }: CellSizes) {
  if (font === 'small') return head === '9-pin' ? { half: fonts.A, hanzi } : SMALL_FONT
  return { half: fonts[font] ?? fonts.A, hanzi }
}

/** The small font has signs that the large one lacks. */
function inkGlyph(code: number, wide: boolean, style: TextStyle): Glyph | undefined {
  return glyphFor(code, style.font, wide ? 2 : 1) ?? (wide ? undefined : glyphFor(code, 'B', 1))
}

/** Single cells are five or six pins wide, of which the glyphs leave the sixth white. */
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

/** The glyph of a drawn cell at normal size, in bold where the style says so. */
export function drawnGlyph(cells: Cells, index: number, style: TextStyle): Bitmap {
  const glyph = glyphFor(cells.code[index] as number, style.font, cells.width[index] === 2 ? 2 : 1)
  const bitmap = createBitmap(glyph?.widthDots ?? 24, glyph?.heightDots ?? 24)
  const box = { x: 0, y: 0, widthDots: bitmap.widthDots, heightDots: bitmap.heightDots }
  drawCell(bitmap, glyph, box, style)
  return bitmap
}
