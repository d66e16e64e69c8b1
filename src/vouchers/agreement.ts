/** Whether the fields of a trade agree with its type and with each other. */

import { VoucherError } from './errors.js'
import { MAX_FEN, type Trade } from './trade.js'
import { TRADE_TYPE_RULES } from './trade-types.js'

/**
 * Checks that the fields of `trade` fit its type and each other.
 * @throws VoucherError `TRADE_INVALID` with the path of the field that contradicts another one
 */
export function checkAgreement(trade: Trade): void {
  checkType(trade)
  checkAmounts(trade)
  checkCash(trade)
  for (const field of ['at', 'receivedAt'] as const) {
    const time = trade[field]
    if (time === undefined || isRealTime(time)) continue
    throw wrong(field, `${field} must be a day and time that exist`)
  }
}

function checkType(trade: Trade): void {
  const rule = TRADE_TYPE_RULES[trade.type]
  if (!rule.kinds.includes(trade.kind)) {
    throw wrong('kind', `a ${trade.type} is paid by ${rule.kinds.join(' or ')}`)
  }
  if (trade.original !== undefined && rule.original === undefined) {
    throw wrong('original', `a ${trade.type} has no original`)
  }
  if (trade.periods !== undefined && trade.type !== 'installment') {
    throw wrong(
      'periods',
      `a ${trade.type} is not paid in periods; the type for that is installment`,
    )
  }
  if (trade.payCode !== undefined && trade.qrMode === 'MPM') {
    throw wrong('payCode', 'a customer who scans the code of the shop (MPM) shows no pay code')
  }
}

function checkAmounts({ type, fen, tipFen, orderFen, discountFen }: Trade): void {
  if (type === 'balance' && fen !== 0) throw wrong('fen', 'a balance moves no money, so fen is 0')
  if (type === 'balance' && tipFen !== undefined) throw wrong('tipFen', 'a balance has no tip')
  if (type !== 'balance' && fen < 1) throw wrong('fen', 'fen must be at least 1')
  if (fen + (tipFen ?? 0) > MAX_FEN) {
    throw wrong('tipFen', `fen and tipFen together must be at most ${MAX_FEN}`)
  }
  if (orderFen !== undefined && orderFen - (discountFen ?? 0) !== fen) {
    throw wrong('orderFen', 'orderFen minus discountFen must equal fen')
  }
  if (discountFen !== undefined && orderFen === undefined) {
    throw wrong('discountFen', 'a discount needs orderFen, the amount before it')
  }
}

function checkCash({ kind, fen, tipFen, tenderedFen }: Trade): void {
  if (tenderedFen === undefined) return
  if (kind !== 'cash') throw wrong('tenderedFen', 'only cash is handed over')
  if (tenderedFen < fen + (tipFen ?? 0)) {
    throw wrong('tenderedFen', 'the customer cannot have handed over less than the amount')
  }
}

/** Days that every month has. */
const SHORTEST_MONTH = 28

/** Whether the day exists. `Date.parse` reads 30 February as a day of March, so the parsed day must be written as the given one. */
function isRealTime(time: string): boolean {
  if (Number(time.slice(8, 10)) <= SHORTEST_MONTH) return !Number.isNaN(Date.parse(time))
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`)
  return (
    !Number.isNaN(Date.parse(time)) &&
    new Date(day).toISOString().slice(0, 10) === time.slice(0, 10)
  )
}

function wrong(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'TRADE_INVALID',
    path,
    hint: 'docs/vouchers.md lists the types of trades and how each is paid',
  })
}
