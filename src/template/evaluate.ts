/** Evaluates expressions with data: to text, to values, or to true and false. */

import { Context, toValueSync } from 'liquidjs/dist/liquid.browser.mjs'
import type { Setting } from '../elements/setting.js'
import { ReceiptError } from '../model/errors.js'
import { didYouMean } from '../model/nearest-names.js'
import { messageOf } from '../model/realms.js'
import { isTrue, liquid } from './engine.js'
import { kindOf } from './filters/kind-of.js'
import type { Expression } from './parse.js'

/** Lists of nodes by the names that `include` gives them. */
export type Partials = Readonly<Record<string, readonly unknown[]>>

export interface Limits {
  readonly maxElements: number
  readonly maxCharacters: number
}

export const DEFAULT_LIMITS: Limits = { maxElements: 1_000_000, maxCharacters: 20_000_000 }

/**
 * The rest of the limits. One budget serves the whole template, because nested loops over a long list could fill the memory.
 */
interface Budget extends Limits {
  elements: number
  characters: number
}

/**
 * The scope of an expression: the data, the variables of the loops around it, and the current element of each loop.
 */
export interface Scope {
  readonly data: object
  /** The variables of the loops around the expression, the innermost last. LiquidJS's `context` has them too. */
  readonly frames: object[]
  readonly context: Context
  readonly loops: { readonly list: string; index: number }[]
  readonly budget: Budget
  readonly partials: Partials
  /** Number of partials around the expression. */
  readonly depth: number
}

/** Limit that stops partials that include each other in a circle. */
const MAX_DEPTH = 20

export function createScope(data: object, partials: Partials, limits: Limits): Scope {
  const { maxElements: elements, maxCharacters: characters } = limits
  return {
    data,
    frames: [],
    context: contextOf(data),
    loops: [],
    budget: { ...limits, elements, characters },
    partials,
    depth: 0,
  }
}

function contextOf(data: object, around?: Context): Context {
  const memory = around === undefined ? {} : { memoryLimit: around.memoryLimit }
  return new Context(data, liquid.options, { sync: true }, { liquid, ...memory })
}

export function enter(scope: Scope, variables: Readonly<Record<string, unknown>>): void {
  const frame: object = Object.assign(Object.create(null), variables)
  scope.frames.push(frame)
  scope.context.push(frame)
}

export function leave(scope: Scope): void {
  scope.frames.pop()
  scope.context.pop()
}

/** Returns the nodes of a partial, and counts the include. @throws ReceiptError `TEMPLATE_PARTIAL_MISSING`, `TEMPLATE_TOO_LARGE` */
export function partialNamed(name: string, path: string, scope: Scope): readonly unknown[] {
  const nodes = Object.hasOwn(scope.partials, name) ? scope.partials[name] : undefined
  const known = Object.keys(scope.partials)
  if (nodes === undefined) {
    throw new ReceiptError(`no partial ${name} was given`, {
      code: 'TEMPLATE_PARTIAL_MISSING',
      path: `${path}.partial`,
      hint: didYouMean(name, known) ?? 'give it in the option partials, by its name',
    })
  }
  scope.budget.elements -= 1
  if (scope.depth < MAX_DEPTH && scope.budget.elements >= 0) return nodes
  throw new ReceiptError(`partials include each other more than ${MAX_DEPTH} times over`, {
    code: 'TEMPLATE_TOO_LARGE',
    path,
    hint: 'a partial must not include itself without end',
  })
}

/** Makes the scope of a partial, which sees its parameters and no other data. */
export function partialScope(parameters: object, around: Scope): Scope {
  const { loops, budget, partials, depth } = around
  const context = contextOf(parameters, around.context)
  return { data: parameters, frames: [], context, loops, budget, partials, depth: depth + 1 }
}

/** Counts the elements of a loop before it begins. @throws ReceiptError `TEMPLATE_TOO_LARGE` */
export function spend(list: Expression, count: number, scope: Scope): void {
  const { budget } = scope
  budget.elements -= count
  if (budget.elements >= 0) return
  throw failure(
    list,
    scope,
    `makes more than ${budget.maxElements} elements with the loops around it`,
    { code: 'TEMPLATE_TOO_LARGE', hint: 'print fewer, or in several receipts' },
  )
}

/** Counts the characters of a text and returns the text. @throws ReceiptError `TEMPLATE_TOO_LARGE` */
export function spendText(text: string, path: string, { budget }: Scope): string {
  budget.characters -= text.length
  if (budget.characters >= 0) return text
  throw new ReceiptError(`the receipt has more than ${budget.maxCharacters} characters of text`, {
    code: 'TEMPLATE_TOO_LARGE',
    path,
    hint: 'print less, or in several receipts',
  })
}

/** Returns the value of an expression as text. A value that is not a scalar is an error. */
export function textOf(expression: Expression, scope: Scope): string {
  const value = resultOf(expression, scope)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value)) {
    return String(value)
  }
  throw failure(expression, scope, `is ${kindOf(value)}, which is not text`, {
    code: 'TEMPLATE_VALUE_NOT_TEXT',
    hint: 'name one of its fields, or use {"kind":"each"} to go through a list',
  })
}

/** Quotes a whole number of up to four digits, which reveals no card number; other values are named by their type. */
function shortNameOf(value: unknown): string {
  return Number.isInteger(value) && Math.abs(Number(value)) < 10_000 ? String(value) : kindOf(value)
}

/** Returns the value of a setting such as `bold` unchanged, after checking it. */
export function settingValueOf(expression: Expression, scope: Scope, setting: Setting): unknown {
  const value = resultOf(expression, scope)
  if (typeof value === 'object' && !setting.takesList) {
    throw failure(expression, scope, `is ${kindOf(value)}, which is no setting`, {
      code: 'TEMPLATE_VALUE_NOT_TEXT',
      hint: 'name one of its fields, or use {"kind":"each"} to go through a list',
    })
  }
  const expected = setting.expected(value)
  if (expected === undefined) return value
  throw failure(expression, scope, `must give ${expected}, and gives ${shortNameOf(value)}`, {
    code: 'TEMPLATE_VALUE_TYPE',
    hint: 'mend it in the data, or compare it in the expression',
  })
}

/** Returns the value of the expression. @throws ReceiptError if it is undefined or null, unless the expression has a default */
export function resultOf(expression: Expression, scope: Scope): unknown {
  return evaluate(expression, scope, expression.hasDefault)
}

/** Whether a test holds; missing variables count as false. */
export function testOf(expression: Expression, scope: Scope): boolean {
  return isTrue(evaluate(expression, scope, true, true))
}

function evaluate(
  expression: Expression,
  scope: Scope,
  lenient: boolean,
  mayBeMissing = false,
): unknown {
  const { initial, filters } = expression.value
  let current: unknown
  try {
    current = expression.steps && walk(expression.steps, scope)
    if (!isNowhere(expression.steps, scope)) {
      current ??= toValueSync(initial.evaluate(scope.context, lenient))
    }
    if (isMissing(current) && !lenient) throw new Missing()
    for (const filter of filters) current = toValueSync(filter.render(current, scope.context))
    if (isMissing(current) && !mayBeMissing) throw new Missing()
  } catch (error) {
    throw explained(error, expression, scope)
  }
  return current
}

/**
 * Whether the path is a single name that does not exist. LiquidJS must not evaluate it, because it would take `size`, `first` and `last`
 * for the size of the data object and its first and last value.
 */
function isNowhere(steps: readonly string[] | undefined, { data, frames }: Scope): boolean {
  const [root, more] = steps ?? []
  if (root === undefined || more !== undefined || Object.hasOwn(data, root)) return false
  return !frames.some((frame) => root in frame)
}

/** Evaluates a plain path of own fields, as most expressions are. If the result is undefined, LiquidJS has to evaluate it. */
function walk(steps: readonly string[], scope: Scope): unknown {
  const [root = '', ...fields] = steps
  let current: unknown = scope.data
  for (let i = scope.frames.length - 1; i >= 0; i--) {
    const frame = scope.frames[i] as object
    if (!(root in frame)) continue
    current = frame
    break
  }
  current = ownField(current, root)
  for (const field of fields) current = ownField(current, field)
  return typeof current === 'function' ? undefined : current
}

const GIVE_IT = "give it in the data, or write `| default: ''` if it may be absent"

/** Returns a hint with the field that was probably meant by the first step of the path that does not exist. */
function nearestField({ steps = [] }: Expression, scope: Scope): string | undefined {
  let current: unknown = Object.assign({}, scope.data, ...scope.frames)
  for (const [i, step] of steps.entries()) {
    if (typeof current !== 'object' || current === null) return undefined
    if (!Object.hasOwn(current, step)) {
      const before = steps.slice(0, i).map((one) => `${one}.`)
      const names = Object.keys(current)
      const known = names.length > MOST_NAMES ? [] : names
      return didYouMean(step, known)?.replace('mean ', `mean ${before.join('')}`)
    }
    current = ownField(current, step)
  }
  return undefined
}

/** An object with more fields is taken for a table with keys from data, for which names are not suggested. */
const MOST_NAMES = 200

function ownField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

class Missing extends Error {}

function explained(error: unknown, expression: Expression, scope: Scope): ReceiptError {
  if (error instanceof Missing || (error as Error).name === 'UndefinedVariableError') {
    const name = /undefined variable: ([^,]+)/.exec(messageOf(error))?.[1]
    const isOther = name !== undefined && name !== expression.steps?.join('.')
    return failure(expression, scope, `has no value${isOther ? `: there is no ${name}` : ''}`, {
      code: 'TEMPLATE_VALUE_MISSING',
      hint: nearestField(expression, scope) ?? GIVE_IT,
    })
  }
  if (error instanceof ReceiptError) {
    const { code, hint } = error
    return failure(expression, scope, `fails: ${error.message}`, { code, hint, cause: error })
  }
  // The cause is left out, because loggers print it with the message, and it may quote the value.
  const message = messageOf(error)
  return failure(expression, scope, `fails: ${message}`, { code: 'TEMPLATE_FILTER' })
}

interface Failure {
  readonly code: string
  readonly hint?: string | undefined
  readonly cause?: unknown
}

export function failure(
  expression: Expression,
  scope: Scope,
  what: string,
  details: Failure,
): ReceiptError {
  const at = scope.loops
    .toReversed()
    .map(({ list, index }) => ` in element ${index + 1} of ${list}`)
    .join('')
  return new ReceiptError(`{{ ${expression.source} }} ${what}${at}`, {
    ...details,
    path: expression.path,
  })
}
