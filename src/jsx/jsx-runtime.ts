/**
 * Sub-path `xiaopiao/jsx-runtime`: the functions that compilers turn JSX into, with `"jsx": "react-jsx"` and
 * `"jsxImportSource": "xiaopiao"`. It works without React, because each element becomes a node of the receipt at once.
 */

import { makeElement } from './make.js'
import type { JsxElement } from './types.js'
import { Fragments } from './values.js'

export type { JSX, JsxElement } from './types.js'

/** `<>…</>`: a fragment, which its children replace. */
export function Fragment({ children }: { readonly children?: unknown }): JsxElement {
  return new Fragments([children]) as unknown as JsxElement
}

/**
 * Makes an element. Compilers generate the call.
 * @throws ReceiptError `JSX_INVALID`
 * @example jsx('text', { bold: true, children: '合计' }) // { kind: 'text', text: '合计', bold: true }
 */
export function jsx(
  type: unknown,
  props: Readonly<Record<string, unknown>>,
  _key?: unknown,
): JsxElement {
  return makeElement(type, props) as JsxElement
}

export const jsxs = jsx
