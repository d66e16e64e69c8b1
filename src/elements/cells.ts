/** Makes the cells of a table from the contents of a row: text, text with a style, or nodes. */

import type { Box, LayoutContext } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { advanceDots, measureFlow } from '../layout/measure.js'
import type { Cell, Column } from '../layout/table-cell.js'
import { layoutFlowCell } from '../layout/table-row.js'
import { naturalDots } from '../layout/zip-blocks.js'
import type { TextStyle } from '../model/style.js'
import type { ElementContext } from './element.js'
import { mergeStyle, spansOf } from './fields.js'
import type { CellContent, ReceiptNode, RowContent, StyledCell, Text } from './nodes.js'

function isText(content: CellContent): content is Text {
  return typeof content === 'string' || Array.isArray(content)
}

export function spanOf(content: CellContent): number {
  return isText(content) ? 1 : (content.span ?? 1)
}

export function cellCountOf(row: RowContent = []): number {
  let cells = 0
  for (const content of row) cells += spanOf(content)
  return cells
}

export function cellOf(
  content: CellContent,
  style: TextStyle,
  path: string,
  box: Box,
  context: ElementContext,
): Cell {
  const span = spanOf(content)
  if (isText(content))
    return { flows: shapeSpans(spansOf(content, style, path), context), span, path }
  if ('nodes' in content) {
    return nodesCell(content.nodes, span, { ...box, style, align: 'left', path }, context)
  }
  const spans = spansOf(content.text, mergeStyle(style, content), `${path}.text`)
  return { flows: shapeSpans(spans, context), align: content.align, span, path }
}

export function isIndented(content: CellContent): content is StyledCell {
  return typeof content === 'object' && 'indent' in content && (content.indent ?? 0) > 0
}

/** Returns the index of the column in which a cell begins. */
export function columnAt(row: RowContent, cell: number): number {
  return cellCountOf(row.slice(0, cell))
}

/** Makes a cell of text whose lines are all indented from the left edge of the column. */
export function indentedCell(
  content: StyledCell,
  column: Column | undefined,
  { style, path }: Box,
  context: ElementContext,
): Cell {
  const own = mergeStyle(style, content)
  const flows = shapeSpans(spansOf(content.text, own, `${path}.text`), context)
  const indentDots = (content.indent ?? 0) * advanceDots(1, style, context.metrics)
  const span = spanOf(content)
  const text = { flows, align: content.align, span, path }
  const naturalDots = Math.max(...flows.map((flow) => measureFlow(flow, context)))
  return {
    layout(x, widthDots, inside) {
      const edges = { x: x + indentDots, widthDots: Math.max(widthDots - indentDots, 1) }
      return layoutFlowCell(text, { column: column as Column, decimal: undefined }, edges, inside)
    },
    measure: (widthDots) => Math.min(widthDots, indentDots + naturalDots),
    span,
    path,
  }
}

/** Makes a cell of nodes; `box` has their style, alignment and path. */
export function nodesCell(
  nodes: readonly ReceiptNode[],
  span: number,
  box: Box,
  context: ElementContext,
): Cell {
  const { path } = box
  const inside = { ...box, path: `${path}.nodes` }
  // A cell is measured before its place is known, so symbols in it may not use the paper's margin as a quiet zone.
  const inCell = { ...context, metrics: { ...context.metrics, marginDots: 0 } }
  const layout = (x: number, widthDots: number, { report }: LayoutContext) =>
    context.layoutNodes(nodes, { ...inside, x, widthDots }, { ...inCell, report })
  const silent = { ...inCell, report: () => {} }
  const measure = (widthDots: number) =>
    naturalDots(context.layoutNodes(nodes, { ...inside, x: 0, widthDots }, silent))
  return { layout, measure, span, path }
}
