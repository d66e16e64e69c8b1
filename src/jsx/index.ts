/** Sub-path `xiaopiao/jsx`: makes receipts and templates of JSX. */

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
 * Returns the receipt of an element: of `<receipt>`, or of nodes, which are put into a receipt.
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
 * Returns the template of an element, for `bind`.
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
 * Returns an expression of a template. It cannot be written directly in JSX, because `{{` begins an object there.
 * @example bound('total | money') // '{{ total | money }}'
 */
export function bound(expression: string): Expression {
  return `{{ ${expression} }}`
}

/**
 * Returns the place in the source of the element that an error is about, such as `sale.tsx:12:7`, if the development runtime made it.
 * @param path path of the error, such as `nodes[3].data`
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
