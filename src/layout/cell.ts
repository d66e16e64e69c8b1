/** A cell of text inside the edges of its columns: alignment, decimal points and leaders. */

import type { PlainCells } from '../model/cells.js'
import type { Block } from '../model/strip.js'
import type { Align, TextStyle, VerticalAlign } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { type DecimalColumn, decimalShift, pointOf } from './decimal.js'
import { leaderRuns, leaderRunsBesideText } from './leader.js'
import type { Flow, WrapPolicy } from './line.js'
import { alignedOffset, lineBlock, placeLine } from './place.js'
import type { Track } from './tracks.js'
import { wrapFlows } from './wrap.js'

export interface Column {
  readonly track: Track
  /** `decimal` aligns the points of figures under each other, at the right. */
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

/** A cell of one plain text. Its flows and its path are made only for who asks, and a row that needs no care does not. */
export class TextCell implements FlowCell {
  readonly span = 1
  readonly #rowPath: string
  readonly #index: number
  #flows: readonly Flow[] | undefined

  constructor(
    readonly cells: PlainCells,
    readonly style: TextStyle,
    rowPath: string,
    index: number,
  ) {
    this.#rowPath = rowPath
    this.#index = index
  }

  get flows(): readonly Flow[] {
    this.#flows ??= [this.cells.length === 0 ? [] : [{ cells: this.cells, style: this.style }]]
    return this.#flows
  }

  get path(): string {
    return `${this.#rowPath}[${this.#index}]`
  }
}

/** Anything else that can be laid out in a box: nodes inside a cell. */
export interface BlocksCell {
  readonly layout: (x: number, widthDots: number, context: LayoutContext) => readonly Block[]
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

export interface Edges {
  readonly x: number
  readonly widthDots: number
}

/** The column that a cell begins in, with its decimal point where the cell takes part in that. */
export interface CellColumn {
  readonly column: Column
  readonly decimal: DecimalColumn | undefined
}

/** A cell with its column and the edges that the table gives it. */
export interface PlacedCell extends CellColumn {
  readonly cell: Cell
  readonly edges: Edges
}

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
