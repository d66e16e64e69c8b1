/**
 * The acquirer's fee for a trade: a rate by kind, class of card and date, with a cap, in whole fen. Rates are parts
 * per million, because 0.38 % is not a whole number of per cent and a fraction would round twice. Products are
 * BigInt, because twelve digits of fen times six of the rate are more than a number holds exactly.
 */

import type { Trade } from './trade.js'
import { TRADE_TYPE_RULES, type TradeKind } from './trade-types.js'

export const FEE_ROUNDINGS = ['half-up', 'half-even', 'down', 'up'] as const
/** How a fraction of a fen is rounded to whole fen; `half-up` and `half-even` differ only for an exact half. */
export type FeeRounding = (typeof FEE_ROUNDINGS)[number]

export interface FeeRate {
  readonly kind: TradeKind
  /** Left out for a rate that holds for every class of card. */
  readonly cardClass?: 'credit' | 'debit'
  /** Parts per million: 6000 is 0.6 %. */
  readonly ppm: number
  /** The fee of one trade is at most this. */
  readonly capFen?: number
  /** First business day, `YYYY-MM-DD`; left out for a rate that has always held. */
  readonly from?: string
}

/** The fees of a shop, as its contract with the acquirer has them. */
export interface FeePlan {
  readonly rates: readonly FeeRate[]
  /** `paid`: what the customer paid; `ordered`: `orderFen`, for discounts that the acquirer does not bear. The tip is added to either. */
  readonly base: 'paid' | 'ordered'
  /** Whether the acquirer gives a share of the fee back with a refund. A void always gives back all of it. */
  readonly refunds: 'returned' | 'kept'
  readonly rounding: FeeRounding
  /** The class that a card of unknown class counts as; `unknown` leaves its fee open, and the report of fees counts such trades. */
  readonly unknownClass: 'credit' | 'debit' | 'unknown'
}

/** An example, and no contract: credit 0.6 %, debit 0.5 % and at most ￥25, scan 0.38 %, UnionPay QR 0.6 %. */
export const EXAMPLE_FEES: FeePlan = {
  rates: [
    { kind: 'card', cardClass: 'credit', ppm: 6000 },
    { kind: 'card', cardClass: 'debit', ppm: 5000, capFen: 2500 },
    { kind: 'wechat', ppm: 3800 },
    { kind: 'alipay', ppm: 3800 },
    { kind: 'unionpay-qr', ppm: 6000 },
  ],
  base: 'paid',
  refunds: 'returned',
  rounding: 'half-up',
  unknownClass: 'credit',
}

/** The facts of the original from which the fee of a refund or a void is made. */
export interface FeeOriginal {
  readonly chargedFen: number
  /** Sum of the refunds before this trade, in fen. */
  readonly refundedFen: number
  readonly feeFen: number | null
}

/**
 * Returns the fee of an approved trade in fen: negative if the acquirer gives it back, null if the trade bears none or its rate is unknown.
 *
 * A refund gives back the share of the fee for all refunds of the sale so far, less the part that earlier refunds gave back, so that a sale
 * that is refunded completely in several parts gives back its fee to the fen.
 *
 * @param day business day of the trade, `YYYY-MM-DD`
 * @param original of a void or a refund; left out if it is not in the store
 *
 * @example
 * const trade = { type: 'sale', kind: 'card', cardClass: 'debit', fen: 1_000_000 } as const
 * tradeFee(trade, EXAMPLE_FEES, '2026-11-23') // 2500
 */
export function tradeFee(
  trade: Pick<Trade, 'type' | 'kind' | 'cardClass' | 'fen' | 'tipFen' | 'orderFen'>,
  plan: FeePlan | undefined,
  day: string,
  original?: FeeOriginal,
): number | null {
  const { direction, original: rule } = TRADE_TYPE_RULES[trade.type]
  if (plan === undefined || direction === 0) return null
  if (direction === 1) return rateFee(trade, plan, day)
  const isVoid = rule?.effect !== 'refunds'
  if (!isVoid && plan.refunds === 'kept') return isBearing(trade, plan) ? 0 : null
  if (original === undefined) return negative(rateFee(trade, plan, day))
  if (original.feeFen === null) return null
  if (isVoid) return negative(original.feeFen)
  const { chargedFen, refundedFen, feeFen } = original
  const share = (fen: number) => portion(feeFen, [fen, chargedFen], plan.rounding)
  return negative(share(refundedFen + trade.fen + (trade.tipFen ?? 0)) - share(refundedFen))
}

function rateFee(
  trade: Pick<Trade, 'kind' | 'cardClass' | 'fen' | 'tipFen' | 'orderFen'>,
  plan: FeePlan,
  day: string,
): number | null {
  const rate = rateOf(trade, plan, day)
  if (rate === undefined) return null
  const paid = plan.base === 'ordered' ? (trade.orderFen ?? trade.fen) : trade.fen
  const fee = portion(paid + (trade.tipFen ?? 0), [rate.ppm, 1_000_000], plan.rounding)
  return Math.min(fee, rate.capFen ?? fee)
}

/** The rate that applies: one for the class of the card before one for all classes, and among several the one that began last. */
function rateOf(
  { kind, cardClass }: Pick<Trade, 'kind' | 'cardClass'>,
  { rates, unknownClass }: FeePlan,
  day: string,
): FeeRate | undefined {
  const own = cardClass ?? unknownClass
  const fits = rates.filter(
    (rate) =>
      rate.kind === kind &&
      (rate.cardClass === undefined || kind !== 'card' || rate.cardClass === own) &&
      (rate.from ?? '') <= day,
  )
  const rank = ({ cardClass, from = '' }: FeeRate) => `${cardClass === undefined ? 0 : 1}${from}`
  return fits.reduce<FeeRate | undefined>(
    (best, rate) => (best === undefined || rank(rate) >= rank(best) ? rate : best),
    undefined,
  )
}

function isBearing({ kind }: Pick<Trade, 'kind'>, { rates }: FeePlan): boolean {
  return rates.some((rate) => rate.kind === kind)
}

/** `fen` times the fraction `above / below`, which is not negative, rounded to whole fen. */
function portion(
  fen: number,
  [above, below]: readonly [number, number],
  rounding: FeeRounding,
): number {
  const product = BigInt(fen) * BigInt(above)
  const divisor = BigInt(below)
  const whole = product / divisor
  const twice = (product % divisor) * 2n
  return Number(roundsUp(whole, twice, divisor, rounding) ? whole + 1n : whole)
}

/** @param twice double the remainder of the division */
function roundsUp(whole: bigint, twice: bigint, divisor: bigint, rounding: FeeRounding): boolean {
  switch (rounding) {
    case 'half-up':
      return twice >= divisor
    case 'half-even':
      return twice > divisor || (twice === divisor && whole % 2n === 1n)
    case 'down':
      return false
    case 'up':
      return twice > 0n
    default:
      throw rounding satisfies never
  }
}

/** Negates an amount but never returns -0, which JSON cannot write. */
function negative(fen: number | null): number | null {
  return fen === null || fen === 0 ? fen : -fen
}
