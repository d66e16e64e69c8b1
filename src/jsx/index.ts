/** Sub-path `xiaopiao/jsx`: receipts and templates out of JSX. */

import type { Receipt } from '../elements/nodes.js'
import { ReceiptError } from '../model/errors.js'
import type { Template } from '../template/types.js'
import { placeAt } from './places.js'
import type { Expression, JsxElement } from './types.js'
import { flatten, isNode } from './values.js'

export type {
  Columns,
  Expression,
  JSX,
  JsxElement,
  NodeChildren,
  PartChildren,
  TextChildren,
} from './types.js'

/**
 * The receipt that an element is: `<receipt>`, or nodes, which become one.
 * @throws ReceiptError `JSX_INVALID` if it is neither
 *
 * @example
 * // As a compiler writes it; in a .tsx file: receiptOf(<receipt><text>合计</text></receipt>)
 * receiptOf(jsx('receipt', { children: jsx('text', { children: '合计' }) })).nodes.length // 1
 */
export function receiptOf(element: JsxElement): Receipt {
  return wholeOf(element) as Receipt
}

/**
 * The template that an element is, for `bind`.
 * @throws ReceiptError `JSX_INVALID`
 *
 * @example
 * // As a compiler writes it; in a .tsx file: templateOf(<receipt><text>{bound('shop')}</text></receipt>)
 * const template = templateOf(jsx('receipt', { children: jsx('text', { children: bound('shop') }) }))
 * bind(template, { shop: '老城面馆' }).nodes.length // 1
 */
export function templateOf<Data = unknown>(element: JsxElement): Template<Data> {
  return wholeOf(element) as Template<Data>
}

/**
 * An expression of a template, which JSX cannot hold as it is, because `{{` begins an object there.
 * @example bound('total | money') // '{{ total | money }}'
 */
export function bound(expression: string): Expression {
  return `{{ ${expression} }}`
}

/**
 * The place in the source of the element that an error means, if the development runtime made it: `sale.tsx:12:7`.
 * @param path of the error: `nodes[3].data`
 */
export function placeOf(receipt: Receipt | Template, path: string): string | undefined {
  return placeAt(receipt, path)
}

function wholeOf(element: unknown): object {
  const parts = flatten(element)
  const [first] = parts
  const isWhole = typeof first === 'object' && first !== null && !isNode(first) && 'nodes' in first
  if (parts.length === 1 && isWhole) return first
  if (parts.length > 0 && parts.every(isNode)) return { nodes: parts }
  throw new ReceiptError('the element is neither a receipt nor nodes', {
    code: 'JSX_INVALID',
    hint: 'give <receipt>…</receipt>, or nodes such as <text>',
  })
}
