/** Columns, cells and rows of a table, as data, before and after they have edges. */

import type { PlainCells } from '../model/cells.js'
import type { Block } from '../model/strip.js'
import type { Align, TextStyle, VerticalAlign } from '../model/style.js'
import type { LayoutContext } from './context.js'
import type { Flow, WrapPolicy } from './line.js'
import type { Point } from './measure.js'
import type { Track } from './tracks.js'

export interface Column {
  readonly track: Track
  /** `decimal` aligns the points of figures under each other, at the right. */
  readonly align: Align | 'decimal'
  readonly valign: VerticalAlign
  readonly policy: WrapPolicy
  /** Indent of the lines after a cell's first. */
  readonly indentDots: number
  /** Lines of a cell at most. */
  readonly maxLines?: number | undefined
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

/** How the figures of a column are aligned: their decimal separator, and room for the widest parts. */
export interface DecimalColumn {
  /** Decides for figures that may be read both ways, such as `1.062`. */
  readonly separator: number
  readonly widest: Point
}
