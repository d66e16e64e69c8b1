/** Barcodes of GS k on the paper: bars, and the human readable text above or below. */
import { drawGlyph, glyphFor } from '../glyphs/index.js'
import { type Bitmap, createBitmap } from '../model/bitmap.js'
import type { FontCell } from '../model/metrics.js'
import type { FontId } from '../model/style.js'
import { barsBitmap } from '../symbols/barcode.js'
import { readBarcode } from './barcodes/index.js'
import { cellOf } from './characters.js'
import type { Machine } from './machine.js'
import { putBoxSymbol, putSymbol } from './symbols.js'

/** Prints the barcode of type `m` (0 UPC-A … 8 CODE128 …); data that the symbology cannot hold are noted. */
export function putBarcode(machine: Machine, m: number, data: Uint8Array, offset: number): void {
  const barcode = readBarcode(m, data)
  if (barcode === undefined) {
    machine.paper.note('SYMBOL_NOT_PRINTED', `GS k type ${m} cannot hold these data`, offset)
    return
  }
  if (barcode.elements === undefined) {
    putBoxSymbol(machine, barcode.kind, data, offset)
    return
  }
  const { barModule, barHeight } = machine.modes
  const bars = barsBitmap(barcode.elements, barModule, barHeight)
  putSymbol(machine, barcode.kind, barcode.data, withText(machine, bars, barcode.data), offset)
}

/** The bars with their text, as `GS H` has it, centred; text wider than the bars widens the symbol. */
function withText(machine: Machine, bars: Bitmap, text: string): Bitmap {
  const { hriPosition, hriFont } = machine.modes
  if (hriPosition === 0) return bars
  const cell = cellOf(machine.profile.fonts, hriFont)
  const above = (hriPosition & 1) === 1 ? cell.heightDots : 0
  const below = (hriPosition & 2) === 2 ? cell.heightDots : 0
  const width = Math.max(bars.widthDots, text.length * cell.widthDots)
  const whole = createBitmap(width, above + bars.heightDots + below)
  const inset = (width - bars.widthDots) >> 1
  drawGlyph(whole, { ...bars, rows: bars.data }, inset, above)
  if (above > 0) drawText(whole, text, hriFont, cell, 0)
  if (below > 0) drawText(whole, text, hriFont, cell, above + bars.heightDots)
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
