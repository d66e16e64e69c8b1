/** Symbols on the paper: drawn from their data; composite ones as a box. */

import { fillRect } from '../../glyphs/draw.js'
import type { Bitmap } from '../../model/bitmap.js'
import { blitBitmap, createBitmap, turnBitmap } from '../../model/bitmap.js'
import { isDataNotLoaded } from '../../model/data-not-loaded.js'
import { XiaopiaoError } from '../../model/errors.js'
import type { QrSymbol, SymbolSpec } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import { advance, finishLine, type Machine, printArea, putItem, wrapFullLine } from '../machine.js'
import { alignedX } from '../text/line.js'

/** Prints a symbol as the printer's own generator would; a symbol that it would not print is noted. */
export function putNative(machine: Machine, symbol: SymbolSpec, offset: number): void {
  const { symbology, data } = symbol
  putDrawn(machine, symbology, data, () => symbolBitmap(symbol), offset)
}

/** Does the same as `putNative` for a symbol that `draw` draws. */
export function putDrawn(
  machine: Machine,
  kind: string,
  data: string,
  draw: () => Bitmap,
  offset: number,
): void {
  const bitmap = tryBitmap(machine, kind, offset, draw)
  if (bitmap !== undefined) putSymbol(machine, kind, data, bitmap, offset)
}

/** Returns the picture that `draw` makes, or undefined with a note that the symbol cannot hold its data. */
export function tryBitmap(
  machine: Machine,
  kind: string,
  offset: number,
  draw: () => Bitmap,
): Bitmap | undefined {
  try {
    return draw()
  } catch (error) {
    if (!(error instanceof XiaopiaoError) || isDataNotLoaded(error)) throw error
    machine.paper.note('SYMBOL_NOT_PRINTED', `${kind}: ${error.message}`, offset)
    return undefined
  }
}

/** Number of symbol characters that fit into a row of GS1 DataBar Expanded Stacked: a pair takes 49 modules, and the guards 4. */
export function segmentsIn(widthDots: number, moduleDots: number): number {
  const pairs = Math.floor((widthDots / moduleDots - 4) / 49)
  return Math.min(22, Math.max(2, 2 * pairs))
}

export interface SymbolPlace {
  /** Rows that hang under the line in page mode. Default 0. */
  readonly below?: number
  /** Whether a symbol that is too wide to be printed still feeds its height. Default false. */
  readonly feeds?: boolean
  /** Dots from the start of the line in standard mode. Default 0. */
  readonly moved?: number
}

/**
 * Draws a symbol on separate rows, or in the line of page mode, where it may hang under the line. A symbol that is
 * wider than the print area is not printed, as on paper.
 */
export function putSymbol(
  machine: Machine,
  kind: string,
  data: string,
  bitmap: Bitmap,
  offset: number,
  { below = 0, feeds = false, moved = 0 }: SymbolPlace = {},
): void {
  const inPage = machine.page !== undefined
  if (inPage) wrapFullLine(machine, bitmap.widthDots, offset)
  else finishLine(machine, offset)
  const { sheet, line } = machine
  const { areaLeft, areaWidth } = printArea(machine)
  const { widthDots, heightDots } = bitmap
  const left = inPage ? line.x : moved
  if (left + widthDots > areaWidth) {
    const message = `the ${kind} symbol is ${widthDots} dots wide, the print area ${areaWidth - left}: not printed`
    machine.paper.note('SYMBOL_TOO_WIDE', message, offset)
    if (feeds && !inPage) sheet.feed(heightDots, offset)
    return
  }
  if (inPage) {
    const { x } = line
    advance(machine, x + widthDots, heightDots - below, offset)
    putItem(machine, { kind: 'symbol', x, bitmap, below, symbol: kind, data, offset })
    return
  }
  const { align, upsideDown } = machine.modes
  const x = areaLeft + moved + alignedX(moved + widthDots, { areaWidth, align, upsideDown })
  const y = sheet.headRow
  sheet.reserve(y + heightDots)
  blitBitmap(sheet, upsideDown ? turnBitmap(bitmap, 180) : bitmap, x, y)
  sheet.symbols.push({ kind, data, x, y, widthDots, heightDots, offset })
  sheet.seamRow = -1
  sheet.feed(heightDots, offset)
}

/** Logs a symbol that cannot be drawn. A box with a cross takes its place on the paper. */
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
  machine.paper.note('SYMBOL_NOT_DRAWN', `the ${kind} symbol is shown as a box`, offset)
  putSymbol(machine, kind, text, box, offset)
}

/** The data of a QR code: text if the bytes are UTF-8, else text of one character per byte, and the bytes. */
export function qrDataOf(bytes: Uint8Array): Pick<QrSymbol, 'data' | 'bytes'> {
  const data = utf8Text(bytes)
  return data === undefined ? { data: textOfBytes(bytes), bytes } : { data }
}

/** The text of stored bytes: read as UTF-8 if they are, else one character per byte. */
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
