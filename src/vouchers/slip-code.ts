/** The bar code of a slip, by which the record of a filed slip is found. */

import type { Trade } from './trade.js'

/** Digits of batch and voucher number at the end of a code. */
const NUMBER_DIGITS = 12

/**
 * Returns the text of a slip's bar code: the platform's voucher number for scan trades, else terminal, batch and voucher number. With the
 * usual eight digits of a terminal that is 20 characters, which CODE 128 prints on 58 mm paper.
 *
 * @example
 * slipCode({ terminal: '10023456', batch: '000017', voucher: '000236' }) // '10023456000017000236'
 */
export function slipCode(
  trade: Pick<Trade, 'terminal' | 'payVoucher'> & {
    readonly batch: string
    readonly voucher: string
  },
): string {
  return trade.payVoucher ?? `${trade.terminal}${trade.batch}${trade.voucher}`
}

/** The parts of a scanned code, if it is one of terminal, batch and number. */
export function parseSlipCode(
  code: string,
): { readonly terminal: string; readonly batch: string; readonly number: string } | undefined {
  const numbers = code.slice(-NUMBER_DIGITS)
  const terminal = code.slice(0, -NUMBER_DIGITS)
  if (terminal === '' || !/^\d{12}$/.test(numbers)) return undefined
  return { terminal, batch: numbers.slice(0, 6), number: numbers.slice(6) }
}

/** Number of symbol characters of CODE 128 that fit on 58 mm paper with modules of two dots, which cheap scanners can still read. */
const MAX_BAR_SYMBOLS = 14
/** Minimum number of digits in a row that makes a change to the code set with two digits per symbol character worth it. */
const MIN_PACKED_DIGITS = 4

/**
 * Whether the code fits on 58 mm paper as a bar code; a longer one is printed as a QR code of the same characters.
 *
 * @example fitsBars('4200002345202611231234567890') // true: 28 digits, as payment platforms give them
 */
export function fitsBars(code: string): boolean {
  const symbols = (code.match(/\d+|\D+/g) ?? []).map((run) => {
    const isPacked = /\d/.test(run) && run.length >= MIN_PACKED_DIGITS
    const switches = run.length === code.length ? 0 : 1
    return isPacked ? Math.ceil(run.length / 2) + switches + (run.length % 2) : run.length
  })
  return symbols.reduce((sum, count) => sum + count, 0) <= MAX_BAR_SYMBOLS
}
