/**
 * Sub-path `xiaopiao/counter`: a page at which people take trades, print slips and settle.
 *
 * It is served on this machine only, because a counter is one person at one screen. Its users sign in with the PIN of an operator,
 * and every request must come from the page itself.
 *
 * ```js
 * import { startCounter } from 'xiaopiao/counter'
 *
 * const counter = await startCounter({ archive, printer, journal, profile, terminal: '10023456' })
 * console.log(counter.url)
 * ```
 */

import { exportVouchers } from '../vouchers/exchange/export-vouchers.js'
import { printVoucher, reprintVoucher } from '../vouchers/print-voucher.js'
import { settlementSlip } from '../vouchers/slips/closing-slips.js'
import type { Counter, CounterOptions } from './counter-options.js'
import { serveCounter } from './serve-counter.js'
import { slipPicture } from './slip-picture.js'

export type { Counter, CounterOptions, CounterPaper } from './counter-options.js'

/**
 * Serves a page on this machine at which operators take trades, print slips, find vouchers and settle. Several pages may be open.
 *
 * @throws OptionError; VoucherError `OPERATOR_NEEDED` if the store has no operators, `PACKAGE_MISSING`, `PORT_UNAVAILABLE`
 *
 * @example
 * const manager = { no: '01', name: '王店长', role: 'manager', pin: '820416' } as const
 * await archive.operators.add(manager, { now: new Date(), by: '01' })
 * await using counter = await startCounter({ archive, printer, journal, profile, terminal: '10023456' })
 * counter.url.startsWith('http://127.0.0.1:') // true
 */
export async function startCounter(options: CounterOptions): Promise<Counter> {
  return serveCounter(options, {
    printVoucher,
    reprintVoucher,
    settlementSlip,
    slipPicture,
    exportVouchers,
  })
}
