/**
 * The values of JSX elements until the receipt is complete: nodes themselves, and marked objects for the parts of tables and texts.
 */

import type { CellContent, StyledText, Text } from '../elements/nodes.js'
import { ReceiptError } from '../model/errors.js'

/** The children of a fragment, which is not a node itself. */
export class Fragments {
  constructor(readonly children: readonly unknown[]) {}
}

export class CellPart {
  constructor(readonly content: CellContent) {}
}

/** A cell of the node `row`. */
export class RowCellPart {
  constructor(readonly content: object) {}
}

export class RowPart {
  constructor(
    readonly place: 'header' | 'footer',
    readonly row: readonly unknown[],
  ) {}
}

/** The content of `case` and `else`; `value` is undefined for `else`. */
export class Branch {
  constructor(
    readonly value: string | undefined,
    readonly list: readonly unknown[],
  ) {}
}

const rows = new WeakSet<object>()
const spans = new WeakSet<object>()

/** Marks a row, which is a list and must not be mistaken for a list of children. */
export function markRow(cells: readonly unknown[]): readonly unknown[] {
  rows.add(cells)
  return cells
}

export function isRow(value: unknown): value is readonly unknown[] {
  return typeof value === 'object' && value !== null && rows.has(value)
}

export function markSpan(span: StyledText): StyledText {
  spans.add(span)
  return span
}

export function isSpan(value: unknown): value is StyledText {
  return typeof value === 'object' && value !== null && spans.has(value)
}

/** Greatest depth of lists in lists of children. It stops a list that contains itself. */
const MAX_DEPTH = 100

export function tooDeep(): ReceiptError {
  return new ReceiptError('the elements are nested without end, or too deep', {
    code: 'JSX_INVALID',
    hint: 'look for a component or a list that holds itself',
  })
}

/** Returns all children in one flat list, without null, true, false and undefined. */
export function flatten(children: unknown, depth = 0): readonly unknown[] {
  if (depth > MAX_DEPTH) throw tooDeep()
  if (children instanceof Fragments) return flatten(children.children, depth + 1)
  if (isRow(children)) return [children]
  if (Array.isArray(children)) return children.flatMap((child) => flatten(child, depth + 1))
  const isNothing = children === null || children === undefined || typeof children === 'boolean'
  return isNothing ? [] : [children]
}

/** Kinds of template nodes, which any list may contain. */
const CONTROLS: ReadonlySet<unknown> = new Set(['each', 'if', 'switch', 'let', 'include'])

export function isControl(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && CONTROLS.has(value.kind)
}

export function isNode(value: unknown): value is { readonly kind: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** Whether a number is printed exactly and with digits only: not `1e+21`, and not so large that its last digits are lost. */
export function isExact(value: unknown): value is number | bigint {
  if (typeof value === 'bigint') return true
  const isWithin = typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return isWithin && !String(value).includes('e')
}

/** Joins text, numbers and spans to the text of a node. Undefined if a part is something else. */
export function textOf(parts: readonly unknown[]): Text | undefined {
  const found: (string | StyledText)[] = []
  for (const part of parts) {
    const value = isExact(part) ? String(part) : part
    if (typeof value === 'string') {
      const before = found.at(-1)
      if (typeof before === 'string') found[found.length - 1] = before + value
      else found.push(value)
    } else if (isSpan(value) || isControl(value)) found.push(value as StyledText)
    else return undefined
  }
  const [first = ''] = found
  return found.length < 2 && typeof first === 'string' ? first : found
}
