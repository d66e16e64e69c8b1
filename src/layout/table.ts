/** Rows of text cells in columns: every cell wraps inside its column, and line i of all cells stands on one line. */

import type { Metrics } from '../model/metrics.js'
import type { Block, Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { Box, LayoutContext } from './context.js'
import { type Flow, measureFlow } from './flow.js'
import { alignedOffset, lineBlock, placeLine } from './place.js'
import { type Content, solveTracks, type Track } from './tracks.js'
import { type Line, minContentDots, wrapFlow } from './wrap.js'

export interface Column {
  readonly track: Track
  readonly align: Align
}

export interface Cell {
  readonly flows: readonly Flow[]
  /** Left out, the column's. */
  readonly align?: Align
  readonly path: string
}

export interface TableRow {
  readonly cells: readonly Cell[]
  readonly path: string
}

interface Edges {
  readonly x: number
  readonly widthDots: number
}

/** Blocks of the table within `box`, with `gapDots` between the columns. Reports `COLUMNS_SCALED` when they do not fit. */
export function layoutTable(
  columns: readonly Column[],
  rows: readonly TableRow[],
  gapDots: number,
  box: Box,
  context: LayoutContext,
): Block[] {
  const contents = columns.map((_, c) => columnContent(rows, c, context))
  const tracks = columns.map((column) => column.track)
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
  const blocks: Block[] = []
  for (const row of rows) {
    const wrapped = row.cells.map((cell, c) =>
      wrapCell(cell, (edges[c] as Edges).widthDots, context),
    )
    const height = Math.max(1, ...wrapped.map((lines) => lines.length))
    for (let i = 0; i < height; i++) {
      const runs: Run[] = []
      for (let c = 0; c < wrapped.length; c++) {
        const line = wrapped[c]?.[i]
        if (line === undefined) continue
        const align = row.cells[c]?.align ?? (columns[c] as Column).align
        runs.push(...placeInColumn(line, align, edges[c] as Edges, context.metrics))
      }
      blocks.push(lineBlock(runs, context.metrics, row.path))
    }
  }
  return blocks
}

function columnContent(rows: readonly TableRow[], c: number, context: LayoutContext): Content {
  const flows = rows.flatMap((row) => row.cells[c]?.flows ?? [])
  let least: number | undefined
  let maxDots = 0
  for (const flow of flows) maxDots = Math.max(maxDots, measureFlow(flow, context))
  return {
    maxDots,
    minDots: () => {
      least ??= flows.reduce((most, flow) => Math.max(most, minContentDots(flow, context)), 0)
      return least
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

function wrapCell(cell: Cell, widthDots: number, context: LayoutContext): Line[] {
  return cell.flows.flatMap((flow) => wrapFlow(flow, widthDots, context, cell.path))
}

function placeInColumn(line: Line, align: Align, edges: Edges, metrics: Metrics): Run[] {
  const grid = metrics.placementGridDots
  return placeLine(
    line,
    edges.x + alignedOffset(align, edges.widthDots, line.widthDots, grid),
    metrics,
  )
}
