/** Template and data to a receipt. */

import type { Receipt } from '../elements/nodes.js'
import { checkNesting } from '../model/nesting.js'
import { OBJECT, type OptionRule, readArgument } from '../model/options.js'
import { compileValue, type Render } from './compile.js'
import { createScope } from './evaluate.js'
import { plainData } from './plain-data.js'
import type { Template } from './types.js'

/** Without data, a template that asks for none is filled in; one that does says which value is missing. */
const DATA: OptionRule = {
  ...OBJECT,
  says: 'an object with the values of the template',
  hint: 'Parse JSON text first, and name a list: { items: [ … ] }.',
}

const compiled = new WeakMap<object, Render | null>()

/**
 * The template with its strings filled in. A template is the JSON of a receipt in which
 *
 * - strings hold expressions of Liquid: `"{{ item.name }}"`, `"合计 {{ total | money }}"`;
 * - `{"kind":"each","in":"items","as":"item","do":[…]}` gives its nodes once for each element (`as` is `item` by
 *   default), with `loop.index` from 1, `loop.first`, `loop.last` and `loop.count`;
 * - `{"kind":"if","test":"total > 0","then":[…],"else":[…]}` gives one list or the other. False are false, 0,
 *   empty text, an empty list, null and what is missing.
 *
 * Data becomes text and nothing else: it is never parsed, so that it cannot add nodes, expressions or
 * formatting. Functions in it are never called: they count as missing. The same template and data give the same receipt
 * everywhere. A template is compiled at its first use and must not be changed afterwards; parts without expressions are shared with the result.
 *
 * The result is typed as a receipt, and `compile` checks that it is one.
 *
 * @example bind({ nodes: [{ kind: 'text', text: '{{ shop }}' }] }, { shop: '老城面馆' })
 * @throws OptionError when the data are no object; ReceiptError with the `path` in the template: `TEMPLATE_SYNTAX`, `TEMPLATE_TAG`,
 * `TEMPLATE_MISPLACED`, `TEMPLATE_NODE_INVALID`, `TEMPLATE_NOT_A_LIST`, `TEMPLATE_VALUE_MISSING`,
 * `TEMPLATE_VALUE_NOT_TEXT`, `TEMPLATE_FILTER`, `TEMPLATE_MONEY_NOT_FEN`, `TEMPLATE_DATE`, `TEMPLATE_TOO_LARGE`
 */
export function bind<Data>(template: Template<Data>, data: NoInfer<Data>): Receipt {
  return bindValue(template, data) as Receipt
}

/** Any part of a template, filled in. */
export function bindValue(template: unknown, data: unknown): unknown {
  if (data !== undefined) readArgument('bind', 'data', data, DATA)
  const render = compiledOf(template)
  if (render === null) return template
  return render(createScope(plainData(data ?? {})))
}

function compiledOf(template: unknown): Render | null {
  if (typeof template !== 'object' || template === null) return compileValue(template, '')
  let render = compiled.get(template)
  if (render === undefined) {
    checkNesting(template, 'TEMPLATE_NODE_INVALID')
    render = compileValue(template, '')
    compiled.set(template, render)
  }
  return render
}
