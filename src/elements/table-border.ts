/** Lines of dots around the rows and cells of a table. */

import type { Box } from '../layout/context.js'
import { drawHorizontal, drawVertical, horizontalLine } from '../layout/dot-lines.js'
import { pictureHeightDots } from '../layout/measure.js'
import type { Edges } from '../layout/table-cell.js'
import { inkHeightOf, refuseActions } from '../layout/zip-blocks.js'
import { createBitmap, paddedBitmap } from '../model/bitmap.js'
import type { Metrics } from '../model/metrics.js'
import type { Block, RowBlock } from '../model/strip.js'
import type { ElementContext } from './element.js'

export type TableBorder = 'none' | 'rules' | 'grid' | 'box'

export interface BorderedTable {
  readonly border: TableBorder
  readonly rows: readonly (readonly Block[])[]
  readonly edges: readonly Edges[]
  readonly hasHeader: boolean
  readonly hasFooter: boolean
  /** For each row, the number of columns that each cell covers. */
  readonly spans: readonly (readonly number[])[]
  /** White above and below the lines of a row, in dots. */
  readonly paddingDots: number
}

const LINE_DOTS = 2

function thicknessIn({ pictureDotDots: step = 1 }: Metrics): number {
  return Math.ceil(LINE_DOTS / step) * step
}

/** Returns the box for the cells of a framed table, inside the frame and half a gap of white. In a picture, any dot is a valid x. */
export function insideFrame(
  box: Box,
  gapDots: number,
  context: ElementContext,
): { readonly box: Box; readonly context: ElementContext } {
  const metrics = { ...context.metrics, placementGridDots: 1, marginDots: 0, pictureRowDots: 1 }
  const side = thicknessIn(metrics) + Math.max(gapDots >> 1, 4)
  return {
    box: { ...box, x: box.x + side, widthDots: box.widthDots - 2 * side },
    context: { ...context, metrics },
  }
}

/** Returns the rows of a table with lines between them; its text stays text. */
export function ruledRows(table: BorderedTable, box: Box, { metrics }: ElementContext): Block[] {
  const { rows, hasHeader, hasFooter, border, paddingDots } = table
  const bitmap = horizontalLine({ style: 'solid', thickness: thicknessIn(metrics) }, box.widthDots)
  const padded = paddedBitmap(bitmap, pictureHeightDots(bitmap.heightDots, metrics))
  const line: Block = { kind: 'image', x: box.x, bitmap: padded, path: box.path }
  // Lines of text already have white below them, so that much less is added.
  const leading = metrics.lineSpacingDots - metrics.fonts.A.heightDots
  const above = white(paddingDots)
  const below = white(paddingDots - leading)
  const last = rows.length - 1
  return rows.flatMap((row, r) => {
    const padded = [...above, ...row, ...below]
    if (border !== 'rules') return padded
    const isAbove = r === 0 || (hasFooter && r === last)
    const isBelow = r === last || (hasHeader && r === 0 && !(hasFooter && last === 1))
    return [...(isAbove ? [line] : []), ...padded, ...(isBelow ? [line] : [])]
  })
}

function white(heightDots: number): Block[] {
  return heightDots <= 0 ? [] : [{ kind: 'feed', heightDots }]
}

/** Draws each row of a framed table as its own picture, so that a long table does not become one huge picture. */
export function framedRows(table: BorderedTable, box: Box, context: ElementContext): Block[] {
  const { rows, hasHeader, hasFooter, border } = table
  const last = rows.length - 1
  return rows.map((row, r) => {
    refuseActions([{ blocks: row, valign: 'top' }], box.path)
    const isEdge = (hasHeader && r === 0) || (hasFooter && r === last - 1)
    const spans = table.spans[r] ?? []
    return framedRow(row, spans, table, box, context, {
      above: r === 0,
      below: r === last || border === 'grid' || isEdge,
    })
  })
}

function framedRow(
  row: readonly Block[],
  spans: readonly number[],
  { border, edges, paddingDots }: BorderedTable,
  box: Box,
  { metrics }: ElementContext,
  lines: { readonly above: boolean; readonly below: boolean },
): RowBlock {
  const thickness = thicknessIn(metrics)
  const look = { style: 'solid', thickness } as const
  const top = (lines.above ? thickness : 0) + paddingDots
  const heightDots = top + inkHeightOf(row) + paddingDots + (lines.below ? thickness : 0)
  const { widthDots } = box
  const rowDots = pictureHeightDots(heightDots, metrics)
  const frame = createBitmap(widthDots, rowDots)
  if (lines.above) drawHorizontal(frame, look, 0, 0, widthDots)
  if (lines.below) drawHorizontal(frame, look, 0, rowDots - thickness, widthDots)
  drawVertical(frame, look, 0, 0, rowDots)
  drawVertical(frame, look, widthDots - thickness, 0, rowDots)
  if (border === 'grid') {
    const places = linesBetween(edges, spans, thickness)
    // If a row had to be widened or stacked, its cells may cross the lines, which are then left out.
    const isApart = places.every((x) => !row.some((block) => coversX(block, x)))
    if (isApart) for (const x of places) drawVertical(frame, look, x - box.x, 0, rowDots)
  }
  return {
    kind: 'row',
    x: 0,
    widthDots: metrics.widthDots,
    insideDots: metrics.widthDots,
    heightDots: rowDots,
    turn: 0,
    cells: [
      { y: 0, blocks: [{ kind: 'image', x: box.x, bitmap: frame, path: box.path }] },
      { y: top, blocks: row },
    ],
    path: box.path,
  }
}

/** Returns the x of a line in the middle of each gap between two cells. */
function linesBetween(
  edges: readonly Edges[],
  spans: readonly number[],
  thickness: number,
): number[] {
  const places: number[] = []
  let column = 0
  for (let c = 0; column < edges.length - 1; c++) {
    column += spans[c] ?? 1
    const before = edges[column - 1]
    const after = edges[column]
    if (before === undefined || after === undefined) break
    places.push((before.x + before.widthDots + after.x - thickness) >> 1)
  }
  return places
}

function coversX(block: Block, x: number): boolean {
  const holds = (left: number, width: number) => left < x && x < left + width
  switch (block.kind) {
    case 'line':
      return block.runs.some((run) => holds(run.x, run.widthDots))
    case 'image':
      return holds(block.x, block.bitmap.widthDots)
    case 'symbol':
      return holds(block.x, block.widthDots)
    case 'row':
      return block.cells.some(({ blocks }) => blocks.some((one) => coversX(one, x)))
    default:
      return false
  }
}
