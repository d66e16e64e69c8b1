/** Pictures for a head of 9 pins: bands of `ESC *` in mode 0, whose dots are 2 × 2 of the strip's. */

import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'
import { columnImages, withoutBlankEnd } from './column-image.js'
import type { Command, CommandOut } from './commands/index.js'

/** Side of a pin's dot in dots of the strip. */
export const PIN_DOTS = 2
/** Pins that print pictures. */
const BAND_PINS = 8
/** Feed from one band to the next. */
export const BAND_DOTS = BAND_PINS * PIN_DOTS
/** Single density, because in mode 1 the head leaves out every dot that has another beside it. */
const MODE = 0

/** Pushes a picture as bands under each other, with a line spacing of their height, which is restored afterwards. */
export function pushPinBands(bitmap: Bitmap, lineSpacingDots: number, out: CommandOut): void {
  out.push({ kind: 'lineSpacing', n: BAND_DOTS })
  for (let y = 0; y < bitmap.heightDots; y += BAND_DOTS) {
    out.push(...pinImages(pinColumns(bitmap, 0, bitmap.widthDots, y)), { kind: 'lineFeed' })
  }
  out.push({ kind: 'lineSpacing', n: lineSpacingDots })
}

/** Makes `ESC *` of columns. Each column is one byte, so a new command can begin inside any real-time request. */
export function pinImages(columns: Uint8Array): Command[] {
  return columnImages(withoutBlankEnd(columns, 1), 1, MODE) ?? []
}

/** The columns `fromX` to `toX` (exclusive) of the band whose first row is `top`: black where half of a dot's square is. */
export function pinColumns(bitmap: Bitmap, fromX: number, toX: number, top: number): Uint8Array {
  const columns = new Uint8Array(Math.ceil((toX - fromX) / PIN_DOTS))
  for (let pin = 0; pin < BAND_PINS; pin++) {
    const y = top + pin * PIN_DOTS
    if (y >= bitmap.heightDots || y + 1 < 0) continue
    for (let i = 0; i < columns.length; i++) {
      const x = fromX + i * PIN_DOTS
      const black = inkAt(bitmap, x, y) + inkAt(bitmap, x + 1, y)
      if (black + inkAt(bitmap, x, y + 1) + inkAt(bitmap, x + 1, y + 1) < 2) continue
      columns[i] = (columns[i] as number) | (0x80 >> pin)
    }
  }
  return columns
}

function inkAt(bitmap: Bitmap, x: number, y: number): number {
  if (x >= bitmap.widthDots || y < 0 || y >= bitmap.heightDots) return 0
  const byte = bitmap.data[y * bytesPerRow(bitmap.widthDots) + (x >> 3)] as number
  return (byte >> (7 - (x & 7))) & 1
}
