/** Cells beside each other as one picture: text from the glyphs, symbols and images at their places. */

import {
  type Bitmap,
  blitBitmap,
  createBitmap,
  invertBitmap,
  turnBitmap,
} from '../../model/bitmap.js'
import type { Report } from '../../model/diagnostic.js'
import type { Block, RowBlock } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import { type CellSizes, drawLine } from './draw-line.js'

/** Draws a row as one picture: as wide as the paper, or as the content that was turned. */
export function drawRow(row: RowBlock, fonts: CellSizes, report: Report): Bitmap {
  const upright = row.turn === 0 || row.turn === 180
  const bitmap = createBitmap(row.insideDots, upright ? row.heightDots : row.widthDots)
  for (const { y: top, blocks } of row.cells) {
    let y = top
    for (const block of blocks) y += drawBlock(bitmap, block, y, fonts, report)
  }
  if (row.inverse !== undefined) invertBitmap(bitmap, row.inverse)
  return turnBitmap(bitmap, row.turn)
}

/** Draws `block` at row `y` and returns its height. A cell never holds cuts or pulses. */
function drawBlock(
  bitmap: Bitmap,
  block: Block,
  y: number,
  fonts: CellSizes,
  report: Report,
): number {
  switch (block.kind) {
    case 'line':
      blitBitmap(bitmap, drawLine(block, bitmap.widthDots, fonts, report), 0, y)
      return block.heightDots
    case 'image':
      blitBitmap(bitmap, block.bitmap, block.x, y)
      return block.bitmap.heightDots
    case 'symbol':
      blitBitmap(bitmap, symbolBitmap(block.symbol), block.x, y)
      return block.heightDots
    case 'row':
      blitBitmap(bitmap, drawRow(block, fonts, report), block.x, y)
      return block.heightDots
    case 'feed':
    case 'cut':
      return block.heightDots
    case 'pulse':
    case 'device':
      return 0
    default:
      return block satisfies never
  }
}
