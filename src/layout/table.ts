/** Rows of cells in columns: every cell is laid out inside its columns, and line i of all cells stands on one line. */

import type { Block } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { Box, LayoutContext } from './context.js'
import { decimalShift, type Point, pointOf, widestPoint } from './decimal.js'
import { minContentDots } from './flat-flow.js'
import { type Flow, measureFlow } from './flow.js'
import { leaderRuns } from './leader.js'
import { alignedOffset, lineBlock, placeLine } from './place.js'
import { type Content, solveTracks, type Track } from './tracks.js'
import { type WrapPolicy, wrapFlow } from './wrap.js'
import { type VerticalAlign, zipBlocks } from './zip-blocks.js'

export interface Column {
  readonly track: Track
  /** `decimal` stands the figures' points under each other, at the right. */
  readonly align: Align | 'decimal'
  readonly valign: VerticalAlign
  readonly policy: WrapPolicy
  /** Indent of the lines after a cell's first. */
  readonly indentDots: number
  /** Fills the white of a cell's last line: behind text at the left, before text at the right. */
  readonly leader: Flow
}

export interface FlowCell {
  readonly flows: readonly Flow[]
  /** Left out, the column's. */
  readonly align?: Align | 'decimal' | undefined
  /** Columns that it covers. */
  readonly span: number
  readonly path: string
}

/** Anything else that can be laid out in a box: nodes inside a cell. */
export interface BlocksCell {
  readonly layout: (x: number, widthDots: number) => readonly Block[]
  /** Dots that it needs of a width that it may have. */
  readonly measure: (widthDots: number) => number
  readonly span: number
  readonly path: string
}

export type Cell = FlowCell | BlocksCell

export interface TableRow {
  readonly cells: readonly Cell[]
  readonly path: string
}

interface Edges {
  readonly x: number
  readonly widthDots: number
}

/**
 * Blocks of each row within `box`, with `gapDots` between the columns. Reports `COLUMNS_SCALED` when the columns do
 * not fit. @throws ReceiptError `BOX_TOO_NARROW`
 */
export function layoutTable(
  columns: readonly Column[],
  rows: readonly TableRow[],
  gapDots: number,
  box: Box,
  context: LayoutContext,
): Block[][] {
  const points = columns.map((column, c) =>
    column.align === 'decimal' ? widestPoint(flowsOf(rows, c), context) : undefined,
  )
  const nodes = columns.map(({ track }, c) =>
    track.size.kind === 'content' ? nodesDots(rows, c, box.widthDots) : 0,
  )
  const contents = columns.map((_, c) =>
    columnContent(flowsOf(rows, c), points[c], nodes[c] as number, context),
  )
  const tracks = columns.map(({ track }, c) =>
    (nodes[c] as number) < box.widthDots ? track : withoutContent(track),
  )
  const { widths, scaled } = solveTracks(tracks, contents, box.widthDots, gapDots)
  if (scaled) {
    context.report({
      code: 'COLUMNS_SCALED',
      severity: 'warning',
      message: `the columns need more than the ${box.widthDots} dots there are and were made narrower`,
      path: box.path,
      hint: 'use fewer columns, smaller gaps or a "1fr" column',
    })
  }
  const edges = columnEdges(widths, gapDots, box.x, context.metrics.placementGridDots)
  return rows.map((row) => {
    let c = 0
    const cells = row.cells.map((cell) => {
      const column = columns[c] as Column
      const place = spanEdges(edges, c, cell.span)
      const point = cell.span === 1 ? points[c] : undefined
      c += cell.span
      const blocks =
        'layout' in cell
          ? cell.layout(place.x, place.widthDots)
          : layoutFlowCell(cell, column, place, point, context)
      return { blocks, valign: column.valign }
    })
    return zipBlocks(cells, context.metrics, row.path)
  })
}

/** The widest nodes that stand in a column alone. */
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

/** Nodes that fill what width they are given take a share of the rest, like a column of `1fr`. */
function withoutContent(track: Track): Track {
  return { ...track, size: { kind: 'fraction', parts: 1 } }
}

/** The flows that decide a column's width: those of cells that stand in it alone. */
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
  point: Point | undefined,
  nodesDots: number,
  context: LayoutContext,
): Content {
  let least: number | undefined
  let maxDots = point === undefined ? 0 : point.wholeDots + point.fractionDots
  for (const flow of flows) maxDots = Math.max(maxDots, measureFlow(flow, context))
  return {
    maxDots: Math.max(maxDots, nodesDots),
    minDots: () => {
      least ??= flows.reduce(
        (most, flow) => Math.max(most, minContentDots(flow, context)),
        nodesDots,
      )
      return point === undefined ? least : Math.max(least, point.wholeDots + point.fractionDots)
    },
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

function layoutFlowCell(
  cell: FlowCell,
  column: Column,
  edges: Edges,
  point: Point | undefined,
  context: LayoutContext,
): Block[] {
  const { metrics } = context
  const align = cell.align ?? column.align
  const { policy, indentDots } = column
  const options = { widthDots: edges.widthDots, policy, indentDots, path: cell.path }
  const lines = cell.flows.flatMap((flow) => wrapFlow(flow, options, context))
  return lines.map((line, i) => {
    const indent = line.indentDots ?? 0
    const side = align === 'decimal' ? 'right' : align
    const flush = alignedOffset(
      side,
      edges.widthDots - indent,
      line.widthDots,
      metrics.placementGridDots,
    )
    const own = align === 'decimal' ? pointOf(line.pieces, context) : undefined
    const shift = decimalShift(own, point, flush, metrics.placementGridDots)
    const offset = indent + flush - shift
    const runs = placeLine(line, edges.x + offset, metrics)
    if (column.leader.length === 0 || i > 0 || cell.span > 1 || line.widthDots === 0) {
      return lineBlock(runs, metrics, cell.path)
    }
    const behind = side === 'left'
    const white = behind
      ? {
          x: edges.x + offset + line.widthDots,
          widthDots: edges.widthDots - offset - line.widthDots,
        }
      : { x: edges.x, widthDots: offset }
    const leader = leaderRuns(column.leader, white, context)
    return lineBlock(behind ? [...runs, ...leader] : [...leader, ...runs], metrics, cell.path)
  })
}
