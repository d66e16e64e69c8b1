/** Turns typed fields into a trade. It only reads amounts and adds the facts of the counter; the library checks the trade. */

import { fenOf } from '../vouchers/amount-text.js'
import type { VoucherRecord } from '../vouchers/archive.js'
import { localTime } from '../vouchers/business-day.js'
import { VoucherError } from '../vouchers/errors.js'
import { TRADE_TYPE_RULES, TRADE_TYPES, type TradeType } from '../vouchers/trade-types.js'
import { refundOf, type UndoOptions, voidOf } from '../vouchers/undo.js'
import { type Body, filled, textOf } from './answers.js'

/** The facts that the page does not decide. */
export interface CounterFacts {
  readonly terminal: string
  readonly operator: string
  readonly now: Date
  /** Time zone of the shop, such as `+08:00`. */
  readonly zone: string
}

/** Names of the form's amounts, with the fields of a trade that they become. */
const AMOUNTS = {
  amount: 'fen',
  tip: 'tipFen',
  tendered: 'tenderedFen',
  order: 'orderFen',
  discount: 'discountFen',
} as const

/** Makes a trade that does not follow another one. The library refuses unknown fields. */
export function takeTrade(body: Body, { terminal, operator, now, zone }: CounterFacts): object {
  const { approval: _, periods, ...fields } = filled(body)
  const trade: Record<string, unknown> = { ...fields }
  for (const [name, field] of Object.entries(AMOUNTS)) {
    delete trade[name]
    if (fields[name] !== undefined) trade[field] = fenOf(textOf(fields, name), name)
  }
  if (periods !== undefined) trade.periods = Number(periods)
  if (trade.type === 'balance') trade.fen = 0
  return { ...trade, at: localTime(now.getTime(), zone), terminal, operator }
}

/** Makes a trade that follows `record`, from which it copies the facts that both have in common. */
export function followTrade(
  record: VoucherRecord,
  body: Body,
  { terminal, operator, now, zone }: CounterFacts,
): object {
  const { type, amount, approval: _, ...fields } = filled(body)
  const options = { ...fields, at: localTime(now.getTime(), zone), operator } as UndoOptions
  const fen = amount === undefined ? {} : { fen: fenOf(textOf(body, 'amount'), 'amount') }
  if (type === 'refund' || type === 'scan-refund') {
    return refundOf(record, { ...options, ...fen, terminal })
  }
  // A completion and a raise copy the same facts from the authorisation as its cancellation.
  const undo = voidOf(record, options)
  const wanted = TRADE_TYPES.find((one) => one === type)
  if (wanted === undefined || !followersOf(record).includes(wanted)) {
    throw new VoucherError('this cannot follow that trade', {
      code: 'TRADE_REFUSED',
      path: 'original',
    })
  }
  return { ...undo, ...fen, type: wanted }
}

/** Returns the types that may follow a trade in its state, by the table of rules. Batch and amount are only checked when a trade is recorded. */
export function followersOf({ type, kind, state, result }: VoucherRecord): readonly TradeType[] {
  if (result !== 'approved') return []
  return TRADE_TYPES.filter((one) => {
    const { original, kinds } = TRADE_TYPE_RULES[one]
    return original?.types.includes(type) && original.state.includes(state) && kinds.includes(kind)
  })
}
