/** Filters for numbers that identify something: cards, vouchers, terminals. */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

/**
 * `mask`: the first 6 and last 4 characters, and a star for each between: `622202******0012`. `mask: 4, 4` keeps
 * other counts. A text that is no longer than both counts together becomes stars only.
 */
export function mask(value: unknown, first: unknown = 6, last: unknown = 4): string {
  const from = countOf(first, 'mask')
  const to = countOf(last, 'mask')
  const characters = [...codeOf(value, 'mask')]
  const hidden = characters.length - from - to
  if (hidden <= 0) return '*'.repeat(characters.length)
  return [
    ...characters.slice(0, from),
    '*'.repeat(hidden),
    ...characters.slice(characters.length - to),
  ].join('')
}

/** `pad: 6`: zeros in front up to the width: `17` → `000017`. A longer text stays as it is. */
export function pad(value: unknown, width?: unknown): string {
  return codeOf(value, 'pad').padStart(countOf(width, 'pad'), '0')
}

function codeOf(value: unknown, filter: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value)
  throw new ReceiptError(
    `the filter ${filter} takes text or a whole number, and this is ${kindOf(value)}`,
    {
      code: 'TEMPLATE_FILTER',
      hint: 'keep card and voucher numbers as text: a number loses zeros and, from 16 digits, its end',
    },
  )
}

function countOf(value: unknown, filter: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255) {
    return value
  }
  throw new ReceiptError(
    `the filter ${filter} counts characters with a whole number from 0 to 255, and this is ${kindOf(value)}`,
    { code: 'TEMPLATE_FILTER' },
  )
}
