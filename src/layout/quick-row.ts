/** Rows of plain text: their runs go straight into the lines of the row, without lines and blocks of each cell. */

import type { Block, Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { Column, Edges, FlowCell, PlacedCell } from './cell.js'
import type { LayoutContext } from './context.js'
import type { Flow } from './flow.js'
import type { Line } from './line.js'
import { cellsHeightDots, measureCells } from './measure.js'
import { alignedOffset, lineBlock } from './place.js'
import { plainPiece, quickWrap } from './quick-wrap.js'

/**
 * As `layoutRow`, of cells at the top of their columns without leaders and decimal points whose numbers fit. Undefined for
 * any other row, and where a line would be blank.
 */
export function quickRow(
  cells: readonly PlacedCell[],
  path: string,
  context: LayoutContext,
): Block[] | undefined {
  const lines: Run[][] = [[]]
  for (const { cell, column, edges } of cells) {
    if (!('flows' in cell) || !isSimple(cell, column)) return undefined
    const [flow] = cell.flows as readonly [Flow]
    if (flow.length === 0) continue
    const wrapped = linesOf(flow, cell, { column, edges }, context)
    if (wrapped === undefined) return undefined
    while (lines.length < wrapped.length) lines.push([])
    for (let i = 0; i < wrapped.length; i++) {
      const run = runOf(wrapped[i] as Line, { column, edges }, cell, context)
      if (run === undefined) return undefined
      ;(lines[i] as Run[]).push(run)
    }
  }
  const blocks: Block[] = []
  for (const runs of lines) {
    if (runs.length === 0) return undefined
    blocks.push(lineBlock(runs, context.metrics, path))
  }
  return blocks
}

interface Place {
  readonly column: Column
  readonly edges: Edges
}

function isSimple({ flows, align }: FlowCell, column: Column): boolean {
  return (
    flows.length === 1 &&
    column.valign === 'top' &&
    column.leader.length === 0 &&
    (align ?? column.align) !== 'decimal'
  )
}

function linesOf(
  flow: Flow,
  cell: FlowCell,
  { column, edges }: Place,
  context: LayoutContext,
): readonly Line[] | undefined {
  const piece = plainPiece(flow)
  if (piece === undefined || piece.style.inverse) return undefined
  const { cells, style } = piece
  const { widthDots } = edges
  const total = measureCells(cells, style, context.metrics)
  if (total <= widthDots) {
    // A blank at the end may be inked or not, which is for the full way to say.
    return cells.text.endsWith(' ') ? undefined : [{ pieces: flow, widthDots: total }]
  }
  const { policy, indentDots } = column
  if (policy !== 'word' && policy !== 'char') return undefined
  return quickWrap(flow, { widthDots, policy, indentDots, path: cell.path }, context)
}

function runOf(
  { pieces, widthDots, indentDots = 0 }: Line,
  { column, edges }: Place,
  cell: FlowCell,
  { metrics }: LayoutContext,
): Run | undefined {
  const [piece] = pieces
  if (piece === undefined) return undefined
  const { cells, style } = piece
  const align = (cell.align ?? column.align) as Align
  const room = edges.widthDots - indentDots
  const offset = indentDots + alignedOffset(align, room, widthDots, metrics.placementGridDots)
  const heightDots = cellsHeightDots(cells, style, metrics)
  return { x: edges.x + offset, widthDots, heightDots, style, cells }
}
