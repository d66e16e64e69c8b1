/** Binds a template with data to make a receipt. */

import type { Receipt } from '../elements/nodes.js'
import { receiptSchema } from '../elements/receipt.js'
import { checkNesting } from '../model/nesting.js'
import {
  OBJECT,
  type OptionRule,
  type OptionRules,
  readArgument,
  readOptions,
  wholeNumber,
} from '../model/options.js'
import { compileValue, type Render } from './compile.js'
import { declaredOf } from './data-schema.js'
import { createScope, DEFAULT_LIMITS } from './evaluate.js'
import { plainData } from './plain-data.js'
import type { Template } from './types.js'

/** The rule for the argument `data`, unless it is absent, in which case the first value that the template needs is reported missing. */
const DATA: OptionRule = {
  ...OBJECT,
  says: 'an object with the values of the template',
  hint: 'parse JSON text first, and name a list: { items: [ … ] }',
}

export interface BindOptions {
  /**
   * Lists of nodes by name, for nodes such as `{"kind":"include","partial":"header"}`, which they replace. They are never read from files.
   * Default: none.
   */
  readonly partials?: Readonly<Record<string, readonly unknown[]>>
  /** Most elements that all loops go through, inner loops included; an included partial counts as one. Default 1,000,000. */
  readonly maxElements?: number
  /** Most characters in all texts that hold expressions, once filled in. Default 20,000,000. */
  readonly maxCharacters?: number
}

const BIND_RULES: OptionRules<BindOptions> = {
  partials: {
    says: 'an object with a list of nodes for each name',
    accepts: (value) =>
      OBJECT.accepts(value) && Object.values(value as object).every(Array.isArray),
    hint: 'write { partials: { header: [ … ] } }',
  },
  maxElements: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  maxCharacters: wholeNumber(0, Number.MAX_SAFE_INTEGER),
}

/** A compiled template, with the check of data by its own schema. */
interface Prepared {
  readonly render: Render | null
  readonly checkData: ((data: object) => void) | undefined
  /** The receipt, if the template has no expressions. */
  readonly fixed: unknown
}

const prepared = new WeakMap<object, Prepared>()

/**
 * The template with its strings filled in. A template is the JSON of a receipt in which
 *
 * - strings hold expressions of Liquid: `"{{ item.name }}"`, `"合计 {{ total | money }}"`. A setting such as `bold`, `size` or
 *   `columns` may be one expression, `"bold": "{{ vip }}"`, and its value is checked;
 * - `{"kind":"each","in":"items","as":"item","do":[…]}` gives its nodes once for each element (`as` is `item` by
 *   default), with `loop.index` from 1, `loop.first`, `loop.last` and `loop.count`;
 * - `{"kind":"if","test":"total > 0","then":[…],"else":[…]}` gives one list or the other. These count as false: false, 0,
 *   empty text, an empty list, null and a missing value;
 * - `{"kind":"switch","on":"pay","cases":{"cash":[…]},"else":[…]}` gives the list of the case that the value names;
 * - `{"kind":"let","set":{"net":"total | minus: tax"},"do":[…]}` gives names to values;
 * - `{"kind":"include","partial":"header","with":{"shop":"shop"}}` gives a list of `options.partials`, which sees only its `with`;
 * - `"data": { "schema": …, "sample": … }` says in JSON Schema which data the template needs: they are checked before anything else.
 *
 * Data become text and values of settings, and nothing else: they are never parsed, so that they cannot add nodes or expressions, and
 * formatting only where the template asks them for it. Functions in them are never called: they count as missing. The same template and
 * data give the same receipt everywhere. A template is compiled at its first use and must not be changed afterwards; parts without
 * expressions are shared with the result.
 *
 * The result is typed as a receipt, and `compile` checks that it is one.
 *
 * @throws OptionError when the data are no object, or an option is wrong; ReceiptError with the `path` in the template:
 * `TEMPLATE_SYNTAX`, `TEMPLATE_TAG`, `TEMPLATE_MISPLACED`, `TEMPLATE_NODE_INVALID`, `TEMPLATE_NOT_A_LIST`, `TEMPLATE_VALUE_MISSING`,
 * `TEMPLATE_VALUE_NOT_TEXT`, `TEMPLATE_VALUE_TYPE`, `TEMPLATE_CASE_MISSING`, `TEMPLATE_PARTIAL_MISSING`, `TEMPLATE_FILTER`,
 * `TEMPLATE_MONEY_NOT_FEN`, `TEMPLATE_DATE`, `TEMPLATE_TOO_LARGE`, `TEMPLATE_SCHEMA_INVALID`; or with the path in the data: `DATA_INVALID`
 *
 * @example
 * const { nodes } = bind({ nodes: [{ kind: 'text', text: '{{ shop }}' }] }, { shop: '老城面馆' })
 * nodes[0] // { kind: 'text', text: '老城面馆' }
 */
export function bind<Data>(
  template: Template<Data>,
  data: NoInfer<Data>,
  options?: BindOptions,
): Receipt {
  return bindValue(template, data, options) as Receipt
}

/** Fills in any part of a template. */
export function bindValue(template: unknown, data: unknown, options?: BindOptions): unknown {
  if (data !== undefined) readArgument('bind', 'data', data, DATA)
  const {
    partials = {},
    maxElements = DEFAULT_LIMITS.maxElements,
    maxCharacters = DEFAULT_LIMITS.maxCharacters,
  } = readOptions<BindOptions>('bind', options, BIND_RULES)
  const { render, checkData, fixed } = preparedOf(template)
  if (render === null && checkData === undefined) return fixed
  const plain = plainData(data ?? {})
  checkData?.(plain)
  if (render === null) return fixed
  checkNesting(partials, 'TEMPLATE_NODE_INVALID')
  return render(createScope(plain, partials, { maxElements, maxCharacters }))
}

function preparedOf(template: unknown): Prepared {
  if (typeof template !== 'object' || template === null) return prepare(template)
  let known = prepared.get(template)
  if (known === undefined) {
    checkNesting(template, 'TEMPLATE_NODE_INVALID')
    known = prepare(template)
    prepared.set(template, known)
  }
  return known
}

function prepare(template: unknown): Prepared {
  const { receipt, checkData } = declaredOf(template)
  return { render: compileValue(receipt, '', () => [receiptSchema]), checkData, fixed: receipt }
}
