/** Makes nodes of elements: `<text bold>合计</text>` is `{ kind: 'text', text: '合计', bold: true }`. */

import type { CellContent, NodeKind, StyledText } from '../elements/nodes.js'
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { messageOf } from '../model/realms.js'
import {
  Branch,
  CellPart,
  Fragments,
  flatten,
  isControl,
  isExact,
  isNode,
  isRow,
  isSpan,
  markRow,
  markSpan,
  RowCellPart,
  RowPart,
  textOf,
  tooDeep,
} from './values.js'

export type Props = Readonly<Record<string, unknown>>
export type Component = (props: Props) => unknown

/** The kind of children that each element takes, which decides the field that holds them. */
export const CHILDREN = {
  text: 'text',
  field: 'nothing',
  columns: 'rows',
  rule: 'title',
  box: 'nodes',
  banner: 'text',
  row: 'cells',
  label: 'nodes',
  qr: 'nothing',
  barcode: 'nothing',
  symbol: 'nothing',
  image: 'nothing',
  feed: 'nothing',
  cut: 'nothing',
  drawer: 'nothing',
  buzzer: 'nothing',
  density: 'nothing',
  speed: 'nothing',
  group: 'nodes',
} as const satisfies Readonly<
  Record<NodeKind, 'text' | 'title' | 'nodes' | 'rows' | 'cells' | 'nothing'>
>

type Make = (props: Props, children: readonly unknown[]) => unknown

const PARTS: Readonly<Record<string, Make>> = {
  receipt: (props, children) => ({ ...props, nodes: nodesOf('receipt', children) }),
  span: (props, children) =>
    markSpan({ ...props, text: plainText('span', children) } as StyledText),
  tr: (_, children) => markRow(cellsOf('tr', children)),
  header: (_, children) => new RowPart('header', cellsOf('header', children)),
  footer: (_, children) => new RowPart('footer', cellsOf('footer', children)),
  td: makeTableCell,
  cell: (props, children) => new RowCellPart({ ...props, nodes: nodesOf('cell', children) }),
  each: (props, children) => ({ kind: 'each', ...props, do: listOf('each', children) }),
  let: (props, children) => ({ kind: 'let', ...props, do: listOf('let', children) }),
  include: (props, children) => {
    none('include', children)
    return { kind: 'include', ...props }
  },
  if: makeIf,
  switch: makeSwitch,
  case: ({ is }, children) => new Branch(String(is), listOf('case', children)),
  else: (_, children) => new Branch(undefined, listOf('else', children)),
}

/** Names of all elements. */
export const elementNames: readonly string[] = [...Object.keys(CHILDREN), ...Object.keys(PARTS)]

/**
 * Makes the node of an element.
 * @throws ReceiptError `JSX_INVALID` for an unknown element, or children that it does not take
 */
export function makeElement(type: unknown, props: Props): unknown {
  if (typeof type === 'function') return callComponent(type as Component, props)
  const { children, ...others } = props
  const list = flatten(children)
  const fields = fieldsOf(others)
  if (typeof type !== 'string') throw invalid('an element must have a name, or be a function')
  if (Object.hasOwn(CHILDREN, type)) return makeNode(type as NodeKind, fields, list)
  const make = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined
  if (make !== undefined) return make(fields, list)
  const hint = didYouMean(type, elementNames) ?? `the elements are ${elementNames.join(', ')}`
  throw invalid(`there is no element <${type}>`, hint)
}

function callComponent(component: Component, props: Props): unknown {
  try {
    return component(props)
  } catch (error) {
    // The component contains itself.
    if (/call stack/.test(messageOf(error))) throw tooDeep()
    throw error
  }
}

function makeNode(kind: NodeKind, fields: Props, list: readonly unknown[]): unknown {
  switch (CHILDREN[kind]) {
    case 'text':
      return { kind, text: anyText(kind, list), ...fields }
    case 'title':
      return list.length === 0
        ? { kind, ...fields }
        : { kind, text: anyText(kind, list), ...fields }
    case 'nodes':
      return { kind, nodes: nodesOf(kind, list), ...fields }
    case 'rows':
      return makeTable(kind, fields, list)
    case 'cells':
      return { kind, cells: rowCellsOf(list), ...fields }
    case 'nothing':
      none(kind, list)
      return { kind, ...fields }
  }
}

/** Returns the fields of a node: without those that are undefined, and with spans and fragments converted to text. */
function fieldsOf(props: Props): Props {
  const given = Object.entries(props).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => {
      const isText = isSpan(value) || value instanceof Fragments
      return [name, isText ? anyText(name, flatten(value)) : value]
    }),
  )
}

function makeTable(kind: string, fields: Props, list: readonly unknown[]): unknown {
  const parts = list.filter((one) => one instanceof RowPart)
  const rows = list.filter((one) => !(one instanceof RowPart))
  const wrong = rows.find((one) => !isRow(one) && !isControl(one))
  if (wrong !== undefined) throw wrongChild(kind, wrong, 'are <tr>, <header> and <footer>')
  const named = Object.fromEntries(parts.map(({ place, row }) => [place, row]))
  return { kind, ...fields, ...named, rows: rows.length === 0 ? (fields.rows ?? []) : rows }
}

function makeTableCell(fields: Props, list: readonly unknown[]): CellPart {
  const text = textOf(list)
  if (text !== undefined) {
    const content = Object.keys(fields).length === 0 ? text : { ...fields, text }
    return new CellPart(content as CellContent)
  }
  return new CellPart({ ...fields, nodes: nodesOf('td', list) } as CellContent)
}

function makeIf(props: Props, list: readonly unknown[]): unknown {
  const then = list.filter((one) => !(one instanceof Branch))
  const otherwise = list.find((one) => one instanceof Branch)
  return {
    kind: 'if',
    ...props,
    then: listOf('if', then),
    ...(otherwise === undefined ? {} : { else: otherwise.list }),
  }
}

function makeSwitch(props: Props, list: readonly unknown[]): unknown {
  const wrong = list.find((one) => !(one instanceof Branch))
  if (wrong !== undefined) throw wrongChild('switch', wrong, 'are <case is="…"> and <else>')
  const branches = list as readonly Branch[]
  const cases = branches.filter(({ value }) => value !== undefined)
  const otherwise = branches.find(({ value }) => value === undefined)
  return {
    kind: 'switch',
    ...props,
    cases: Object.fromEntries(cases.map(({ value, list: nodes }) => [value, nodes])),
    ...(otherwise === undefined ? {} : { else: otherwise.list }),
  }
}

function nodesOf(name: string, list: readonly unknown[]): readonly unknown[] {
  const wrong = list.find((one) => !isNode(one))
  if (wrong !== undefined) throw wrongChild(name, wrong, 'are nodes; put text into <text>')
  return list
}

function cellsOf(name: string, list: readonly unknown[]): readonly unknown[] {
  return list.map((one) => {
    if (one instanceof CellPart) return one.content
    if (isControl(one)) return one
    throw wrongChild(name, one, 'are <td>')
  })
}

function rowCellsOf(list: readonly unknown[]): readonly unknown[] {
  return list.map((one) => {
    if (one instanceof RowCellPart) return one.content
    if (isControl(one)) return one
    throw wrongChild('row', one, 'are <cell>')
  })
}

/** Returns the content of a loop or a case, which may be nodes, rows, cells or spans, as in the list that contains it. */
function listOf(name: string, list: readonly unknown[]): readonly unknown[] {
  return list.map((one) => {
    if (one instanceof CellPart || one instanceof RowCellPart) return one.content
    if (typeof one === 'number' || typeof one === 'bigint') return String(one)
    if (one instanceof RowPart || one instanceof Branch) {
      throw wrongChild(name, one, 'are nodes, rows, cells or text')
    }
    return one
  })
}

function anyText(name: string, list: readonly unknown[]): unknown {
  const text = textOf(list)
  if (text !== undefined) return text
  const wrong = list.find((one) => textOf([one]) === undefined)
  throw wrongChild(name, wrong, 'are text, numbers and <span>')
}

function plainText(name: string, list: readonly unknown[]): string {
  const text = textOf(list)
  if (typeof text === 'string') return text
  throw wrongChild(name, list.find((one) => typeof one === 'object') ?? list[0], 'are text')
}

function none(name: string, list: readonly unknown[]): void {
  const [first] = list
  if (first !== undefined)
    throw invalid(`<${name}> cannot hold ${nameOf(first)}`, 'it has fields and no children')
}

function wrongChild(name: string, child: unknown, hint: string): ReceiptError {
  return invalid(`<${name}> cannot hold ${nameOf(child)}`, `its children ${hint}`)
}

function nameOf(child: unknown): string {
  if (typeof child === 'string') return 'text'
  if (typeof child === 'number') {
    if (!Number.isFinite(child)) return 'a number that is none'
    return isExact(child) ? 'a number' : 'a number whose digits are not exact: give it as text'
  }
  if (isRow(child)) return '<tr>'
  if (isSpan(child)) return '<span>'
  if (child instanceof CellPart) return '<td>'
  if (child instanceof RowCellPart) return '<cell>'
  if (child instanceof RowPart) return `<${child.place}>`
  if (child instanceof Branch) return child.value === undefined ? '<else>' : '<case>'
  if (isNode(child)) return `<${String(child.kind)}>`
  if (child instanceof Promise) return 'a promise'
  return `a ${typeof child}`
}

function invalid(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'JSX_INVALID', hint })
}
