/** Exact decimal numbers, because 0.1 + 0.2 must not become 0.30000000000000004 on paper. */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

/** `digits` over ten to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** Number of decimal digits that a floating-point number always keeps. */
const EXACT_DIGITS = 15
const MAX_LENGTH = 100
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/

/**
 * Reads a number as written. For a floating-point number, its shortest decimal text is read, which is what its author wrote.
 * @throws ReceiptError `TEMPLATE_FILTER` for what is no number, and for numbers of more digits than are exact
 * @example decimalOf(0.085, 'percent') // { digits: 85n, scale: 3 }
 */
export function decimalOf(value: unknown, filter: string): Decimal {
  if (typeof value === 'bigint') return { digits: value, scale: 0 }
  const text = typeof value === 'number' ? String(value) : value
  const found =
    typeof text === 'string' && text.length <= MAX_LENGTH ? DECIMAL.exec(text.trim()) : null
  if (found === null || (typeof value === 'string' && found[4] !== undefined)) {
    throw failure(`the filter ${filter} takes numbers, and this is ${kindOf(value)}`)
  }
  const [, sign, whole = '', fraction = '', exponent = '0'] = found
  const all = `${whole}${fraction}`.replace(/^0+/, '')
  if (
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    all.replace(/0+$/, '').length > EXACT_DIGITS
  ) {
    throw failure(
      `the filter ${filter} takes exact numbers, and this has more than ${EXACT_DIGITS} digits`,
      'round it where it is computed, or give it as text',
    )
  }
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  const scale = fraction.length - Number(exponent)
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale }
}

/** Rounds to `places` digits behind the point, halves away from zero. */
export function rounded({ digits, scale }: Decimal, places: number): Decimal {
  if (scale <= places) return { digits: digits * 10n ** BigInt(places - scale), scale: places }
  const by = 10n ** BigInt(scale - places)
  const half = digits < 0n ? -by / 2n : by / 2n
  return { digits: (digits + half) / by, scale: places }
}

/** Removes zeros at the end of the fraction. */
export function trimmed({ digits, scale }: Decimal): Decimal {
  let [left, places] = [digits, scale]
  while (places > 0 && left % 10n === 0n) {
    left /= 10n
    places--
  }
  return { digits: left, scale: places }
}

/** @example decimalText({ digits: -5n, scale: 2 }) // '-0.05' */
export function decimalText({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const sign = digits < 0n ? '-' : ''
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-scale)}`
}

/** Checks a filter's argument for the number of digits, 0 to 12. */
export function placesOf(value: unknown, filter: string): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 12) return Number(value)
  throw failure(`the filter ${filter} counts digits with a whole number from 0 to 12`)
}

function failure(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_FILTER', hint })
}
