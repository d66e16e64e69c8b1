/**
 * The values of JSX elements before the receipt is whole: nodes as they are, and the parts of tables and texts with
 * a mark.
 */

import type { CellContent, StyledText, Text } from '../elements/nodes.js'
import { ReceiptError } from '../model/errors.js'

/** Parts that are no nodes themselves. */
export class Fragments {
  constructor(readonly children: readonly unknown[]) {}
}

export class CellPart {
  constructor(readonly content: CellContent) {}
}

/** Of a row of boxes. */
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

/** A row is a list, and must not be taken for a list of children. */
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

/** Lists in lists of children: a list that holds itself has no end. */
const MAX_DEPTH = 100

export function tooDeep(): ReceiptError {
  return new ReceiptError('the elements are nested without end, or too deep', {
    code: 'JSX_INVALID',
    hint: 'look for a component or a list that holds itself',
  })
}

/** All children in one list, without null, true, false and undefined. */
export function flatten(children: unknown, depth = 0): readonly unknown[] {
  if (depth > MAX_DEPTH) throw tooDeep()
  if (children instanceof Fragments) return flatten(children.children, depth + 1)
  if (isRow(children)) return [children]
  if (Array.isArray(children)) return children.flatMap((child) => flatten(child, depth + 1))
  const isNothing = children === null || children === undefined || typeof children === 'boolean'
  return isNothing ? [] : [children]
}

/** Nodes of templates that any list may hold. */
const CONTROLS: ReadonlySet<unknown> = new Set(['each', 'if', 'switch', 'let', 'include'])

export function isControl(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && CONTROLS.has(value.kind)
}

export function isNode(value: unknown): value is { readonly kind: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** Whether a number prints as its digits: not `1e+21`, and not a whole one of which the last digits are lost. */
export function isExact(value: unknown): value is number | bigint {
  if (typeof value === 'bigint') return true
  const isWithin = typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  return isWithin && !String(value).includes('e')
}

/** Text, numbers and spans as the text of a node; undefined if one of them is something else. */
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
