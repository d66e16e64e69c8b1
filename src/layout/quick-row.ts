/** Rows of plain text: their runs go straight into the lines of the row, without lines and blocks of each cell. */

import type { Metrics } from '../model/metrics.js'
import type { Block, Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { LayoutContext } from './context.js'
import type { Flow, Line, Piece } from './line.js'
import { measureCells } from './measure.js'
import { alignedOffset, inkedLine, runAt } from './place.js'
import { endsInBlank } from './quick-line.js'
import { type PlainPiece, plainPiece, quickWrap } from './quick-wrap.js'
import { type Cell, type Column, type Edges, type TableRow, TextCell } from './table-cell.js'

/** The places of the cells in all rows of a table. */
export interface Places {
  readonly columns: readonly Column[]
  readonly edges: readonly Edges[]
}

/**
 * Like `layoutRow`, for cells that begin at the top of one column each, without leaders and decimal points, and
 * whose numbers fit. Undefined for any other row, and if a line would be blank.
 */
export function quickRow(
  { cells, path }: TableRow,
  { columns, edges }: Places,
  context: LayoutContext,
): Block[] | undefined {
  const { metrics } = context
  // Of its final length, because an array that grows takes four times as much.
  const first: Run[] = new Array(cells.length)
  let inFirst = 0
  const below: Run[][] = []
  for (let c = 0; c < cells.length; c++) {
    const cell = cells[c] as Cell
    const place = { column: columns[c] as Column, edges: edges[c] as Edges }
    const text = simpleText(cell, place.column)
    if (text === undefined) return undefined
    if (text.cells.length === 0) continue
    const widthDots = measureCells(text.cells, text.style, metrics)
    if (widthDots <= place.edges.widthDots) {
      if (endsInBlank(text.cells)) return undefined
      first[inFirst++] = runOf({ pieces: [text], widthDots }, cell, place, metrics)
      continue
    }
    const wrapped = wrappedRuns(text, cell, place, context)
    if (wrapped === undefined) return undefined
    first[inFirst++] = wrapped[0] as Run
    for (let i = 1; i < wrapped.length; i++) {
      while (below.length < i) below.push([])
      below[i - 1]?.push(wrapped[i] as Run)
    }
  }
  if (inFirst === 0) return undefined
  first.length = inFirst
  const blocks = [inkedLine(first, metrics, path)]
  for (const runs of below) blocks.push(inkedLine(runs, metrics, path))
  return blocks
}

interface Place {
  readonly column: Column
  readonly edges: Edges
}

/** The text of a cell that is one plain text, with nothing beside it. */
function simpleText(cell: Cell, { valign, leader, align }: Column): PlainPiece | undefined {
  const text = cell instanceof TextCell ? cell : oneText(cell)
  if (text === undefined || valign !== 'top' || leader.length > 0) return undefined
  const { inverse, letterSpacing } = text.style
  const isDecimal = (alignOf(cell) ?? align) === 'decimal'
  return inverse || letterSpacing !== 0 || isDecimal ? undefined : text
}

function oneText(cell: Cell): PlainPiece | undefined {
  if (!('flows' in cell) || cell.flows.length !== 1 || cell.span !== 1) return undefined
  return plainPiece(cell.flows[0] as Flow)
}

function alignOf(cell: Cell): Column['align'] | undefined {
  return 'flows' in cell ? cell.align : undefined
}

/** The run of each line; undefined if the text must be broken with more care, or a line would be blank. */
function wrappedRuns(text: PlainPiece, cell: Cell, place: Place, context: LayoutContext) {
  const { policy, indentDots } = place.column
  if (policy !== 'word' && policy !== 'char') return undefined
  const options = { widthDots: place.edges.widthDots, policy, indentDots }
  const lines = quickWrap([text], options, context)
  if (lines === undefined || lines.some(({ pieces }) => pieces.length === 0)) return undefined
  return lines.map((line) => runOf(line, cell, place, context.metrics))
}

function runOf(line: Line, cell: Cell, { column, edges }: Place, metrics: Metrics): Run {
  const { widthDots, indentDots = 0 } = line
  const align = (alignOf(cell) ?? column.align) as Align
  const roomDots = edges.widthDots - indentDots
  const offset = indentDots + alignedOffset(align, roomDots, widthDots, metrics.placementGridDots)
  return runAt(edges.x + offset, widthDots, line.pieces[0] as Piece, metrics)
}
