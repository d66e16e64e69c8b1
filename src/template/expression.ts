/** Strings with `{{ expressions }}`: parsed once by LiquidJS, then evaluated against data that is never parsed. */

import {
  Context,
  type DelimitedToken,
  defaultOperators,
  type FilteredValueToken,
  Liquid,
  type OperatorToken,
  type TextToken,
  type Token,
  Tokenizer,
  TokenKind,
  toValueSync,
  Value,
} from 'liquidjs/dist/liquid.browser.mjs'
import { ReceiptError } from '../model/errors.js'
import { filters } from './filters/index.js'

/** Where an expression runs: the data, the variables of the loops around it, and which elements they are at. */
export interface Scope {
  readonly context: Context
  readonly loops: { readonly list: string; index: number }[]
}

export interface Expression {
  /** As written, without braces. */
  readonly source: string
  /** In the template: `nodes[3].value`. */
  readonly path: string
  readonly value: Value
  /** Begins with `| default`: a missing variable is no error. */
  readonly hasDefault: boolean
}

const operators = {
  ...defaultOperators,
  not: (value: unknown) => !isTrue(value),
  and: (left: unknown, right: unknown) => isTrue(left) && isTrue(right),
  or: (left: unknown, right: unknown) => isTrue(left) || isTrue(right),
}
const liquid = createLiquid()

function createLiquid(): Liquid {
  const options = { strictVariables: true, strictFilters: true, ownPropertyOnly: true }
  // A guard against (1..1e9), counted in list entries and characters that filters make for one receipt.
  const created = new Liquid({ ...options, memoryLimit: 2e7, operators })
  for (const name of Object.keys(created.tags)) delete created.tags[name]
  for (const name of Object.keys(created.filters)) delete created.filters[name]
  for (const [name, filter] of Object.entries(filters)) created.registerFilter(name, filter)
  return created
}

export function createScope(data: object): Scope {
  return { context: new Context(data, liquid.options, { sync: true }, { liquid }), loops: [] }
}

/** The parts of a string, or null where it holds no expression. */
export function parseText(text: string, path: string): (string | Expression)[] | null {
  if (!text.includes('{{') && !text.includes('{%')) return null
  const tokens = parsing(text, path, () => new Tokenizer(text).readTopLevelTokens())
  return tokens.map((token) => {
    if (token.kind === TokenKind.HTML) return (token as TextToken).getContent()
    if (token.kind !== TokenKind.Output) throw tagError(token, path)
    const [from, to] = (token as DelimitedToken).contentRange
    return parseExpression(token.input.slice(from, to), path)
  })
}

export function parseExpression(source: string, path: string): Expression {
  const trimmed = source.trim()
  return parsing(trimmed, path, () => {
    const tokenizer = new Tokenizer(trimmed, operators)
    const parsed = tokenizer.readFilteredValue()
    tokenizer.skipBlank()
    if (!tokenizer.end() || !isWhole(parsed)) throw new Error('something is left over or missing')
    const value = new Value(parsed, liquid)
    return { source: trimmed, path, value, hasDefault: value.filters[0]?.name === 'default' }
  })
}

/** Whether operators and operands make one value; LiquidJS would take the first and drop the rest. */
function isWhole(parsed: FilteredValueToken): boolean {
  let values = 0
  for (const token of parsed.initial.postfix) {
    if (token.kind !== TokenKind.Operator) values++
    else if ((token as OperatorToken).operator === 'not') {
      if (values < 1) return false
    } else if (--values < 1) return false
  }
  return values === 1
}

/** The text of a scalar; anything else is an error. */
export function textOf(expression: Expression, scope: Scope): string {
  const value = resultOf(expression, scope)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean' || typeof value === 'bigint' || Number.isFinite(value)) {
    return String(value)
  }
  const kind = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : value
  throw failure(expression, scope, `is ${String(kind)}, which is not text`, {
    code: 'TEMPLATE_VALUE_NOT_TEXT',
    hint: 'Name one of its fields, or use {"kind":"each"} to go through a list.',
  })
}

/** What the expression gives, never undefined or null. */
export function resultOf(expression: Expression, scope: Scope): unknown {
  return evaluate(expression, scope, expression.hasDefault)
}

/** Whether a test holds; missing variables count as false. */
export function testOf(expression: Expression, scope: Scope): boolean {
  return isTrue(evaluate(expression, scope, true, true))
}

/** False are false, 0, empty text, an empty list, null and what is missing. */
function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

function evaluate(
  expression: Expression,
  scope: Scope,
  lenient: boolean,
  mayBeMissing = false,
): unknown {
  const { initial, filters: steps } = expression.value
  let current: unknown
  try {
    current = toValueSync(initial.evaluate(scope.context, lenient))
    if (isMissing(current) && !lenient) throw new Missing()
    for (const step of steps) current = toValueSync(step.render(current, scope.context))
    if (isMissing(current) && !mayBeMissing) throw new Missing()
  } catch (error) {
    throw explained(error, expression, scope)
  }
  return current
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

class Missing extends Error {}

function explained(error: unknown, expression: Expression, scope: Scope): ReceiptError {
  if (error instanceof Missing || (error as Error).name === 'UndefinedVariableError') {
    const detail = error instanceof Missing ? '' : ` (${(error as Error).message.split(',')[0]})`
    return failure(expression, scope, `has no value${detail}`, {
      code: 'TEMPLATE_VALUE_MISSING',
      hint: "Give it in the data, or write `| default: ''` where it may be absent.",
    })
  }
  if (error instanceof ReceiptError) {
    const { code, hint } = error
    return failure(expression, scope, `fails: ${error.message}`, { code, hint, cause: error })
  }
  const message = error instanceof Error ? error.message : String(error)
  return failure(expression, scope, `fails: ${message}`, { code: 'TEMPLATE_FILTER', cause: error })
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
  const at = scope.loops.map(({ list, index }) => ` in element ${index + 1} of ${list}`).join('')
  return new ReceiptError(`{{ ${expression.source} }} ${what}${at}`, {
    ...details,
    path: expression.path,
  })
}

function parsing<T>(source: string, path: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof ReceiptError) throw error
    const message = error instanceof Error ? error.message.split(', line:')[0] : String(error)
    throw new ReceiptError(`Cannot read the template text ${JSON.stringify(source)}: ${message}`, {
      code: 'TEMPLATE_SYNTAX',
      path,
      hint: "Write {{ item.name }} or {{ total | money }}; a literal brace pair is {{ '{{' }}.",
      cause: error,
    })
  }
}

function tagError(token: Token, path: string): ReceiptError {
  return new ReceiptError(`Tags are not allowed in template texts: ${token.getText()}`, {
    code: 'TEMPLATE_TAG',
    path,
    hint: 'Loops and conditions are nodes: {"kind":"each", …} and {"kind":"if", …}.',
  })
}
