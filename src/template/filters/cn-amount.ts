/**
 * The filter `cn_amount`: an amount in the numerals of cheques and invoices, 大写金额, by the rules for filling in
 * bills of the Payment and Settlement Measures (支付结算办法, annex 1). If those leave a 零 to the writer (`1680.32`,
 * `107000.53`), it is left out.
 */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

const DIGITS = [...'零壹贰叁肆伍陆柒捌玖']
const PLACES = ['', '拾', '佰', '仟']
/** The first amount that is too large: 10^16 yuan, in fen. */
const TOO_MUCH_FEN = 10n ** 18n

/**
 * `cn_amount`: whole fen, as number, bigint or text of digits: `130050` → `壹仟叁佰元伍角`. 整 always follows 元, follows 角
 * with `cn_amount: '整'`, and never follows 分. Negative amounts begin with 负.
 * @throws ReceiptError `TEMPLATE_MONEY_NOT_FEN`, `TEMPLATE_FILTER` for 10^16 yuan and more
 * @example cnAmount(1640902) // '壹万陆仟肆佰零玖元零贰分'
 */
export function cnAmount(value: unknown, afterJiao?: unknown): string {
  if (afterJiao !== undefined && afterJiao !== '整') {
    throw new ReceiptError("the only setting of cn_amount is '整', which stands after 角 then", {
      code: 'TEMPLATE_FILTER',
    })
  }
  const fen = fenOf(value)
  const size = fen < 0n ? -fen : fen
  if (size >= TOO_MUCH_FEN) {
    throw new ReceiptError(
      'the filter cn_amount writes amounts below 10,000,000,000,000,000 yuan',
      {
        code: 'TEMPLATE_FILTER',
        hint: 'amounts are in fen: 128600 is 1,286.00 yuan',
      },
    )
  }
  const yuan = size / 100n
  const jiao = Number((size / 10n) % 10n)
  const last = Number(size % 10n)
  const whole = yuan === 0n ? '' : `${wholeText(yuan)}元`
  return `${fen < 0n ? '负' : ''}${whole}${partText(whole, jiao, last, afterJiao === '整')}`
}

function partText(whole: string, jiao: number, fen: number, closes: boolean): string {
  if (jiao === 0 && fen === 0) return whole === '' ? '零元整' : '整'
  if (jiao === 0) return `${whole === '' ? '' : '零'}${DIGITS[fen]}分`
  return `${DIGITS[jiao]}角${fen === 0 ? (closes ? '整' : '') : `${DIGITS[fen]}分`}`
}

/** Writes a number of up to 16 digits: the part in 亿, which may itself contain 万, and the rest. */
function wholeText(value: bigint): string {
  const hundredMillions = value / 100_000_000n
  const rest = value % 100_000_000n
  if (hundredMillions === 0n) return eightDigits(rest)
  return `${eightDigits(hundredMillions)}亿${joined(rest, 10_000_000n, eightDigits)}`
}

function eightDigits(value: bigint): string {
  const tenThousands = value / 10_000n
  const rest = value % 10_000n
  if (tenThousands === 0n) return fourDigits(rest)
  return `${fourDigits(tenThousands)}万${joined(rest, 1000n, fourDigits)}`
}

/** Writes the part after a larger unit, with 零 before it if its highest place is empty. */
function joined(value: bigint, firstPlace: bigint, text: (value: bigint) => string): string {
  if (value === 0n) return ''
  return value < firstPlace ? `零${text(value)}` : text(value)
}

function fourDigits(value: bigint): string {
  const digits = [...value.toString()].map(Number)
  let text = ''
  let skipped = false
  for (const [i, digit] of digits.entries()) {
    if (digit === 0) {
      skipped = true
      continue
    }
    text += `${skipped ? '零' : ''}${DIGITS[digit]}${PLACES[digits.length - 1 - i]}`
    skipped = false
  }
  return text
}

function fenOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d{1,30}$/.test(value)) return BigInt(value)
  throw new ReceiptError(
    `the filter cn_amount takes a whole number of fen, and this is ${kindOf(value)}`,
    {
      code: 'TEMPLATE_MONEY_NOT_FEN',
      hint: 'give 128600, or the text "128600", for 1,286.00 yuan',
    },
  )
}
