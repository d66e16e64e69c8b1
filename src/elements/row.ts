/** `row`: boxes of any nodes side by side. */

import { advanceDots } from '../layout/measure.js'
import { layoutTable } from '../layout/table.js'
import * as s from '../model/shape.js'
import type { Block } from '../model/strip.js'
import { nodesCell } from './cells.js'
import { columnOf, trackFields } from './column.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema, mergeStyle, styleFields } from './fields.js'
import type { ReceiptNode, RowCell, RowNode } from './nodes.js'
import { placeFields } from './spacing.js'

/** The element, given the schema of the nodes that a cell may hold. */
export function rowElement(nodeSchema: s.Shape<ReceiptNode>): Element<RowNode> {
  return {
    schema: s.object<RowNode>({
      kind: s.literal('row'),
      cells: s.list(
        s.object<RowCell>({
          nodes: s.list(nodeSchema),
          align: s.optional(alignSchema),
          ...trackFields,
        }),
        1,
        12,
      ),
      gap: s.optional(s.whole(0, 64)),
      ...placeFields,
      ...styleFields,
    }),
    layout(node, box, context): Block[] {
      const style = mergeStyle(box.style, node)
      const cellDots = advanceDots(1, style, context.metrics)
      const columns = node.cells.map(({ width, min, max, valign }, c) => {
        const fields = {
          ...(width === undefined ? {} : { width }),
          ...(min === undefined ? {} : { min }),
          ...(max === undefined ? {} : { max }),
          ...(valign === undefined ? {} : { valign }),
        }
        return columnOf(fields, style, cellDots, `${box.path}.cells[${c}]`, context)
      })
      const cells = node.cells.map((cell, c) => cellAt(cell, c, { ...box, style }, context))
      const rows = [{ cells, path: box.path }]
      const table = { columns, rows, gapDots: (node.gap ?? 1) * cellDots, cellDots }
      return layoutTable(table, box, context).rows.flat()
    },
  }
}

function cellAt(
  { nodes, align = 'left' }: RowCell,
  index: number,
  box: Parameters<Element<RowNode>['layout']>[1],
  context: ElementContext,
) {
  return nodesCell(nodes, 1, { ...box, align, path: `${box.path}.cells[${index}]` }, context)
}

/**
 * Boxes side by side: `row([{ nodes: [qr(url)], width: 'auto' }, { nodes: [text('扫码开票')] }])`.
 *
 * @example
 * row([{ nodes: [text('左')] }, { nodes: [text('右')], align: 'right' }]).cells.length // 2
 */
export function row(
  cells: readonly RowCell[],
  options: Omit<RowNode, 'kind' | 'cells'> = {},
): RowNode {
  return { kind: 'row', cells, ...options }
}
