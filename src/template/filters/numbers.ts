/** Liquid's arithmetic, but for numbers alone: Liquid takes what is no number for 0, and a total would be wrong. */

import { filters as liquid } from 'liquidjs/dist/liquid.browser.mjs'
import { ReceiptError } from '../../model/errors.js'

type Arithmetic = (...numbers: number[]) => number

const names = [
  ...['plus', 'minus', 'times', 'divided_by', 'modulo'],
  ...['abs', 'ceil', 'floor', 'round', 'at_least', 'at_most'],
]

export const arithmetic = Object.fromEntries(
  names.map((name) => {
    const calculate = liquid[name] as Arithmetic
    const checked = (...values: readonly unknown[]) =>
      finite(name, calculate(...values.map((value) => numberOf(value, name))))
    return [name, checked]
  }),
)

/** `items | sum: 'fen'`, or of a list of numbers. */
export function sum(list: unknown, field?: unknown): number {
  if (!Array.isArray(list)) throw failure('The filter sum takes a list')
  const values = field === undefined ? list : list.map((element) => ownField(element, field))
  return values.reduce((total: number, value) => total + numberOf(value, 'sum'), 0)
}

function ownField(element: unknown, field: unknown): unknown {
  const name = String(field)
  return typeof element === 'object' && element !== null && Object.hasOwn(element, name)
    ? (element as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** A number, or its decimal text. */
function numberOf(value: unknown, filter: string): number {
  if (typeof value === 'number') return finite(filter, value)
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  throw failure(`The filter ${filter} takes numbers, not ${shown}`)
}

function finite(filter: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw failure(`The filter ${filter} gives no number`)
}

function failure(message: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_FILTER' })
}
