/** The data of a table: columns, rows and cells, and cells with the edges that layout gave them. */

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
  /** Indent of a cell's lines after the first, in dots. */
  readonly indentDots: number
  /** Lines of a cell at most. */
  readonly maxLines?: number | undefined
  /** Repeated to fill the white of a cell's last line: after text at the left, before text at the right. */
  readonly leader: Flow
}

export interface FlowCell {
  readonly flows: readonly Flow[]
  /** Default: the column's. */
  readonly align?: Align | 'decimal' | undefined
  /** Number of columns that the cell covers. */
  readonly span: number
  readonly path: string
}

/** A cell of one plain text. Its flows and its path are made when they are read, because most rows never need them. */
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

/** A cell that holds nodes, which are laid out in its box. */
export interface BlocksCell {
  readonly layout: (x: number, widthDots: number, context: LayoutContext) => readonly Block[]
  /** Returns the width in dots that the nodes need, if `widthDots` are available. */
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

/** The column that a cell begins in, and the column's decimal alignment if the cell takes part in it. */
export interface CellColumn {
  readonly column: Column
  readonly decimal: DecimalColumn | undefined
}

/** A cell with its column and the edges that the table gives it. */
export interface PlacedCell extends CellColumn {
  readonly cell: Cell
  readonly edges: Edges
}

/** How the figures of a column are aligned: the decimal separator, and the widest parts before and after it. */
export interface DecimalColumn {
  /** Character code of the decimal separator, for figures that alone do not show it, such as `1.062`. */
  readonly separator: number
  readonly widest: Point
}
