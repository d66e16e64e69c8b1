/** Lays out one row of a table. A row whose numbers do not fit gets its own edges, or is stacked as the last resort. */

import type { Diagnostic } from '../model/diagnostic.js'
import { ReceiptError } from '../model/errors.js'
import type { Block } from '../model/strip.js'
import type { LayoutContext } from './context.js'
import { decimalShift, pointOf } from './decimal.js'
import { fitRow, type RowItem, type RowSpace } from './fit-row.js'
import { measureFloors } from './flat-flow.js'
import { leaderRuns, leaderRunsBesideText } from './leader.js'
import type { Flow } from './line.js'
import { measureFlow } from './measure.js'
import { alignedOffset, lineBlock, placeLine } from './place.js'
import { narrowerFlow, normalWidth, reportShrunk, shrinkUnits } from './shrink.js'
import type { CellColumn, Edges, FlowCell, PlacedCell } from './table-cell.js'
import { wrapFlows } from './wrap.js'
import { zipBlocks } from './zip-blocks.js'

/**
 * `asked`: laid out at the table's edges. `widened`: at edges that only this row has. `stacked`: its cells do not fit side by side.
 */
export type RowFate = 'asked' | 'widened' | 'stacked'

export interface LaidRow {
  /** Undefined for a row that must be stacked. */
  readonly blocks: readonly Block[] | undefined
  readonly fate: RowFate
}

const STACKED: LaidRow = { blocks: undefined, fate: 'stacked' }

export function layoutRow(
  cells: readonly PlacedCell[],
  space: RowSpace,
  path: string,
  context: LayoutContext,
): LaidRow {
  const fitted = cells.every((placed) => fits(placed, context))
    ? cells
    : giveWay(cells, space, context)
  if (fitted === undefined) return STACKED
  const fate = fitted === cells ? 'asked' : 'widened'
  if (cells.every(({ cell }) => 'flows' in cell)) {
    return { blocks: rowBlocks(fitted, path, context), fate }
  }
  return tryRow(fitted, fate, path, context)
}

function rowBlocks(cells: readonly PlacedCell[], path: string, context: LayoutContext): Block[] {
  const zipped = cells.map((placed) => {
    const { cell, edges } = placed
    const blocks =
      'layout' in cell
        ? cell.layout(edges.x, edges.widthDots, context)
        : layoutFlowCell(cell, placed, edges, context)
    return { blocks, valign: placed.column.valign }
  })
  return zipBlocks(zipped, context.metrics, path)
}

/** Tries to lay out a row with nodes. Only then do nodes report too little room, so reports are held back until the row is kept. */
function tryRow(
  cells: readonly PlacedCell[],
  fate: RowFate,
  path: string,
  context: LayoutContext,
): LaidRow {
  const waiting: Diagnostic[] = []
  try {
    const report = (diagnostic: Diagnostic) => void waiting.push(diagnostic)
    const blocks = rowBlocks(cells, path, { ...context, report })
    if (waiting.some(({ code }) => code === 'NUMBER_BROKEN')) return STACKED
    waiting.forEach(context.report)
    return { blocks, fate }
  } catch (error) {
    if (error instanceof ReceiptError && error.code.includes('_TOO_')) return STACKED
    throw error
  }
}

/** Whether every number of a cell fits into its column. */
function fits({ cell, edges, column }: PlacedCell, context: LayoutContext): boolean {
  if ('layout' in cell) return true
  const { widthDots } = edges
  return cell.flows.every((flow) => {
    if (measureFlow(flow, context) <= widthDots) return true
    return needOf(flow, column.policy === 'shrink', widthDots, context) <= widthDots
  })
}

/** Width that the widest number of `flow` needs. Words in large letters count at normal width, because they can be printed smaller. */
function needOf(flow: Flow, mayShrink: boolean, widthDots: number, context: LayoutContext): number {
  const asked = measureFloors(flow, context).unitDots
  if (asked <= widthDots) return asked
  const hasDigit = flow.some(({ cells }) => /\d/.test(cells.text))
  const narrow = hasDigit ? shrunk(flow, mayShrink, widthDots, context) : normalWidth(flow)
  const narrowDots = narrow === flow ? asked : measureFloors(narrow, context).unitDots
  return hasDigit && narrowDots > widthDots ? asked : narrowDots
}

function shrunk(flow: Flow, mayShrink: boolean, widthDots: number, context: LayoutContext): Flow {
  return mayShrink ? shrinkUnits(flow, widthDots, '', { ...context, report: () => {} }) : flow
}

/** Makes room for numbers from the neighbouring cells, then prints the numbers narrower. Undefined if that is not enough. */
function giveWay(
  asked: readonly PlacedCell[],
  space: RowSpace,
  context: LayoutContext,
): readonly PlacedCell[] | undefined {
  const edges = asked.map((placed) => placed.edges)
  for (let cells = asked; ; ) {
    const items = cells.map((placed) => itemOf(placed, context))
    const fitted = fitRow(items, edges, space)
    if (fitted !== undefined) {
      cells.forEach((placed, i) => {
        if (placed !== asked[i]) reportShrunk(true, placed.cell.path, context)
      })
      return cells.map((placed, i) => ({ ...placed, edges: fitted[i] as Edges }))
    }
    const narrower = cells.map((placed, i) =>
      (items[i] as RowItem).unitDots > placed.edges.widthDots ? narrowed(placed, context) : placed,
    )
    if (narrower.every((placed, i) => placed === cells[i])) return undefined
    cells = narrower
  }
}

/** Least width of words that wrap, in half-width cells: three hanzi. */
export const MIN_WORDS_CELLS = 6

function itemOf({ cell, column, edges }: PlacedCell, context: LayoutContext): RowItem {
  const { widthDots } = edges
  const align = ('flows' in cell ? cell.align : undefined) ?? column.align
  const growsLeft = align !== 'left'
  if ('layout' in cell) {
    return { naturalDots: widthDots, wordDots: widthDots, unitDots: widthDots, growsLeft }
  }
  const keptDots = MIN_WORDS_CELLS * context.metrics.fonts.A.widthDots
  let naturalDots = 0
  let wordDots = 0
  let unitDots = 0
  for (const flow of cell.flows) {
    const natural = measureFlow(flow, context)
    naturalDots = Math.max(naturalDots, natural)
    unitDots = Math.max(unitDots, needOf(flow, column.policy === 'shrink', widthDots, context))
    wordDots = Math.max(
      wordDots,
      measureFloors(flow, context).wordDots,
      Math.min(natural, keptDots),
    )
  }
  return { naturalDots, wordDots, unitDots, growsLeft }
}

function narrowed(placed: PlacedCell, context: LayoutContext): PlacedCell {
  const cell = placed.cell as FlowCell
  const flows = cell.flows.map((flow) => narrowerFlow(flow, context) ?? flow)
  const isNarrower = flows.some((flow, i) => flow !== cell.flows[i])
  const { align, span, path } = cell
  return isNarrower ? { ...placed, cell: { flows, align, span, path } } : placed
}

/** Lays out the text of a cell inside its edges, with alignment, decimal points and leaders. */
export function layoutFlowCell(
  cell: FlowCell,
  { column, decimal }: CellColumn,
  edges: Edges,
  context: LayoutContext,
): Block[] {
  const { metrics } = context
  const align = cell.align ?? column.align
  const { policy, indentDots, maxLines } = column
  const options = { widthDots: edges.widthDots, policy, indentDots, maxLines, path: cell.path }
  const lines = wrapFlows(cell.flows, options, context)
  return lines.map((line, i) => {
    const indent = line.indentDots ?? 0
    const side = align === 'decimal' ? 'right' : align
    const flush = alignedOffset(
      side,
      edges.widthDots - indent,
      line.widthDots,
      metrics.placementGridDots,
    )
    const isFigure = align === 'decimal' && decimal !== undefined
    const own = isFigure ? pointOf(line.pieces, decimal.separator, context) : undefined
    const shift = decimalShift(own, decimal?.widest, flush, metrics.placementGridDots)
    const offset = indent + flush - shift
    const runs = placeLine(line, edges.x + offset, metrics)
    if (column.leader.length === 0 || i > 0 || cell.span > 1) {
      return lineBlock(runs, metrics, cell.path)
    }
    const behind = side === 'left'
    const white = behind
      ? {
          x: edges.x + offset + line.widthDots,
          widthDots: edges.widthDots - offset - line.widthDots,
        }
      : { x: edges.x, widthDots: offset }
    const place = line.widthDots === 0 ? leaderRuns : leaderRunsBesideText
    const leader = place(column.leader, white, context)
    return lineBlock(behind ? [...runs, ...leader] : [...leader, ...runs], metrics, cell.path)
  })
}
