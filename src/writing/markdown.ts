/**
 * Reads a text form for simple receipts that is modelled on Markdown: headings, bold, tables with alignment, rules, fields, codes, and
 * commands such as `@cut`. docs/writing.md describes it. The beginning of a line tells its kind. A line that has a meaning only in
 * Markdown is reported, because its marks would be printed as text.
 *
 * It is long because each kind of line takes a few lines of code, and they are read in order.
 */

import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import {
  type BarcodeSymbology,
  barcodeSymbologies,
  stackedSymbologies,
} from '../model/symbologies.js'
import { cellsOf, inlineText, isFault } from './inline.js'
import { type Position, positionText, stepsOf, type Written } from './written.js'

export interface TextProblem extends Position {
  readonly message: string
  readonly hint?: string | undefined
}

/** A list to which lines are added: the nodes of the receipt, or those of a command that is still open. */
interface Block {
  readonly name: string
  readonly list: unknown[]
  readonly at: Position
  /** Adds and returns the list for `@else`. */
  readonly otherwise?: () => unknown[]
  /** The table, if the list holds rows of one. */
  readonly table: Table | undefined
}

interface Table {
  readonly node: {
    readonly kind: 'columns'
    columns: unknown[]
    rows: unknown[]
    header?: unknown[]
    rules?: string[]
  }
  count: number
  hasDelimiter: boolean
}

interface State {
  readonly blocks: Block[]
  readonly problems: TextProblem[]
  readonly places: WeakMap<object, Position>
  title: string | undefined
  line: number
  table: Table | undefined
}

/**
 * Reads the text form.
 * @throws ReceiptError `TEXT_INVALID`, which names the place of every invalid line; its path is the place of the first
 *
 * @example
 * const { nodes } = readMarkdown('# 老城面馆\n---\n合计 :: ￥56.00').value as Receipt
 * nodes.map(({ kind }) => kind) // ['text', 'rule', 'field']
 */
export function readMarkdown(text: string): Written {
  const { value, problems, places } = readText(text)
  const [first, ...others] = problems
  if (first === undefined) return { value, placeOf: (path) => placeIn(value, places, path) }
  const more = others
    .slice(0, MOST_PROBLEMS)
    .map((one) => `; ${positionText(one)}: ${one.message}`)
    .join('')
  throw new ReceiptError(`${first.message}${more}`, {
    code: 'TEXT_INVALID',
    path: positionText(first),
    hint: first.hint ?? 'a backslash before a mark prints the mark itself: \\* \\| \\@',
  })
}

/** Returns the invalid lines of a text, in order. */
export function markdownProblems(text: string): readonly TextProblem[] {
  return readText(text).problems
}

const MOST_PROBLEMS = 20

function readText(text: string) {
  const nodes: unknown[] = []
  const root: Block = { name: '', list: nodes, at: { line: 1, column: 1 }, table: undefined }
  const state: State = {
    ...{ blocks: [root], problems: [], places: new WeakMap(), title: undefined },
    ...{ line: 0, table: undefined },
  }
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    state.line++
    readLine(line, state)
  }
  for (const { name, at } of state.blocks.slice(1)) {
    state.problems.push({
      ...at,
      message: `@${name} is not closed`,
      hint: 'write @end behind its lines',
    })
  }
  const title = state.title === undefined ? {} : { title: state.title }
  return { value: { ...title, nodes }, problems: state.problems, places: state.places }
}

/** Longest line in characters. A limit is needed because the search for unclosed marks takes quadratic time; no receipt needs more. */
const MAX_LINE = 5000

function readLine(line: string, state: State): undefined {
  if (line.length > MAX_LINE) {
    return report(`a line has at most ${MAX_LINE} characters`, 1, state, 'break it into several')
  }
  const text = line.trim()
  const column = line.length - line.trimStart().length + 1
  if (text === '') {
    state.table = state.blocks.at(-1)?.table
    return
  }
  if (text.startsWith('@')) return readCommand(text, column, state)
  if (text.startsWith('|')) return readRow(line, column, state)
  const holder = state.blocks.at(-1)?.table
  if (holder !== undefined)
    return report('only rows can be between the rows of a table', column, state)
  state.table = undefined
  if (column > 4)
    return report(
      'a line that is indented by four blanks or a tab means nothing here',
      column,
      state,
    )
  const foreign = FOREIGN.find(([pattern]) => pattern.test(text))
  if (foreign !== undefined)
    return report(foreign[1], column, state, `\\${text.charAt(0)} prints the mark itself`)
  const rule = /^(-{3,}|={3,}|\*{3,})(?:\s+(.*?)\s+\1)?$/.exec(text)
  if (rule !== null) return readRule(rule, column, state)
  const code = /^!\[([^\]]*)\]\((.*)\)$/.exec(text)
  if (code !== null) return readCode(code, column, state)
  if (/^!\[(?!.*\]\(.*\))/.test(text)) {
    return report('a code or picture is not closed', column, state, 'write ![qr](data)')
  }
  const heading = /^(#{1,3})\s+(.*?)\s*#*$/.exec(text)
  if (heading !== null) return readHeading(heading, text, column, state)
  const [label = '', value, ...rest] = text.split(/\s+::\s+|\s+::$|^::\s+/)
  if (rest.length > 0)
    return report('a line has one :: between a label and its value', column, state)
  if (value === undefined) return addText(text, column, {}, state)
  const parts = [
    inline(label, column, state),
    inline(value, column + text.length - value.length, state),
  ]
  if (!parts.includes(undefined))
    add({ kind: 'field', label: parts[0], value: parts[1] }, column, state)
}

/** Markdown that receipts do not support, and the message for each. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^#{4,}\s/, 'there are headings of one to three # only'],
  [/^>/, 'a quote means nothing here'],
  [/^[-*+]\s/, 'a list means nothing here'],
  [/^(```|~~~)/, 'a block of code means nothing here'],
  [/^<[A-Za-z/!]/, 'HTML means nothing here'],
  [/^\[[^\]]*\]:/, 'the definition of a link means nothing here'],
  [/^(:-+:?|-+[:.])$/, 'a line under a heading means nothing here'],
]

function readHeading(
  heading: RegExpExecArray,
  text: string,
  column: number,
  state: State,
): undefined {
  const [, marks = '', words = ''] = heading
  const styles = [
    { size: 2, bold: true, align: 'center' },
    { bold: true, align: 'center' },
    { bold: true },
  ]
  addText(words, column + text.indexOf(words, marks.length), styles[marks.length - 1] ?? {}, state)
}

function readRule([, marks = '', title]: RegExpExecArray, column: number, state: State): undefined {
  const char = marks.charAt(0)
  const text = title === undefined ? undefined : inline(title, column + marks.length + 1, state)
  add(
    { kind: 'rule', ...(char === '-' ? {} : { char }), ...(text === undefined ? {} : { text }) },
    column,
    state,
  )
}

/** Reads a code or a picture: `![qr](data "caption")`, `![ean13](6901234567892)`, `![image](logo.png)`. */
function readCode(
  [, name = '', inner = '']: RegExpExecArray,
  column: number,
  state: State,
): undefined {
  const [, data = '', caption] = /^(.*?)(?:\s+"([^"]*)")?$/.exec(inner.trim()) ?? []
  const kind = name.trim().toLowerCase()
  const known = CODES[kind]
  if (known === undefined || !Object.hasOwn(CODES, kind)) {
    const hint =
      didYouMean(kind, Object.keys(CODES)) ?? `write one of ${Object.keys(CODES).join(', ')}`
    return report(`![${name}] is no code or picture`, column, state, hint)
  }
  if (data === '')
    return report(`![${name}] has no data`, column, state, 'write them in the parentheses')
  if (caption !== undefined && kind !== 'qr')
    return report('only a QR code has a caption', column, state)
  add(
    { ...known(data), ...(caption === undefined ? {} : { caption }), align: 'center' },
    column,
    state,
  )
}

const MATRIX = ['pdf417', 'datamatrix', 'aztec', 'maxicode']
const BARS: readonly (BarcodeSymbology | string)[] = [...barcodeSymbologies, ...stackedSymbologies]
const CODES: Readonly<Record<string, (data: string) => object>> = {
  qr: (data) => ({ kind: 'qr', data }),
  image: (src) => ({ kind: 'image', src }),
  ...Object.fromEntries(
    MATRIX.map((symbology) => [symbology, (data: string) => ({ kind: 'symbol', symbology, data })]),
  ),
  ...Object.fromEntries(
    BARS.map((symbology) => [symbology, (data: string) => ({ kind: 'barcode', symbology, data })]),
  ),
}

function readRow(line: string, column: number, state: State): undefined {
  const inside = state.blocks.at(-1)?.table
  const table = inside ?? state.table ?? newTable(column, state)
  const cells = cellsOf(line)
  const isDelimiter = cells.every(({ text }) => /^(:?-+:?|-+\.)$/.test(text))
  if (isDelimiter) return readDelimiter(cells, table, column, state)
  if (table.count > 0 && cells.length > table.count) {
    return report(
      `the row has ${cells.length} cells, and its table ${table.count} columns`,
      (cells[table.count]?.offset ?? 0) + 1,
      state,
    )
  }
  if (table.count === 0)
    setColumns(
      cells.map(() => 'left'),
      table,
    )
  const row = cells.map(({ text, offset }) => inline(text, offset + 1, state))
  if (row.includes(undefined)) return
  const list = inside === undefined ? table.node.rows : (state.blocks.at(-1)?.list ?? [])
  list.push(row)
  state.places.set(row, { line: state.line, column })
}

function newTable(column: number, state: State): Table {
  const table: Table = {
    node: { kind: 'columns', columns: [], rows: [] },
    count: 0,
    hasDelimiter: false,
  }
  add(table.node, column, state)
  state.table = table
  return table
}

/** Reads the alignments of a table, `|:--|:-:|--:|--.|`: left, centre, right, decimal points. The row before them is the header. */
function readDelimiter(
  cells: ReturnType<typeof cellsOf>,
  table: Table,
  column: number,
  state: State,
): undefined {
  const { node } = table
  const isSecond = !table.hasDelimiter && node.rows.length < 2
  if (!isSecond)
    return report('the line of alignments is the first or the second of a table', column, state)
  if (node.rows.length === 1 && cells.length !== table.count) {
    return report(`there are ${cells.length} alignments for ${table.count} columns`, column, state)
  }
  table.hasDelimiter = true
  setColumns(
    cells.map(({ text }) => alignOf(text)),
    table,
  )
  const [header] = node.rows.splice(0, 1) as unknown[][]
  if (header !== undefined) Object.assign(node, { header, rules: ['header'] })
}

function alignOf(text: string): string {
  if (text.endsWith('.')) return 'decimal'
  if (text.startsWith(':') && text.endsWith(':')) return 'center'
  return text.endsWith(':') ? 'right' : 'left'
}

function setColumns(aligns: readonly string[], table: Table): undefined {
  table.count = aligns.length
  table.node.columns = aligns.map((align, i) => ({
    width: i === 0 ? '1fr' : 'auto',
    ...(align === 'left' ? {} : { align }),
  }))
}

type Command = (words: string, column: number, state: State) => undefined

/** Commands, which are lines that begin with @. A command that opens a block is closed by `@end`. */
const COMMANDS: Readonly<Record<string, Command>> = {
  title(words, column, state) {
    if (words === '') return report('@title has no words', column, state)
    if (state.title !== undefined) return report('there is a @title already', column, state)
    state.title = words
  },
  cut(words, column, state) {
    if (words === '') return add({ kind: 'cut' }, column, state)
    if (words !== 'full' && words !== 'partial')
      return report('@cut is full or partial', column, state)
    add({ kind: 'cut', mode: words }, column, state)
  },
  feed(words, column, state) {
    if (!/^\d{0,3}$/.test(words)) return report('@feed takes a number of lines', column, state)
    add(words === '' ? { kind: 'feed' } : { kind: 'feed', lines: Number(words) }, column, state)
  },
  drawer(words, column, state) {
    if (!/^[25]?$/.test(words)) return report('@drawer takes the pin 2 or 5', column, state)
    add(words === '' ? { kind: 'drawer' } : { kind: 'drawer', pin: Number(words) }, column, state)
  },
  buzzer(words, column, state) {
    if (!/^[1-9]?$/.test(words)) return report('@buzzer takes 1 to 9 beeps', column, state)
    add(words === '' ? { kind: 'buzzer' } : { kind: 'buzzer', times: Number(words) }, column, state)
  },
  left: aligned('left'),
  center: aligned('center'),
  right: aligned('right'),
  each(words, column, state) {
    const [, name, list] = /^([A-Za-z_]\w*)\s+in\s+(.+)$/.exec(words) ?? []
    if (list === undefined) return report('@each is written @each item in items', column, state)
    const nodes: unknown[] = []
    push('each', { kind: 'each', in: list, as: name, do: nodes }, nodes, column, state)
  },
  if(words, column, state) {
    if (words === '') return report('@if has no test', column, state, 'write @if total > 0')
    const nodes: unknown[] = []
    const node: Record<string, unknown> = { kind: 'if', test: words, [THEN]: nodes }
    const otherwise = () => {
      const list: unknown[] = []
      node.else = list
      return list
    }
    push('if', node, nodes, column, state, otherwise)
  },
  else(words, column, state) {
    const block = state.blocks.at(-1)
    if (words !== '' || block?.otherwise === undefined)
      return report('@else has no @if before it', column, state)
    const { otherwise, ...rest } = state.blocks.pop() as Block
    state.blocks.push({ ...rest, list: (otherwise as () => unknown[])() })
  },
  end(words, column, state) {
    if (words !== '' || state.blocks.length === 1)
      return report('@end closes nothing', column, state)
    const { table } = state.blocks.pop() as Block
    state.table = table
  },
}
/** A computed key, because an object written with a field `then` looks like a promise. */
const THEN = 'then'

function aligned(align: string): Command {
  return (words, column, state) => {
    if (words !== '')
      return report(
        `@${align} stands alone on its line`,
        column,
        state,
        'write the text under it, and @end',
      )
    const nodes: unknown[] = []
    push(align, { kind: 'group', align, nodes }, nodes, column, state)
  }
}

function readCommand(text: string, column: number, state: State): undefined {
  const [, name = '', words = ''] = /^@(\S*)\s*(.*)$/.exec(text) ?? []
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command !== undefined) return command(words, column, state)
  const hint = didYouMean(name, Object.keys(COMMANDS))
  report(`there is no command @${name}`, column, state, hint ?? '\\@ prints the mark itself')
}

/** Opens a block. Between the rows of a table, the lines of `@each` and `@if` are rows of the same table. */
function push(
  name: string,
  node: object,
  list: unknown[],
  column: number,
  state: State,
  otherwise?: () => unknown[],
): undefined {
  const isOfRows = name === 'each' || name === 'if'
  const table = isOfRows ? state.table : undefined
  const at = { line: state.line, column }
  if (table === undefined) add(node, column, state)
  else {
    const outer = state.blocks.at(-1)
    const rows = outer?.table === table ? outer.list : table.node.rows
    rows.push(node)
    state.places.set(node, at)
  }
  state.blocks.push({ name, list, at, table, ...(otherwise === undefined ? {} : { otherwise }) })
}

function addText(words: string, column: number, style: object, state: State): undefined {
  const text = inline(words, column, state)
  if (text !== undefined) add({ kind: 'text', text, ...style }, column, state)
}

function add(node: object, column: number, state: State): undefined {
  const block = state.blocks.at(-1)
  if (block?.table !== undefined)
    return report('only rows can be between the rows of a table', column, state)
  block?.list.push(node)
  state.table = undefined
  state.places.set(node, { line: state.line, column })
}

function inline(text: string, column: number, state: State) {
  const found = inlineText(text)
  if (!isFault(found)) return found
  report(found.message, column + found.offset, state)
  return undefined
}

function report(message: string, column: number, state: State, hint?: string): undefined {
  state.problems.push({ line: state.line, column, message, hint })
}

function placeIn(
  value: unknown,
  places: WeakMap<object, Position>,
  path: string,
): string | undefined {
  let found: Position | undefined
  let one = value
  for (const step of stepsOf(path)) {
    if (typeof one !== 'object' || one === null || !Object.hasOwn(one, step)) break
    one = (one as Readonly<Record<string, unknown>>)[step]
    if (typeof one === 'object' && one !== null) found = places.get(one) ?? found
  }
  return found === undefined ? undefined : positionText(found)
}
