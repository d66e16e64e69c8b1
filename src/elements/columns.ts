import type { Box } from '../layout/context.js'
import { plainText } from '../layout/flow.js'
import { wrapPolicies } from '../layout/line.js'
import { advanceDots } from '../layout/measure.js'
import {
  type LaidTable,
  layoutTable,
  type OpenTable,
  openFixedTable,
  type Table,
} from '../layout/table.js'
import { type TableRow, TextCell } from '../layout/table-cell.js'
import * as s from '../model/shape.js'
import type { Block } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import { cellCountOf, cellOf, columnAt, indentedCell, isIndented, spanOf } from './cells.js'
import { columnOf, trackFields } from './column.js'
import type { Element, ElementContext } from './element.js'
import { mergeStyle, oneCharacter, styleFields, textSchema } from './fields.js'
import type {
  ColumnFields,
  ColumnsNode,
  NodesCell,
  ReceiptNode,
  RowContent,
  StyledCell,
} from './nodes.js'
import { ruleBlocks } from './rule.js'
import { placeFields, spacingDots, spacingSchema } from './spacing.js'
import { framedRows, insideFrame, ruledRows } from './table-border.js'

const cellAlign = s.oneOf(['left', 'center', 'right', 'decimal'])
const span = s.optional(s.whole(1, 32))

const columnSchema = s.object<ColumnFields>({
  ...trackFields,
  align: s.optional(cellAlign),
  wrap: s.optional(s.oneOf(wrapPolicies)),
  indent: s.optional(s.whole(0, 64)),
  maxLines: s.optional(s.whole(1, 100)),
  leader: s.optional(s.text(1, 4)),
})

/** The element, given the schema of the nodes that a cell may hold. */
export function columnsElement(nodeSchema: s.Shape<ReceiptNode>): Element<ColumnsNode> {
  return { schema: schemaOf(nodeSchema), layout: layoutColumns, layoutParts: columnsInParts }
}

function schemaOf(nodeSchema: s.Shape<ReceiptNode>): s.Shape<ColumnsNode> {
  const rowSchema = s.list(
    s.either(
      [
        textSchema,
        s.object<StyledCell>({
          text: textSchema,
          align: s.optional(cellAlign),
          indent: s.optional(s.whole(0, 64)),
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
    border: s.optional(s.oneOf(['none', 'rules', 'grid', 'box'])),
    rowPadding: s.optional(spacingSchema),
    ...placeFields,
    ...styleFields,
  }
  return s.object<ColumnsNode>(fields, [{ check: 'custom', holds: rowsTooLong }, oneKindOfRules])
}

const oneKindOfRules: s.Rule = {
  check: 'custom',
  holds: ({ border = 'none', rules }: ColumnsNode) =>
    border === 'none' || rules === undefined
      ? []
      : [
          {
            path: ['rules'],
            message: 'a table with a border has no rules of characters: leave out one of them',
          },
        ],
}

/** Returns a fault for each row whose cells cover more columns than there are. */
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

function layoutColumns(node: ColumnsNode, outer: Box, given: ElementContext): Block[] {
  const { border = 'none', rowPadding = border === 'none' ? 0 : 4 } = node
  const gapDots = gapOf(node, outer, given)
  const isFramed = border === 'grid' || border === 'box'
  const { box, context } = isFramed
    ? insideFrame(outer, gapDots, given)
    : { box: outer, context: given }
  const table = tableOf(node, box, context)
  const { rows, edges } = layoutRows(node, table, box, context)
  const paddingDots = spacingDots(rowPadding, context.metrics)
  if (border !== 'none' || paddingDots > 0) {
    const bordered = {
      border,
      rows,
      edges,
      hasHeader: node.header !== undefined,
      hasFooter: node.footer !== undefined,
      spans: [
        ...(node.header === undefined ? [] : [node.header]),
        ...node.rows,
        ...(node.footer === undefined ? [] : [node.footer]),
      ].map((cells) => cells.map(spanOf)),
      paddingDots,
    }
    return isFramed ? framedRows(bordered, outer, given) : ruledRows(bordered, outer, given)
  }
  if (node.rules === undefined || node.rules.length === 0) return joined(rows)
  return placeRules(node, rows, ruleBlocks(node.ruleChar ?? '-', table.style, box, context))
}

function gapOf(node: ColumnsNode, box: Box, { metrics }: ElementContext): number {
  return (node.gap ?? 1) * advanceDots(1, mergeStyle(box.style, node), metrics)
}

const BLOCKS_OF_PART = 512

/** Yields the blocks some rows at a time if the columns have fixed widths and nothing comes between rows; else all at once. */
function* columnsInParts(node: ColumnsNode, box: Box, context: ElementContext): Generator<Block[]> {
  if (!isBare(node)) {
    yield layoutColumns(node, box, context)
    return
  }
  const table = tableOf(node, box, context)
  const opened = openFixedTable(table, box, context)
  if (opened === undefined) {
    yield joined(layoutRows(node, table, box, context).rows)
    return
  }
  let blocks: Block[] = []
  const { header, rows, footer } = node
  if (header !== undefined) addRow(opened, table, header, `${box.path}.header`, blocks)
  for (let r = 0; r < rows.length; r++) {
    addRow(opened, table, rows[r] as RowContent, `${box.path}.rows[${r}]`, blocks)
    if (blocks.length < BLOCKS_OF_PART) continue
    yield blocks
    blocks = []
  }
  if (footer !== undefined) addRow(opened, table, footer, `${box.path}.footer`, blocks)
  opened.close()
  yield blocks
}

/** A table whose rows are not read yet, except the header, because its cells label the values of stacked rows. */
interface ReadTable extends Omit<Table, 'rows'> {
  readonly style: TextStyle
  readonly readRow: (content: RowContent, path: string) => TableRow
}

function tableOf(node: ColumnsNode, box: Box, context: ElementContext): ReadTable {
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
      const place = { ...box, style, path: `${path}[${c}]` }
      if (isIndented(cell)) return indentedCell(cell, columns[columnAt(content, c)], place, context)
      return cellOf(cell, style, place.path, box, context)
    }),
  })
  const header = node.header && readRow(node.header, `${box.path}.header`)
  const gapDots = gapOf(node, box, context)
  return { columns, header, gapDots, cellDots, style, readRow }
}

/**
 * Returns the blocks of each row, header and footer included, or all blocks as one row if nothing comes between rows. If the columns have
 * fixed widths, each row is laid out at once; otherwise all rows are needed to compute the widths.
 */
function layoutRows(
  node: ColumnsNode,
  table: ReadTable,
  box: Box,
  context: ElementContext,
): LaidTable {
  const opened = openFixedTable(table, box, context)
  const rows: TableRow[] = []
  const blocks: Block[][] = []
  const isJoined = isBare(node)
  const add = (content: RowContent, path: string) => {
    if (opened === undefined) {
      rows.push(content === node.header ? (table.header as TableRow) : table.readRow(content, path))
      return
    }
    if (!isJoined || blocks.length === 0) blocks.push([])
    addRow(opened, table, content, path, blocks.at(-1) as Block[])
  }
  if (node.header !== undefined) add(node.header, `${box.path}.header`)
  for (let r = 0; r < node.rows.length; r++) {
    add(node.rows[r] as RowContent, `${box.path}.rows[${r}]`)
  }
  if (node.footer !== undefined) add(node.footer, `${box.path}.footer`)
  if (opened === undefined) return layoutTable({ ...table, rows }, box, context)
  opened.close()
  return { rows: blocks, edges: opened.edges }
}

/** Appends the blocks of a row to `blocks`. The header is not read again, because the table has it already. */
function addRow(
  opened: OpenTable,
  { style, readRow, header }: ReadTable,
  content: RowContent,
  path: string,
  blocks: Block[],
): void {
  if (opened.layoutTexts({ content, style, path }, blocks)) return
  opened.layoutRow(header?.path === path ? header : readRow(content, path), blocks)
}

/** Whether the table prints its rows without borders, padding or rules between them. */
function isBare({ border = 'none', rowPadding = 0, rules = [] }: ColumnsNode): boolean {
  return border === 'none' && rowPadding === 0 && rules.length === 0
}

/** Concatenates the rows. `Array.prototype.flat` would take several times as long. */
function joined(rows: readonly Block[][]): Block[] {
  const [first] = rows
  if (first !== undefined && rows.length === 1) return first
  const blocks: Block[] = []
  for (const row of rows) for (const block of row) blocks.push(block)
  return blocks
}

/** Returns all blocks, with rules at the places that the node asks for. */
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
