/**
 * Lays out rows of cells in columns. Every cell is laid out inside its columns, and line i of all cells becomes one line.
 */

import type { Block } from '../model/strip.js'
import type { Box, LayoutContext } from './context.js'
import { decimalColumn } from './decimal.js'
import { measureFloors } from './flat-flow.js'
import type { Flow } from './line.js'
import { measureFlow } from './measure.js'
import { areQuickColumns, type GivenRow, quickRow, quickTexts } from './quick-row.js'
import { labelOf, type StackedCell, stackRow } from './stack-row.js'
import type { Column, DecimalColumn, Edges, PlacedCell, TableRow } from './table-cell.js'
import { layoutRow, MIN_WORDS_CELLS } from './table-row.js'
import { type Content, type Solution, solveTracks, type Track } from './tracks.js'

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
  /** The header row, which is also one of `rows`. Its cells label the values of a stacked row. */
  readonly header?: TableRow | undefined
  /** Dots between two columns. */
  readonly gapDots: number
  /** Width of one half-width cell at the text size of the table. */
  readonly cellDots: number
}

/** A table whose column edges are known, so that rows can be laid out one after the other. */
export interface OpenTable {
  readonly edges: readonly Edges[]
  /** Appends the blocks of a row of plain texts to `blocks`. Returns false and appends none if the row is not of that kind. */
  readonly layoutTexts: (row: GivenRow, blocks: Block[]) => boolean
  /** Appends the row's blocks to `blocks`. */
  readonly layoutRow: (row: TableRow, blocks: Block[]) => void
  /** Reports once for the whole table whether columns were scaled, and how many rows were widened or stacked. */
  readonly close: () => void
}

/**
 * Returns the blocks of each row within `box`. A table is printed whatever its data are: columns, gaps and words give way first
 * (`COLUMNS_SCALED`), then the cells of a row whose number does not fit (`ROW_WIDENED`), and a row without room is stacked
 * (`ROW_STACKED`). Each of these is reported once, as info.
 * @throws ReceiptError `BOX_TOO_NARROW` when one character is wider than the box.
 */
export function layoutTable(table: Table, box: Box, context: LayoutContext): LaidTable {
  const opened = openTable(table, solveEdges(table, box, context), box, context)
  const rows = table.rows.map((row) => {
    const blocks: Block[] = []
    opened.layoutRow(row, blocks)
    return blocks
  })
  opened.close()
  return { rows, edges: opened.edges }
}

/** Blocks of each row, and the places of its columns. */
export interface LaidTable {
  readonly rows: readonly Block[][]
  readonly edges: readonly Edges[]
}

/** Opens a table whose column edges do not depend on its rows, so that rows need not be kept. Undefined for any other table. */
export function openFixedTable(
  table: Omit<Table, 'rows'>,
  box: Box,
  context: LayoutContext,
): OpenTable | undefined {
  const isFixed = table.columns.every(
    ({ track: { size }, align }) =>
      align !== 'decimal' && (size.kind === 'fixed' || size.kind === 'percent'),
  )
  if (!isFixed) return undefined
  const solved = solveEdges({ ...table, rows: [] }, box, context)
  return solved.verdict === 'asked' ? openTable(table, solved, box, context) : undefined
}

interface SolvedTable {
  readonly decimals: readonly (DecimalColumn | undefined)[]
  readonly edges: readonly Edges[]
  readonly minGapDots: number
  readonly verdict: Solution['verdict']
}

function solveEdges(table: Table, box: Box, context: LayoutContext): SolvedTable {
  const { columns, rows, gapDots, cellDots } = table
  const { metrics } = context
  const decimals = columns.map(({ align }, c) =>
    align === 'decimal' ? decimalColumn(flowsOf(rows, c), context) : undefined,
  )
  const nodes = columns.map(({ track }, c) =>
    track.size.kind === 'content' ? nodesDots(rows, c, box.widthDots) : 0,
  )
  const contents = columns.map((_, c) =>
    columnContent(flowsOf(rows, c), decimals[c], contentDots(nodes[c] as number, box), context),
  )
  const tracks = columns.map(({ track }, c) =>
    (nodes[c] as number) < box.widthDots ? track : withoutContent(track),
  )
  const gridDots = metrics.placementGridDots
  // Half a cell at the text size of the table, which is enough to tell two numbers beside each other apart.
  const halfCell = Math.max(metrics.fonts.A.widthDots, cellDots) >> 1
  const minGapDots = Math.min(gapDots, Math.max(halfCell, gridDots))
  const room = { availableDots: box.widthDots, gapDots, minGapDots }
  const { widths, gapDots: gap, verdict } = solveTracks(tracks, contents, room)
  return { decimals, edges: columnEdges(widths, gap, box.x, gridDots), minGapDots, verdict }
}

function openTable(
  { columns, header }: Omit<Table, 'rows'>,
  { decimals, edges, minGapDots, verdict }: SolvedTable,
  box: Box,
  context: LayoutContext,
): OpenTable {
  const gridDots = context.metrics.placementGridDots
  const space = { endDots: box.x + box.widthDots, minGapDots, gridDots }
  const places = { columns, edges }
  const isQuick = areQuickColumns(columns)
  let widened = 0
  let stacked = 0
  return {
    edges,
    layoutTexts: (row, blocks) => isQuick && quickTexts(row, places, context, blocks),
    layoutRow(row, blocks) {
      if (quickRow(row, places, context, blocks)) return
      const cells = placeCells(row, columns, decimals, edges)
      const laid = layoutRow(cells, space, row.path, context)
      if (laid.fate === 'widened') widened++
      if (laid.blocks !== undefined) {
        blocks.push(...laid.blocks)
        return
      }
      stacked++
      const named = row === header ? [] : labelsOf(header, columns.length)
      blocks.push(...stackRow(stackedCells(row, columns, named), box, context))
    },
    close() {
      if (verdict !== 'asked') reportScaled(box, context)
      if (widened > 0) reportRows('ROW_WIDENED', widened, box, context)
      if (stacked > 0) reportRows('ROW_STACKED', stacked, box, context)
    },
  }
}

function placeCells(
  row: TableRow,
  columns: readonly Column[],
  decimals: readonly (DecimalColumn | undefined)[],
  edges: readonly Edges[],
): PlacedCell[] {
  let c = 0
  return row.cells.map((cell) => {
    const column = columns[c] as Column
    const decimal = cell.span === 1 ? decimals[c] : undefined
    const place = spanEdges(edges, c, cell.span)
    c += cell.span
    return { cell, column, decimal, edges: place }
  })
}

function stackedCells(
  row: TableRow,
  columns: readonly Column[],
  labels: readonly Flow[],
): StackedCell[] {
  let c = 0
  return row.cells.map((cell) => {
    const stacked = { cell, column: columns[c] as Column, label: labels[c] ?? [] }
    c += cell.span
    return stacked
  })
}

/** Returns for each column the label from the header's cell that begins there. */
function labelsOf(header: TableRow | undefined, count: number): Flow[] {
  const labels: Flow[] = Array.from({ length: count }, () => [])
  let c = 0
  for (const cell of header?.cells ?? []) {
    labels[c] = labelOf(cell)
    c += cell.span
  }
  return labels
}

function reportScaled(box: Box, { report }: LayoutContext): void {
  report({
    code: 'COLUMNS_SCALED',
    severity: 'info',
    message: `the columns need more than the ${box.widthDots} dots there are, so gaps and words were made narrower`,
    path: box.path,
    hint: 'use fewer columns, smaller gaps or a "1fr" column',
  })
}

const deeds = {
  ROW_WIDENED: 'a number took room of its neighbours or was printed smaller',
  ROW_STACKED: 'the cells are printed under each other, because they have no room side by side',
} as const

function reportRows(
  code: keyof typeof deeds,
  count: number,
  box: Box,
  { report }: LayoutContext,
): void {
  report({
    code,
    severity: 'info',
    message: `in ${count} ${count === 1 ? 'row' : 'rows'} of the table ${deeds[code]}`,
    path: box.path,
    hint: 'use fewer columns, or wider ones for the numbers',
  })
}

/** Returns the width of the widest cell of nodes that covers only this column. */
function nodesDots(rows: readonly TableRow[], column: number, widthDots: number): number {
  let widest = 0
  for (const row of rows) {
    let c = 0
    for (const cell of row.cells) {
      if (c === column && cell.span === 1 && 'measure' in cell) {
        widest = Math.max(widest, cell.measure(widthDots))
      }
      c += cell.span
    }
  }
  return widest
}

/** Content width of nodes; 0 for nodes that fill any width, because they need none in particular. */
function contentDots(nodesDots: number, { widthDots }: Box): number {
  return nodesDots < widthDots ? nodesDots : 0
}

/** Gives a column of nodes that fill any width a share of the rest, like a column of `1fr`. */
function withoutContent(track: Track): Track {
  return { ...track, size: { kind: 'fraction', parts: 1 } }
}

/** The flows that decide a column's width: those of cells that take only this column. */
function flowsOf(rows: readonly TableRow[], column: number): Flow[] {
  const flows: Flow[] = []
  for (const row of rows) {
    let c = 0
    for (const cell of row.cells) {
      if (c === column && cell.span === 1 && 'flows' in cell) flows.push(...cell.flows)
      c += cell.span
      if (c > column) break
    }
  }
  return flows
}

function columnContent(
  flows: readonly Flow[],
  decimal: DecimalColumn | undefined,
  nodesDots: number,
  context: LayoutContext,
): Content {
  let maxDots = 0
  for (const flow of flows) maxDots = Math.max(maxDots, measureFlow(flow, context))
  const keptDots = Math.min(maxDots, MIN_WORDS_CELLS * context.metrics.fonts.A.widthDots)
  const point = decimal?.widest
  const alignedDots = point === undefined ? 0 : point.wholeDots + point.fractionDots
  let floors: { wordDots: number; unitDots: number } | undefined
  const measured = () => {
    if (floors !== undefined) return floors
    floors = { wordDots: nodesDots, unitDots: Math.max(nodesDots, keptDots) }
    for (const flow of flows) {
      const { wordDots, unitDots } = measureFloors(flow, context)
      floors.wordDots = Math.max(floors.wordDots, wordDots)
      floors.unitDots = Math.max(floors.unitDots, unitDots)
    }
    return floors
  }
  return {
    maxDots: Math.max(maxDots, alignedDots, nodesDots),
    wordDots: () => measured().wordDots,
    unitDots: () => measured().unitDots,
  }
}

/** Left edge and width of each column, both on the placement grid. */
function columnEdges(widths: readonly number[], gapDots: number, x: number, grid: number): Edges[] {
  const edges: Edges[] = []
  let at = x
  for (const width of widths) {
    const left = at - (at % grid)
    const right = at + width - ((at + width) % grid)
    edges.push({ x: left, widthDots: right - left })
    at += width + gapDots
  }
  return edges
}

function spanEdges(edges: readonly Edges[], from: number, span: number): Edges {
  const first = edges[from] as Edges
  const last = edges[Math.min(from + span, edges.length) - 1] as Edges
  return { x: first.x, widthDots: last.x + last.widthDots - first.x }
}
