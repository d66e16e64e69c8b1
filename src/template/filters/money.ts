/** Filters for amounts in fen, the hundredth of a yuan: integers, never floating point. */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

type Format = (sign: string, digits: string) => string

/** `money`: 128600 → `1,286.00`, -500 → `-5.00`. `money: 'plain'` has no thousands separators. */
export const money = amountFilter((sign, digits) => sign + digits)
/** `yuan`: 128600 → `￥1,286.00`, -500 → `-￥5.00`. */
export const yuan = amountFilter((sign, digits) => `${sign}￥${digits}`)
/** `rmb`: 128600 → `RMB 1,286.00`, -500 → `RMB -5.00`. */
export const rmb = amountFilter((sign, digits) => `RMB ${sign}${digits}`)

function amountFilter(format: Format) {
  return (value: unknown, style?: unknown): string => {
    if (style !== undefined && style !== 'plain') {
      throw new ReceiptError("the only style of an amount is 'plain'", { code: 'TEMPLATE_FILTER' })
    }
    const fen = fenOf(value)
    const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
    const whole = digits.slice(0, -2)
    const grouped = style === 'plain' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
    return format(fen < 0n ? '-' : '', `${grouped}.${digits.slice(-2)}`)
  }
}

function fenOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  throw new ReceiptError(`an amount is a whole number of fen, and this is ${kindOf(value)}`, {
    code: 'TEMPLATE_MONEY_NOT_FEN',
    hint: 'give 128600 for 1,286.00 yuan; after arithmetic add `| round`',
  })
}
