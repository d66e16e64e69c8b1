/**
 * Liquid's arithmetic filters, restricted to numbers and exact for whole numbers. Liquid itself counts other values as 0 and rounds whole
 * numbers beyond 2^53, and both would make a total wrong.
 */

import { filters as liquid } from 'liquidjs/dist/liquid.browser.mjs'
import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

/** Whole numbers beyond 2^53 are bigints. */
type Numeric = number | bigint
type Arithmetic = (...numbers: number[]) => number

const names = [
  ...['plus', 'minus', 'times', 'divided_by', 'modulo'],
  ...['abs', 'ceil', 'floor', 'round', 'at_least', 'at_most'],
]

/** The operations that work on whole numbers of any size. */
const EXACT: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  abs: (a) => (a < 0n ? -a : a),
  at_least: (a, b) => inOrder(a, b)[1],
  at_most: (a, b) => inOrder(a, b)[0],
}

/** Sorts two bigints, which `Math.min` and `Math.max` do not take. */
function inOrder(a: bigint, b: bigint): readonly [bigint, bigint] {
  return a <= b ? [a, b] : [b, a]
}

export const arithmetic = Object.fromEntries(
  names.map((name) => [
    name,
    (...values: readonly unknown[]) =>
      calculate(
        name,
        values.map((value) => numberOf(value, name)),
      ),
  ]),
)

/** `sum`: adds up a field of the elements, as in `items | sum: 'fen'`, or a list of numbers. */
export function sum(list: unknown, field?: unknown): Numeric {
  if (!Array.isArray(list))
    throw failure(`the filter sum takes a list, and this is ${kindOf(list)}`)
  const values = field === undefined ? list : list.map((element) => ownField(element, field))
  return values.reduce(
    (total: Numeric, value) => calculate('plus', [total, numberOf(value, 'sum')]),
    0,
  )
}

function ownField(element: unknown, field: unknown): unknown {
  if (typeof field !== 'string') throw failure('the filter sum takes the name of a field as text')
  return typeof element === 'object' && element !== null && Object.hasOwn(element, field)
    ? (element as Readonly<Record<string, unknown>>)[field]
    : undefined
}

function calculate(name: string, numbers: readonly Numeric[]): Numeric {
  if (numbers.every((value) => typeof value === 'number')) {
    const result = (liquid[name] as Arithmetic)(...numbers)
    if (!Number.isFinite(result)) throw failure(`the filter ${name} gives no number`)
    if (!Number.isInteger(result) || Number.isSafeInteger(result)) return result
  }
  const [first = 0, second = 0] = numbers
  const exact = EXACT[name]
  if (exact === undefined || !isWhole(first) || !isWhole(second)) {
    throw failure(`the filter ${name} cannot be exact with numbers beyond 2^53`)
  }
  return narrowed(exact(BigInt(first), BigInt(second)))
}

function isWhole(value: Numeric): boolean {
  return typeof value === 'bigint' || Number.isInteger(value)
}

function narrowed(value: bigint): Numeric {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** Number of decimal digits that a floating-point number always keeps. */
const EXACT_DIGITS = 15

/** Reads a number, or a number written as text. @throws ReceiptError `TEMPLATE_FILTER` */
function numberOf(value: unknown, filter: string): Numeric {
  if (typeof value === 'bigint') return narrowed(value)
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value
    throw failure(
      `the filter ${filter} takes exact numbers, and this is ${kindOf(value)}`,
      'give numbers beyond 2^53 as text or as bigint, because a floating-point number loses their last digits',
    )
  }
  if (typeof value === 'string' && /^-?\d{1,1000}$/.test(value)) return narrowed(BigInt(value))
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) {
    if (value.replace(/^-?0*\.?0*|\./g, '').length <= EXACT_DIGITS) return Number(value)
    throw failure(`the filter ${filter} keeps ${EXACT_DIGITS} digits, and this has more`)
  }
  throw failure(`the filter ${filter} takes numbers, and this is ${kindOf(value)}`)
}

function failure(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_FILTER', hint })
}
