/** Lays out rows of plain text. The runs go straight into the lines of the row, without lines and blocks for each cell. */

import { PlainCells } from '../model/cells.js'
import type { Metrics } from '../model/metrics.js'
import type { Block, Run } from '../model/strip.js'
import type { Align, TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import type { Flow, Line, Piece } from './line.js'
import { measureCells, plainDots, plainMeasures } from './measure.js'
import { alignedOffset, endsInBlank, inkedLine, runAt } from './place.js'
import { quickRun } from './quick-line.js'
import { type PlainPiece, plainPiece, quickWrap } from './quick-wrap.js'
import { type Cell, type Column, type Edges, type TableRow, TextCell } from './table-cell.js'

/** The places of the cells in all rows of a table. */
export interface Places {
  readonly columns: readonly Column[]
  readonly edges: readonly Edges[]
}

/**
 * Like `layoutRow`, for cells that begin at the top of one column each, without leaders and decimal points, and whose numbers fit. Returns
 * false and adds no blocks for any other row, and if a line would be blank.
 */
export function quickRow(
  { cells, path }: TableRow,
  { columns, edges }: Places,
  context: LayoutContext,
  blocks: Block[],
): boolean {
  const { metrics } = context
  // Allocated at its final length, because an array that grows takes four times as much memory.
  const first: Run[] = new Array(cells.length)
  let inFirst = 0
  const below: Run[][] = []
  for (let c = 0; c < cells.length; c++) {
    const cell = cells[c] as Cell
    const column = columns[c] as Column
    const { x, widthDots: roomDots } = edges[c] as Edges
    const text = simpleText(cell, column)
    if (text === undefined) return false
    if (text.cells.length === 0) continue
    const widthDots = measureCells(text.cells, text.style, metrics)
    if (widthDots <= roomDots) {
      if (endsInBlank(text.cells)) return false
      const align = alignIn(cell, column) as Align
      const offset = alignedOffset(align, roomDots, widthDots, metrics.placementGridDots)
      first[inFirst++] = runAt(x + offset, widthDots, text, metrics)
      continue
    }
    const align = alignIn(cell, column) as Align
    const place = { column, align, edges: { x, widthDots: roomDots } }
    const wrapped = wrappedRuns(text, place, context)
    if (wrapped === undefined) return false
    first[inFirst++] = wrapped[0] as Run
    addBelow(wrapped, below)
  }
  if (inFirst === 0) return false
  first.length = inFirst
  blocks.push(inkedLine(first, metrics, path))
  for (const runs of below) blocks.push(inkedLine(runs, metrics, path))
  return true
}

function addBelow(wrapped: readonly Run[], below: Run[][]): void {
  for (let i = 1; i < wrapped.length; i++) {
    while (below.length < i) below.push([])
    below[i - 1]?.push(wrapped[i] as Run)
  }
}

/** Whether the columns allow `quickTexts` for rows of texts. */
export function areQuickColumns(columns: readonly Column[]): boolean {
  return columns.every((column) => isSimple(column) && column.align !== 'decimal')
}

/** A row as the receipt has it, with a cell for each column. */
export interface GivenRow {
  readonly content: readonly unknown[]
  readonly style: TextStyle
  readonly path: string
}

/** Like `quickRow`, for columns of which `areQuickColumns` is true and texts in the table's style. It makes no cells. */
export function quickTexts(
  { content, style, path }: GivenRow,
  { columns, edges }: Places,
  context: LayoutContext,
  blocks: Block[],
): boolean {
  const { metrics, shaper } = context
  const measures = plainMeasures(style, metrics)
  if (!measures.isQuick) return false
  const first: Run[] = new Array(content.length)
  let inFirst = 0
  let below: Run[][] | undefined
  for (let c = 0; c < content.length; c++) {
    const text = content[c]
    if (typeof text !== 'string') return false
    if (text === '') continue
    const wide = shaper.wideIn(text)
    if (wide < 0) return false
    const column = columns[c] as Column
    const room = edges[c] as Edges
    const align = column.align as Align
    const widthDots = plainDots(text.length, wide, measures)
    if (widthDots <= room.widthDots) {
      if (text.charCodeAt(text.length - 1) === BLANK) return false
      const x = room.x + alignedOffset(align, room.widthDots, widthDots, metrics.placementGridDots)
      first[inFirst++] = quickRun(x, widthDots, { text, wide }, style, measures, context)
      continue
    }
    const piece = { cells: new PlainCells(text, shaper.codes, wide), style }
    const wrapped = wrappedRuns(piece, { column, align, edges: room }, context)
    if (wrapped === undefined) return false
    first[inFirst++] = wrapped[0] as Run
    if (wrapped.length > 1) {
      below ??= []
      addBelow(wrapped, below)
    }
  }
  if (inFirst === 0) return false
  first.length = inFirst
  blocks.push(inkedLine(first, metrics, path))
  if (below !== undefined) for (const runs of below) blocks.push(inkedLine(runs, metrics, path))
  return true
}

const BLANK = 0x20

interface Place {
  readonly column: Column
  readonly align: Align
  readonly edges: Edges
}

/** Returns the text of a cell that is one plain text, if its layout is simple: at the top, without leader or decimal alignment. */
function simpleText(cell: Cell, column: Column): PlainPiece | undefined {
  const text = cell instanceof TextCell ? cell : oneText(cell)
  if (text === undefined || !isSimple(column)) return undefined
  const { inverse, letterSpacing } = text.style
  const isDecimal = alignIn(cell, column) === 'decimal'
  return inverse || letterSpacing !== 0 || isDecimal ? undefined : text
}

/** Whether the column has no leader and no limit of lines, and its cells begin at the top. */
function isSimple({ valign, leader, maxLines }: Column): boolean {
  return valign === 'top' && leader.length === 0 && maxLines === undefined
}

function oneText(cell: Cell): PlainPiece | undefined {
  if (!('flows' in cell) || cell.flows.length !== 1 || cell.span !== 1) return undefined
  return plainPiece(cell.flows[0] as Flow)
}

function alignIn(cell: Cell, { align }: Column): Column['align'] {
  if (cell instanceof TextCell || !('flows' in cell)) return align
  return cell.align ?? align
}

/** Returns the run of each line; undefined if `quickWrap` cannot break the text, or a line would be blank. */
function wrappedRuns(text: PlainPiece, place: Place, context: LayoutContext) {
  const { policy, indentDots } = place.column
  if (policy !== 'word' && policy !== 'char') return undefined
  const options = { widthDots: place.edges.widthDots, policy, indentDots }
  const lines = quickWrap([text], options, context)
  if (lines === undefined || lines.some(({ pieces }) => pieces.length === 0)) return undefined
  return lines.map((line) => runOf(line, place, context.metrics))
}

function runOf(line: Line, { align, edges }: Place, metrics: Metrics): Run {
  const { widthDots, indentDots = 0 } = line
  const roomDots = edges.widthDots - indentDots
  const offset = indentDots + alignedOffset(align, roomDots, widthDots, metrics.placementGridDots)
  return runAt(edges.x + offset, widthDots, line.pieces[0] as Piece, metrics)
}
