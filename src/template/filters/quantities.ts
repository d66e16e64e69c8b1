/** Filters for shares and quantities, in exact decimals. */

import { ReceiptError } from '../../model/errors.js'
import { decimalOf, decimalText, placesOf, rounded, trimmed } from './decimal.js'
import { kindOf } from './kind-of.js'

/**
 * `percent`: a share as per cent: `0.085` → `8.5%`. `percent: 1` has one digit behind the point, rounded, halves away from zero.
 * @throws ReceiptError `TEMPLATE_FILTER`
 * @example percent('0.0625', 1) // '6.3%'
 */
export function percent(value: unknown, places?: unknown): string {
  const { digits, scale } = decimalOf(value, 'percent')
  const hundredfold = { digits: digits * 100n, scale }
  const shown =
    places === undefined ? trimmed(hundredfold) : rounded(hundredfold, placesOf(places, 'percent'))
  return `${decimalText(shown)}%`
}

/**
 * `qty`: a quantity without zeros at its end: `1.50` → `1.5`, `2` → `2`. `qty: 3` has three digits behind the point, and
 * `qty: 3, 'kg'` a unit after them; a quantity with more digits is refused, because a digit that is left out makes the price wrong.
 * @throws ReceiptError `TEMPLATE_FILTER`
 * @example qty('0.350', 3, 'kg') // '0.350kg'
 */
export function qty(value: unknown, places?: unknown, unit: unknown = ''): string {
  if (typeof unit !== 'string') {
    throw failure(`the filter qty takes its unit as text, and this is ${kindOf(unit)}`)
  }
  const exact = trimmed(decimalOf(value, 'qty'))
  if (places === undefined) return `${decimalText(exact)}${unit}`
  const count = placesOf(places, 'qty')
  if (exact.scale > count) {
    throw failure(
      `the filter qty shows ${count} digits behind the point, and this has ${exact.scale}`,
      'show more digits, or add `| round: 3` before it if it may be rounded',
    )
  }
  return `${decimalText(rounded(exact, count))}${unit}`
}

function failure(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_FILTER', hint })
}
