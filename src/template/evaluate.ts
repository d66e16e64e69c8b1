/** Expressions with data: to text, to values, to true or false. */

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
 * The rest of the limits, for the whole of a template, because nested loops over a long list would fill the memory.
 */
interface Budget extends Limits {
  elements: number
  characters: number
}

/**
 * The surroundings of an expression: the data, the variables of the loops around it, and the elements that those
 * are at.
 */
export interface Scope {
  readonly data: object
  /** The variables of the loops around, the innermost last; `context` has them too. */
  readonly frames: object[]
  readonly context: Context
  readonly loops: { readonly list: string; index: number }[]
  readonly budget: Budget
  readonly partials: Partials
  /** Partials that this one is included by. */
  readonly depth: number
}

/** Partials that include each other in a circle end here. */
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

/** The nodes of a partial that is about to be included. */
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

/** A partial sees its parameters, and no other data. */
export function partialScope(parameters: object, around: Scope): Scope {
  const { loops, budget, partials, depth } = around
  const context = contextOf(parameters, around.context)
  return { data: parameters, frames: [], context, loops, budget, partials, depth: depth + 1 }
}

/** Counts the elements of a loop that begins. */
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

/** The text, counted. */
export function spendText(text: string, path: string, { budget }: Scope): string {
  budget.characters -= text.length
  if (budget.characters >= 0) return text
  throw new ReceiptError(`the receipt has more than ${budget.maxCharacters} characters of text`, {
    code: 'TEMPLATE_TOO_LARGE',
    path,
    hint: 'print less, or in several receipts',
  })
}

/** The text of a scalar; anything else is an error. */
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

/** A number that is too short for a part of a card's may be named. */
function shortNameOf(value: unknown): string {
  return Number.isInteger(value) && Math.abs(Number(value)) < 10_000 ? String(value) : kindOf(value)
}

/** The value of a setting such as `bold`, as the data have it, checked. */
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

/** The value of the expression, never undefined or null. */
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
 * LiquidJS takes `size`, `first` and `last` for the size of all data, its first and its last, if the data lack such
 * a field.
 */
function isNowhere(steps: readonly string[] | undefined, { data, frames }: Scope): boolean {
  const [root, more] = steps ?? []
  if (root === undefined || more !== undefined || Object.hasOwn(data, root)) return false
  return !frames.some((frame) => root in frame)
}

/** The short way for most expressions: own fields all along. Undefined says nothing: LiquidJS knows the rest. */
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

/** The field of the data that was probably meant, at the first step of the path that leads nowhere. */
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

/** A table with keys from the data does not have a fixed list of fields. */
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
  // Without its cause, which loggers print with the message and which may quote the value.
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
