/** What a strip should look like on paper, drawn from the strip alone: the preview of bytes must be the same dots. */

import { drawCell, fillRect, glyphFor, missingGlyph } from '../../src/glyphs/index.js'
import { type Bitmap, blitBitmap, createBitmap, dotAt } from '../../src/model/bitmap.js'
import { ZONE_DRAWN, ZONE_MULTIBYTE } from '../../src/model/cells.js'
import { cellText } from '../../src/model/cut-cells.js'
import type { Profile } from '../../src/model/profile.js'
import type { Block, LineBlock, Rectangle, RowBlock, Run, Strip } from '../../src/model/strip.js'
import type { TextStyle } from '../../src/model/style.js'
import { symbolBitmap } from '../../src/symbols/symbol.js'

export interface Placed {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly widthDots: number
  readonly heightDots: number
  readonly style: TextStyle
  readonly multibyte: boolean
}

export interface PlacedCell extends Placed {
  readonly drawn: boolean
}

export interface PlacedLine {
  readonly y: number
  readonly heightDots: number
  /** Every cell, blanks as well. */
  readonly cells: readonly PlacedCell[]
}

/** Distance from a block's top to the next one's. */
export function heightOf(block: Block): number {
  if (block.kind === 'image') return block.bitmap.heightDots
  return 'heightDots' in block ? block.heightDots : 0
}

/** The lines of `strip` with every cell where it should be printed. */
export function placedLines(strip: Strip, profile: Profile): PlacedLine[] {
  const lines: PlacedLine[] = []
  let y = 0
  for (const block of strip.blocks) {
    if (block.kind === 'line') lines.push(placeLine(block, y, profile))
    y += heightOf(block)
  }
  return lines
}

function placeLine(line: LineBlock, y: number, profile: Profile): PlacedLine {
  const heightDots = Math.max(...line.runs.map((run) => run.heightDots))
  const cells = line.runs.flatMap((run) => placeRun(run, y + heightDots, profile))
  return { y, heightDots, cells }
}

function placeRun({ x: left, style, cells }: Run, bottom: number, profile: Profile): PlacedCell[] {
  const placed: PlacedCell[] = []
  let x = left
  for (let i = 0; i < cells.length; i++) {
    const isSmall = style.font === 'small' && profile.head !== '9-pin'
    const half = style.font === 'small' ? undefined : profile.fonts[style.font]
    const narrow = isSmall ? { widthDots: 9, heightDots: 17 } : (half ?? profile.fonts.A)
    const wide = isSmall ? { widthDots: 16, heightDots: 16 } : profile.hanzi
    const cell = cells.width[i] === 2 ? wide : narrow
    const widthDots = cell.widthDots * style.width
    const heightDots = cell.heightDots * style.height
    placed.push({
      text: cellText(cells, i),
      x,
      y: bottom - heightDots,
      widthDots,
      heightDots,
      style,
      multibyte: cells.zone[i] === ZONE_MULTIBYTE && cells.width[i] === 2,
      drawn: cells.zone[i] === ZONE_DRAWN || style.font === 'small' || style.strike === true,
    })
    x += widthDots + style.letterSpacing * style.width
  }
  return placed
}

/** Whether a cell leaves a mark on the paper. */
export function leavesMark({ text, style }: Placed): boolean {
  return (text !== ' ' && text !== '\u3000') || style.underline > 0 || style.inverse
}

export function drawStrip(strip: Strip, profile: Profile): Bitmap {
  const heightDots = strip.blocks.reduce((sum, block) => sum + heightOf(block), 0)
  const bitmap = createBitmap(strip.widthDots, heightDots)
  drawBlocks(bitmap, strip.blocks, 0, profile)
  return bitmap
}

function drawBlocks(bitmap: Bitmap, blocks: readonly Block[], top: number, profile: Profile): void {
  let y = top
  for (const block of blocks) {
    if (block.kind === 'line') {
      for (const cell of placeLine(block, y, profile).cells) drawPlaced(bitmap, cell)
    }
    if (block.kind === 'image') blitBitmap(bitmap, block.bitmap, block.x, y)
    if (block.kind === 'symbol') blitBitmap(bitmap, symbolBitmap(block.symbol), block.x, y)
    if (block.kind === 'row') drawRow(bitmap, block, y, profile)
    y += heightOf(block)
  }
}

/** What is beside each other, or turned: every black dot of the upright picture where turning takes it. */
function drawRow(target: Bitmap, row: RowBlock, top: number, profile: Profile): void {
  const { turn, insideDots, widthDots, heightDots } = row
  const insideHeight = turn === 0 || turn === 180 ? heightDots : widthDots
  const upright = createBitmap(insideDots, insideHeight)
  for (const cell of row.cells) drawBlocks(upright, cell.blocks, cell.y, profile)
  if (row.inverse !== undefined) changePlaces(upright, row.inverse)
  for (let y = 0; y < insideHeight; y++) {
    for (let x = 0; x < insideDots; x++) {
      if (!dotAt(upright, x, y)) continue
      const [right, down] = [insideDots - 1 - x, insideHeight - 1 - y]
      const place = { 0: [x, y], 90: [down, x], 180: [right, down], 270: [y, right] } as const
      const [toX, toY] = place[turn]
      fillRect(target, row.x + toX, top + toY, 1, 1)
    }
  }
}

/** Black becomes white, and white black. */
function changePlaces(bitmap: Bitmap, part: Rectangle): void {
  const before = { ...bitmap, data: bitmap.data.slice() }
  bitmap.data.fill(0)
  for (let y = 0; y < bitmap.heightDots; y++) {
    for (let x = 0; x < bitmap.widthDots; x++) {
      const isInside =
        x >= part.x && x < part.x + part.widthDots && y >= part.y && y < part.y + part.heightDots
      if (dotAt(before, x, y) !== isInside) fillRect(bitmap, x, y, 1, 1)
    }
  }
}

function drawPlaced(bitmap: Bitmap, cell: PlacedCell): void {
  const point = cell.text.codePointAt(0) as number
  const wide = cell.widthDots === (cell.style.font === 'small' ? 16 : 24) * cell.style.width
  const blank = cell.text === ' ' || cell.text === '\u3000'
  const glyph = blank ? undefined : glyphOf(cell, point, wide)
  drawCell(bitmap, glyph, cell, cell.style)
  const spaceDots = cell.style.letterSpacing * cell.style.width
  const space = { ...cell, x: cell.x + cell.widthDots, widthDots: spaceDots }
  if (spaceDots > 0) drawCell(bitmap, undefined, space, cell.style)
}

/** A character that the printer has and our font has not is a box in the preview. */
function glyphOf({ widthDots, heightDots, style }: PlacedCell, point: number, wide: boolean) {
  const small = wide ? undefined : glyphFor(point, 'B', 1)
  const found = glyphFor(point, style.font, wide ? 2 : 1) ?? small
  return found ?? missingGlyph(widthDots / style.width, heightDots / style.height)
}
