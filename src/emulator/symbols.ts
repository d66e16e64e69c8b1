/** Symbols on the paper: drawn from their data; composite ones as a box. */

import { fillRect } from '../glyphs/index.js'
import type { Bitmap } from '../model/bitmap.js'
import { blitBitmap, createBitmap } from '../model/bitmap.js'
import { XiaopiaoError } from '../model/errors.js'
import type { SymbolSpec } from '../model/strip.js'
import { symbolBitmap } from '../symbols/symbol.js'
import { alignedX } from './line.js'
import { finishLine, type Machine, printArea } from './machine.js'

/** Prints a symbol as the printer's own generator would; what it would not print is noted. */
export function putNative(machine: Machine, symbol: SymbolSpec, offset: number): void {
  const { symbology, data } = symbol
  let bitmap: Bitmap
  try {
    bitmap = symbolBitmap(symbol)
  } catch (error) {
    if (!(error instanceof XiaopiaoError)) throw error
    machine.paper.note('SYMBOL_NOT_PRINTED', `${symbology}: ${error.message}`, offset)
    return
  }
  putSymbol(machine, symbology, data, bitmap, offset)
}

/** Draws a symbol on rows of its own; one that is wider than the print area is not printed, as on paper. */
export function putSymbol(
  machine: Machine,
  kind: string,
  data: string,
  bitmap: Bitmap,
  offset: number,
): void {
  finishLine(machine, offset)
  const { sheet } = machine
  const { areaLeft, areaWidth } = printArea(machine)
  const { widthDots, heightDots } = bitmap
  if (widthDots > areaWidth) {
    const message = `The ${kind} symbol is ${widthDots} dots wide, the print area ${areaWidth}: not printed`
    machine.paper.note('SYMBOL_TOO_WIDE', message, offset)
    return
  }
  const align = machine.page === undefined ? machine.modes.align : 'left'
  const x = areaLeft + alignedX(widthDots, { areaWidth, align })
  const y = sheet.headRow
  sheet.reserve(y + heightDots)
  blitBitmap(sheet, bitmap, x, y)
  sheet.symbols.push({ kind, data, x, y, widthDots, heightDots, offset })
  sheet.seamRow = -1
  sheet.feed(heightDots, offset)
}

/** A symbol that is logged and not drawn: a box with a cross keeps its place. */
export function putBoxSymbol(machine: Machine, kind: string, data: Uint8Array, offset: number) {
  const text = textOfBytes(data)
  const side = 96
  const box = createBitmap(Math.min(side, printArea(machine).areaWidth), side)
  const { widthDots } = box
  fillRect(box, 0, 0, widthDots, 2)
  fillRect(box, 0, side - 2, widthDots, 2)
  fillRect(box, 0, 0, 2, side)
  fillRect(box, widthDots - 2, 0, 2, side)
  for (let i = 0; i < widthDots; i++) {
    fillRect(box, i, i, 1, 1)
    fillRect(box, i, side - 1 - i, 1, 1)
  }
  machine.paper.note('SYMBOL_NOT_DRAWN', `The ${kind} symbol is shown as a box`, offset)
  putSymbol(machine, kind, text, box, offset)
}

/** The text of stored bytes: UTF-8 where they are, else one character per byte. */
export function textOfBytes(bytes: Uint8Array): string {
  return utf8Text(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

function utf8Text(bytes: Uint8Array): string | undefined {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] as number
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    if (length === 0 || first > 0xf4 || i + length > bytes.length) return undefined
    let codePoint = length === 1 ? first : first & (0x7f >> length)
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] as number
      if ((next & 0xc0) !== 0x80) return undefined
      codePoint = (codePoint << 6) | (next & 0x3f)
    }
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return undefined
    if (length > 2 && codePoint < (length === 3 ? 0x800 : 0x10000)) return undefined
    text += String.fromCodePoint(codePoint)
    i += length
  }
  return text
}
