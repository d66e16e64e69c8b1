/** `columns`: a table of text; every cell wraps inside its column and figures stay on the first line. */

import * as z from 'zod/mini'
import { shapeSpans } from '../layout/flow.js'
import { fontCell } from '../layout/measure.js'
import { type Column, layoutTable, type TableRow } from '../layout/table.js'
import type { Track } from '../layout/tracks.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import {
  type AlignField,
  alignSchema,
  mergeStyle,
  type StyleFields,
  spansOf,
  styleFields,
  type Text,
  textSchema,
} from './fields.js'

export interface ColumnFields extends AlignField {
  /**
   * A number of half-width cells of the node's font, `30%`, `auto` (as wide as its widest cell) or `2fr` (a share of
   * the rest). Default `1fr`.
   */
  readonly width?: number | string
}

export interface StyledCell extends StyleFields, AlignField {
  readonly text: Text
}

export type CellContent = Text | StyledCell

export interface ColumnsNode extends StyleFields {
  readonly kind: 'columns'
  readonly columns: readonly ColumnFields[]
  /** As many cells a row as there are columns, or fewer. */
  readonly rows: readonly (readonly CellContent[])[]
  /** Between columns, in half-width cells of the node's font. Default 1. */
  readonly gap?: number
}

const widthPattern = /^(auto|\d+(\.\d+)?%|\d+(\.\d+)?fr)$/

const schema: z.ZodMiniType<ColumnsNode> = z
  .strictObject({
    kind: z.literal('columns'),
    columns: z
      .array(
        z.strictObject({
          width: z.exactOptional(
            z.union([z.int().check(z.positive()), z.string().check(z.regex(widthPattern))]),
          ),
          align: z.exactOptional(alignSchema),
        }),
      )
      .check(z.minLength(1), z.maxLength(32)),
    rows: z.array(
      z.array(
        z.union([
          textSchema,
          z.strictObject({ text: textSchema, align: z.exactOptional(alignSchema), ...styleFields }),
        ]),
      ),
    ),
    gap: z.exactOptional(z.int().check(z.minimum(0), z.maximum(64))),
    ...styleFields,
  })
  .check(
    z.superRefine((node, check) => {
      node.rows.forEach((row, i) => {
        if (row.length <= node.columns.length) return
        check.addIssue({
          code: 'custom',
          path: ['rows', i],
          message: `expected at most ${node.columns.length} cells (one per column), found ${row.length}`,
        })
      })
    }),
  )

export const columnsElement: Element<ColumnsNode> = {
  schema,
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const cellDots = fontCell(style, context.metrics).widthDots * style.width
    const columns = node.columns.map(
      (column): Column => ({
        track: trackOf(column.width ?? '1fr', cellDots),
        align: column.align ?? 'left',
      }),
    )
    const rows = node.rows.map((row, r): TableRow => {
      const path = `${box.path}.rows[${r}]`
      const cells = row.map((content, c) => {
        const cellPath = `${path}[${c}]`
        if (typeof content === 'string' || Array.isArray(content)) {
          return cellOf(content as Text, style, cellPath)
        }
        const cell = content as StyledCell
        const shaped = cellOf(cell.text, mergeStyle(style, cell), `${cellPath}.text`)
        return cell.align === undefined ? shaped : { ...shaped, align: cell.align }
      })
      return { cells, path }
    })
    function cellOf(content: Text, cellStyle: TextStyle, path: string) {
      return { flows: shapeSpans(spansOf(content, cellStyle, path), context), path }
    }
    return layoutTable(columns, rows, (node.gap ?? 1) * cellDots, box, context)
  },
}

function trackOf(width: number | string, cellDots: number): Track {
  if (typeof width === 'number') return { kind: 'fixed', dots: width * cellDots }
  if (width === 'auto') return { kind: 'content' }
  const value = Number.parseFloat(width)
  return width.endsWith('%')
    ? { kind: 'percent', percent: value }
    : { kind: 'fraction', parts: value }
}

/** A table: `columns([{ width: '1fr' }, { width: 8, align: 'right' }], [['红烧肉', '38.00']])`. */
export function columns(
  fields: readonly ColumnFields[],
  rows: ColumnsNode['rows'],
  options: Omit<ColumnsNode, 'kind' | 'columns' | 'rows'> = {},
): ColumnsNode {
  return { kind: 'columns', columns: fields, rows, ...options }
}
