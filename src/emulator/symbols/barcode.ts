/** Barcodes of GS k on the paper: bars, and the human readable text above or below. */
import { endsAsSymbology } from '../../encoders/escpos/barcode-data.js'
import { drawGlyph } from '../../glyphs/draw.js'
import { glyphFor } from '../../glyphs/glyphs.js'
import { type Bitmap, createBitmap } from '../../model/bitmap.js'
import type { FontCell } from '../../model/metrics.js'
import type { FontId } from '../../model/style.js'
import { barsBitmap } from '../../symbols/barcode.js'
import type { Handlers } from '../commands/handlers.js'
import { finishLine, type Machine } from '../machine.js'
import { cellOf } from '../text/characters.js'
import {
  alienByte,
  checkCounted,
  checkTerminated,
  type DataCheck,
  readBarcode,
} from './barcodes/index.js'
import { putSymbol } from './symbols.js'

export type RunBytes = (machine: Machine, bytes: Uint8Array, offset: number) => void

/** `run` executes what printers take for text. */
export function barcodeCommands(
  run: RunBytes,
): Pick<Handlers, 'barcodeA' | 'barcodeAOpen' | 'barcodeB'> {
  return {
    barcodeA: (machine, { m, data }, offset) => {
      putBarcode(machine, m, { bytes: data, ...checkTerminated(m, data) }, offset)
    },
    barcodeAOpen: (machine, { m, data }, offset) => {
      const check = endsAsSymbology(m, data) ? checkTerminated(m, data) : alienByte
      putBarcode(machine, m, { bytes: data, ...check }, offset)
    },
    barcodeB: (machine, { m, data }, offset) => {
      const { end, ...check } = checkCounted(m - 65, data)
      putBarcode(machine, m - 65, { bytes: data.subarray(0, end), ...check }, offset)
      if (end < data.length) run(machine, data.subarray(end), offset)
    },
  }
}

interface BarcodeData extends DataCheck {
  readonly bytes: Uint8Array
}

/** Prints the barcode of type `m` (0 UPC-A … 8 CODE128 …), or notes why it cannot be printed. */
function putBarcode(
  machine: Machine,
  m: number,
  { bytes, wrong, feeds }: BarcodeData,
  offset: number,
): void {
  const { barModule, barHeight, hriPosition, hriFont } = machine.modes
  const barcode = wrong === undefined ? readBarcode(m, bytes) : undefined
  if (barcode?.elements === undefined) {
    const why = wrong ?? 'cannot hold these data'
    machine.paper.note('SYMBOL_NOT_PRINTED', `GS k type ${m}: ${why}`, offset)
    if (feeds) {
      finishLine(machine, offset)
      machine.sheet.feed(machine.page === undefined ? barHeight : 0, offset)
    }
  } else {
    const bars = barsBitmap(barcode.elements, barModule, barHeight)
    const whole = drawHri(machine, bars, barcode.hri ?? barcode.data, {
      above: (hriPosition & 1) === 1 ? hriFont : undefined,
      below: (hriPosition & 2) === 2 ? hriFont : undefined,
    })
    const below = (hriPosition & 2) === 2 ? cellOf(machine.profile.fonts, hriFont).heightDots : 0
    putSymbol(machine, barcode.kind, barcode.data, whole, offset, {
      below,
      feeds: true,
      moved: machine.modes.barLeft,
    })
  }
}

/** The symbol with its text above and below, centred; text wider than the symbol widens it. */
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
