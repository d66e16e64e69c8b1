/** The filter `currency`: an amount in the smallest unit of its currency, with the digits and separators of our own table. */

import { ReceiptError } from '../../model/errors.js'
import { didYouMean } from '../../model/nearest-names.js'
import { currencyCodes, currencyOf, type Separators } from './currencies.js'
import { kindOf } from './kind-of.js'

const STYLES = ['symbol', 'code', 'number']

/**
 * `currency: 'USD'`: whole cents → `$1,286.00`; `currency: 'JPY'`: whole yen → `￥128,600`; `currency: 'EUR'` → `1.286,00 €`.
 * A second argument says how the currency is named: `'symbol'`, `'code'` (`USD 1,286.00`) or `'number'` (`1,286.00`).
 * @throws ReceiptError `TEMPLATE_FILTER` for codes that ISO 4217 does not have, `TEMPLATE_MONEY_NOT_FEN` for what is not whole
 * @example currency(-128600n, 'EUR') // '-1.286,00 €'
 */
export function currency(value: unknown, code?: unknown, style: unknown = 'symbol'): string {
  const known = typeof code === 'string' ? currencyOf(code) : undefined
  if (known === undefined) throw unknownCode(code)
  if (!STYLES.includes(style as string)) {
    throw failure(`the filter currency has the styles ${STYLES.join(', ')}`)
  }
  const units = unitsOf(value)
  const sign = units < 0n ? '-' : ''
  const { digits, before, behind, separators } = known
  const number = numberText(units < 0n ? -units : units, digits, separators)
  if (style === 'number') return `${sign}${number}`
  if (style === 'symbol' && before !== undefined) return `${sign}${before}${number}`
  if (style === 'symbol' && behind !== undefined) return `${sign}${number} ${behind}`
  return `${String(code)} ${sign}${number}`
}

function numberText(size: bigint, digits: number, { group, point, grouping }: Separators): string {
  const text = size.toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const places = grouping === 'indian' ? /\B(?=(?:\d{2})*\d{3}$)/g : /\B(?=(?:\d{3})+$)/g
  const grouped = whole.replace(places, group)
  return digits === 0 ? grouped : `${grouped}${point}${text.slice(-digits)}`
}

function unitsOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  throw new ReceiptError(
    `the filter currency takes a whole number of the smallest unit, and this is ${kindOf(value)}`,
    {
      code: 'TEMPLATE_MONEY_NOT_FEN',
      hint: 'give 128600 for 1,286.00 dollars, and 1286 for 1,286 yen',
    },
  )
}

function unknownCode(code: unknown): ReceiptError {
  if (typeof code !== 'string') return failure("the filter currency needs a code, such as 'USD'")
  const hint = code.length > 10 ? undefined : didYouMean(code, currencyCodes)
  return failure('ISO 4217 has no currency of this code', hint ?? 'write three capitals: USD')
}

function failure(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_FILTER', hint })
}
