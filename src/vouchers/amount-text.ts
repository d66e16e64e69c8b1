/** Amounts as people type and read them. */

import { plainDigits } from './card-numbers.js'
import { VoucherError } from './errors.js'
import { MAX_FEN } from './trade.js'

/**
 * Fen of an amount in any usual spelling: `1286`, `1,286.00`, `￥1286`, `RMB 1,286.0`, `１２８６元`, `-1,286.00`. A sign is dropped,
 * because vouchers keep positive amounts and the type gives the direction.
 *
 * @param path of the argument, for errors
 * @throws VoucherError `QUERY_INVALID`
 * @example fenOf('￥1,286.5', 'amount') // 128650
 */
export function fenOf(text: string, path: string): number {
  const plain = plainDigits(text)
    .replace(/[\s\u3000]|RMB|CNY|[¥￥元圆]/gi, '')
    .replace(/[，]/g, ',')
    .replace(/[．。]/g, '.')
    .replace(/^[+\-＋－−]/, '')
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(\d{1,2}))?$/.exec(plain)
  const [, yuan = '', cents = ''] = match ?? []
  const fen = Number(yuan.replaceAll(',', '')) * 100 + Number(cents.padEnd(2, '0'))
  if (match !== null && fen <= MAX_FEN) return fen
  throw new VoucherError(`${path} must be an amount in yuan`, {
    code: 'QUERY_INVALID',
    path,
    hint: 'write it as 1286, 1,286.00 or ￥1286',
  })
}

/**
 * Yuan with two decimals and without separators, exact at any number of fen.
 *
 * @example yuanOf(-128600) // '-1286.00'
 */
export function yuanOf(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
