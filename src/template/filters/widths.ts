/** Filters that convert between half-width and full-width forms of characters. */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

/** Distance from an ASCII character to its full-width form (Unicode's block Halfwidth and Fullwidth Forms). */
const DISTANCE = 0xff01 - 0x21
const WIDE_BLANK = '\u3000'

/** `fullwidth`: `A12 x` → `Ａ１２　ｘ`, so that ASCII is as wide as hanzi. */
export function fullwidth(value: unknown): string {
  return textOf(value, 'fullwidth').replace(/[ -~]/g, (one) =>
    one === ' ' ? WIDE_BLANK : String.fromCharCode(one.charCodeAt(0) + DISTANCE),
  )
}

/** `halfwidth`: `Ａ１２　ｘ` → `A12 x`. */
export function halfwidth(value: unknown): string {
  return textOf(value, 'halfwidth').replace(/[\uff01-\uff5e\u3000]/g, (one) =>
    one === WIDE_BLANK ? ' ' : String.fromCharCode(one.charCodeAt(0) - DISTANCE),
  )
}

function textOf(value: unknown, filter: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value)
  throw new ReceiptError(
    `the filter ${filter} takes text or a whole number, and this is ${kindOf(value)}`,
    { code: 'TEMPLATE_FILTER' },
  )
}
