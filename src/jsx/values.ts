/**
 * The values of JSX elements before the receipt is whole: nodes as they are, and the parts of tables and texts with
 * a mark.
 */

import type { CellContent, StyledText, Text } from '../elements/nodes.js'

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

/** All children in one list, without null, true, false and undefined. */
export function flatten(children: unknown): readonly unknown[] {
  if (children instanceof Fragments) return flatten(children.children)
  if (isRow(children)) return [children]
  if (Array.isArray(children)) return children.flatMap(flatten)
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

/** Text, numbers and spans as the text of a node; undefined if one of them is something else. */
export function textOf(parts: readonly unknown[]): Text | undefined {
  const found: (string | StyledText)[] = []
  for (const part of parts) {
    const isNumber = typeof part === 'bigint' || (typeof part === 'number' && Number.isFinite(part))
    const value = isNumber ? String(part) : part
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
