/** `columns`: a table of text; every cell wraps inside its column and figures stay on the first line. */

import type { Box, LayoutContext } from '../layout/context.js'
import { plainText, shapeSpans } from '../layout/flow.js'
import { leaderFlow } from '../layout/leader.js'
import { wrapPolicies } from '../layout/line.js'
import { advanceDots } from '../layout/measure.js'
import { layoutTable, openFixedTable, type Table } from '../layout/table.js'
import { type Cell, type Column, type TableRow, TextCell } from '../layout/table-cell.js'
import type { TrackSize } from '../layout/tracks.js'
import { naturalDots } from '../layout/zip-blocks.js'
import * as s from '../model/shape.js'
import type { Block } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element, ElementContext } from './element.js'
import { mergeStyle, oneCharacter, spansOf, styleFields, textSchema } from './fields.js'
import type {
  CellContent,
  ColumnFields,
  ColumnsNode,
  NodesCell,
  ReceiptNode,
  RowContent,
  StyledCell,
  Text,
} from './nodes.js'
import { ruleBlocks } from './rule.js'

const widthPattern = /^(auto|\d+(\.\d+)?%|\d+(\.\d+)?fr)$/
const cellCount = s.whole(1, 64)
const cellAlign = s.oneOf(['left', 'center', 'right', 'decimal'])
const span = s.optional(s.whole(1, 32))

const columnSchema = s.object<ColumnFields>({
  width: s.optional(
    s.either(
      [s.whole(1), s.pattern(widthPattern, '"auto", "30%" or "2fr"')],
      'a number of cells, "auto", "30%" or "2fr"',
    ),
  ),
  min: s.optional(cellCount),
  max: s.optional(cellCount),
  align: s.optional(cellAlign),
  valign: s.optional(s.oneOf(['top', 'middle', 'bottom'])),
  wrap: s.optional(s.oneOf(wrapPolicies)),
  indent: s.optional(s.whole(0, 64)),
  leader: s.optional(s.text(1, 4)),
})

/** The element, given the schema of the nodes that a cell may hold. */
export function columnsElement(nodeSchema: s.Shape<ReceiptNode>): Element<ColumnsNode> {
  return { schema: schemaOf(nodeSchema), layout: layoutColumns }
}

function schemaOf(nodeSchema: s.Shape<ReceiptNode>): s.Shape<ColumnsNode> {
  const rowSchema = s.list(
    s.either(
      [
        textSchema,
        s.object<StyledCell>({
          text: textSchema,
          align: s.optional(cellAlign),
          span,
          ...styleFields,
        }),
        s.object<NodesCell>({ nodes: s.list(nodeSchema), span }),
      ],
      'text, a list of texts, an object with text, or an object with nodes',
    ),
  )

  const fields = {
    kind: s.literal('columns'),
    columns: s.list(columnSchema, 1, 32),
    header: s.optional(rowSchema),
    rows: s.list(rowSchema),
    footer: s.optional(rowSchema),
    rules: s.optional(s.list(s.oneOf(['header', 'rows', 'footer']))),
    ruleChar: s.optional(oneCharacter),
    gap: s.optional(s.whole(0, 64)),
    ...styleFields,
  }
  return s.object<ColumnsNode>(fields, [{ check: 'custom', holds: rowsTooLong }])
}

/** A row has as many cells as there are columns, or fewer. */
function rowsTooLong(node: ColumnsNode): readonly s.RuleFault[] {
  const most = node.columns.length
  const faults: s.RuleFault[] = []
  const look = (row: RowContent | undefined, ...path: PropertyKey[]) => {
    const cells = cellCountOf(row)
    if (cells <= most) return
    const message = `expected at most ${most} cells (one per column), found ${cells}`
    faults.push({ path, message })
  }
  look(node.header, 'header')
  look(node.footer, 'footer')
  for (let i = 0; i < node.rows.length; i++) {
    if (cellCountOf(node.rows[i]) > most) look(node.rows[i], 'rows', i)
  }
  return faults
}

function layoutColumns(node: ColumnsNode, box: Box, context: ElementContext): Block[] {
  const style = mergeStyle(box.style, node)
  const cellDots = advanceDots(1, style, context.metrics)
  const columns = node.columns.map((fields, c) =>
    columnOf(fields, style, cellDots, `${box.path}.columns[${c}]`, context),
  )
  const readRow = (content: RowContent, path: string): TableRow => ({
    path,
    cells: content.map((cell, c) => {
      const plain = typeof cell === 'string' ? plainText(cell, style, context) : undefined
      if (plain !== undefined) return new TextCell(plain, style, path, c)
      return cellOf(cell, style, `${path}[${c}]`, box, context)
    }),
  })
  const header = node.header && readRow(node.header, `${box.path}.header`)
  const table = { columns, header, gapDots: (node.gap ?? 1) * cellDots, cellDots }
  const rows = layoutRows(node, readRow, table, box, context)
  if (node.rules === undefined || node.rules.length === 0) return joined(rows)
  return placeRules(node, rows, ruleBlocks(node.ruleChar ?? '-', style, box, context))
}

/** Blocks of the header, the rows and the footer. In columns of fixed widths no row waits for the others. */
function layoutRows(
  node: ColumnsNode,
  readRow: (content: RowContent, path: string) => TableRow,
  table: Omit<Table, 'rows'>,
  box: Box,
  context: ElementContext,
): (readonly Block[])[] {
  const opened = openFixedTable(table, box, context)
  const rows: TableRow[] = []
  const blocks: (readonly Block[])[] = []
  const add = (row: TableRow) => {
    if (opened === undefined) rows.push(row)
    else blocks.push(opened.layoutRow(row))
  }
  if (table.header !== undefined) add(table.header)
  for (let r = 0; r < node.rows.length; r++) {
    add(readRow(node.rows[r] as RowContent, `${box.path}.rows[${r}]`))
  }
  if (node.footer !== undefined) add(readRow(node.footer, `${box.path}.footer`))
  if (opened === undefined) return layoutTable({ ...table, rows }, box, context)
  opened.close()
  return blocks
}

/** As `flat`, which takes several times as long. */
function joined(rows: readonly (readonly Block[])[]): Block[] {
  const blocks: Block[] = []
  for (const row of rows) for (const block of row) blocks.push(block)
  return blocks
}

/** All blocks, with rules where the node asks for them. */
function placeRules(
  node: ColumnsNode,
  rows: readonly (readonly Block[])[],
  rule: readonly Block[],
): Block[] {
  const rules = new Set(node.rules)
  const headerEnd = node.header === undefined ? 0 : 1
  const bodyEnd = headerEnd + node.rows.length
  return rows.flatMap((rowBlocks, r) => {
    const isHeader = r < headerEnd && rules.has('header')
    const isFooter = r >= bodyEnd && rules.has('footer')
    const isBetween = r > headerEnd && r < bodyEnd && rules.has('rows')
    return [
      ...(isHeader || isFooter || isBetween ? rule : []),
      ...rowBlocks,
      ...(isHeader ? rule : []),
    ]
  })
}

function columnOf(
  fields: ColumnFields,
  style: TextStyle,
  cellDots: number,
  path: string,
  context: ElementContext,
): Column {
  const dots = (cells: number | undefined) => (cells === undefined ? undefined : cells * cellDots)
  return {
    track: {
      size: trackSizeOf(fields.width ?? '1fr', cellDots),
      minDots: dots(fields.min),
      maxDots: dots(fields.max),
    },
    align: fields.align ?? 'left',
    valign: fields.valign ?? 'top',
    policy: fields.wrap ?? 'word',
    indentDots: (fields.indent ?? 0) * cellDots,
    leader: leaderFlow(fields.leader, style, `${path}.leader`, context),
  }
}

function trackSizeOf(width: number | string, cellDots: number): TrackSize {
  if (typeof width === 'number') return { kind: 'fixed', dots: width * cellDots }
  if (width === 'auto') return { kind: 'content' }
  const value = Number.parseFloat(width)
  return width.endsWith('%')
    ? { kind: 'percent', percent: value }
    : { kind: 'fraction', parts: value }
}

function isText(content: CellContent): content is Text {
  return typeof content === 'string' || Array.isArray(content)
}

function spanOf(content: CellContent): number {
  return isText(content) ? 1 : (content.span ?? 1)
}

function cellCountOf(row: RowContent = []): number {
  let cells = 0
  for (const content of row) cells += spanOf(content)
  return cells
}

function cellOf(
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
    const inside = { ...box, style, align: 'left', path: `${path}.nodes` } as const
    // A cell is measured before its place is known, so that no symbol may count on the paper's margin.
    const inCell = { ...context, metrics: { ...context.metrics, marginDots: 0 } }
    const layout = (x: number, widthDots: number, { report }: LayoutContext) =>
      context.layoutNodes(content.nodes, { ...inside, x, widthDots }, { ...inCell, report })
    const silent = { ...inCell, report: () => {} }
    const measure = (widthDots: number) =>
      naturalDots(context.layoutNodes(content.nodes, { ...inside, x: 0, widthDots }, silent))
    return { layout, measure, span, path }
  }
  const spans = spansOf(content.text, mergeStyle(style, content), `${path}.text`)
  return { flows: shapeSpans(spans, context), align: content.align, span, path }
}

/**
 * A table: `columns([{ width: '1fr' }, { width: 8, align: 'right' }], [['红烧肉', '38.00']])`.
 *
 * @example
 * const { rows } = columns([{ width: '1fr' }, { align: 'right' }], [['牛肉面', '28.00'], ['凉皮', '12.00']])
 * rows // [['牛肉面', '28.00'], ['凉皮', '12.00']]
 */
export function columns(
  fields: readonly ColumnFields[],
  rows: readonly RowContent[],
  options: Omit<ColumnsNode, 'kind' | 'columns' | 'rows'> = {},
): ColumnsNode {
  return { kind: 'columns', columns: fields, rows, ...options }
}
