/** A cell of text inside the edges of its columns: alignment, decimal points and leaders. */

import type { Block } from '../model/strip.js'
import type { LayoutContext } from './context.js'
import { decimalShift, pointOf } from './decimal.js'
import { leaderRuns, leaderRunsBesideText } from './leader.js'
import { alignedOffset, lineBlock, placeLine } from './place.js'
import type { CellColumn, Edges, FlowCell } from './table-cell.js'
import { wrapFlows } from './wrap.js'

export function layoutFlowCell(
  cell: FlowCell,
  { column, decimal }: CellColumn,
  edges: Edges,
  context: LayoutContext,
): Block[] {
  const { metrics } = context
  const align = cell.align ?? column.align
  const { policy, indentDots } = column
  const options = { widthDots: edges.widthDots, policy, indentDots, path: cell.path }
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
