/**
 * Sub-path `xiaopiao/jsx-dev-runtime`: like `xiaopiao/jsx-runtime`, for development. Each element is checked when it is made, and an error
 * names the file and the line.
 */

import { nodeFault } from '../elements/node-fault.js'
import { ReceiptError } from '../model/errors.js'
import { makeElement } from './make.js'
import { type JsxSource, keepPlace, placeAt, placeText } from './places.js'
import type { JsxElement } from './types.js'
import { CellPart, isNode, RowCellPart } from './values.js'

export { Fragment } from './jsx-runtime.js'
export type { JsxSource } from './places.js'
export type { JSX, JsxElement } from './types.js'

/**
 * Makes an element. Compilers generate the call.
 * @throws ReceiptError `JSX_INVALID`, whose path is the place in the source: `sale.tsx:12:7`
 */
export function jsxDEV(
  type: unknown,
  props: Readonly<Record<string, unknown>>,
  _key?: unknown,
  _isStatic?: boolean,
  source?: JsxSource,
): JsxElement {
  const at = placeText(source)
  const made = withPlace(at, () => makeElement(type, props))
  if (typeof type === 'function') return made as JsxElement
  const isCell = made instanceof CellPart || made instanceof RowCellPart
  keepPlace(isCell ? made.content : made, at)
  const fault = isNode(made) ? nodeFault(made) : undefined
  if (fault === undefined) return made as JsxElement
  throw invalid(
    `<${String(type)}> ${fault.path}: ${fault.message}`,
    placeAt(made, fault.path),
    fault.hint,
  )
}

/** Runs `make`, and adds the place to an error that has none. */
function withPlace<T>(at: string | undefined, make: () => T): T {
  try {
    return make()
  } catch (error) {
    const isOurs = error instanceof ReceiptError && error.code === 'JSX_INVALID'
    if (!isOurs || error.path !== undefined) throw error
    throw invalid(error.message, at, error.hint)
  }
}

function invalid(
  message: string,
  path: string | undefined,
  hint: string | undefined,
): ReceiptError {
  return new ReceiptError(message, { code: 'JSX_INVALID', path, hint })
}
