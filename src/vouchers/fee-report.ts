/** Fees of a range of days: those that the rates expect, compared with those that the acquirer has charged. */

import * as z from 'zod/mini'
import { invalid } from './describe-issue.js'
import { type GroupSum, readTotalsQuery, signedFen } from './totals.js'
import { TRADE_TYPE_RULES, type TradeKind } from './trade-types.js'

/** A line of the acquirer's bill: one of the numbers that identify the trade, and its fee, which is negative if it was given back. */
export interface ChargedFee {
  readonly id?: string
  readonly ref?: string
  readonly payVoucher?: string
  readonly terminal?: string
  readonly batch?: string
  readonly voucher?: string
  readonly feeFen: number
}

export interface FeeQuery {
  readonly day?: string
  readonly from?: string
  readonly to?: string
  readonly terminal?: string
  /** The acquirer's charges. Without them the report does not compare. */
  readonly charged?: readonly ChargedFee[]
}

export interface FeeRow {
  readonly kind: TradeKind
  readonly cardClass?: 'credit' | 'debit'
  /** Number of trades that move money. */
  readonly count: number
  /** Sum of the amounts of these trades; money that goes back is negative. */
  readonly fen: number
  readonly feeFen: number
  /** Number of these trades whose fee is not known, for example because the class of the card is unknown. */
  readonly unpriced: number
}

/** A trade with its expected fee and the numbers by which a bill may name it. */
export interface FeeTrade {
  readonly id: string
  readonly terminal: string
  readonly batch: string
  readonly voucher: string
  readonly ref: string | null
  readonly payVoucher: string | null
  readonly feeFen: number | null
}

export interface FeeDifference {
  readonly id: string
  readonly batch: string
  readonly voucher: string
  /** Null if no rate is known for the trade. */
  readonly expectedFen: number | null
  readonly chargedFen: number
}

export interface FeeComparison {
  readonly chargedFen: number
  /** Charged fees minus expected fees, over all lines and trades. */
  readonly differenceFen: number
  /** Trades whose expected fee differs from the charged one. */
  readonly differing: readonly FeeDifference[]
  /** Trades with a fee that no line names. */
  readonly notCharged: readonly Omit<FeeDifference, 'chargedFen'>[]
  /** Indices of the lines, from 0, that name no trade of these days, or one that an earlier line has named. */
  readonly notFound: readonly number[]
}

export interface FeeReport {
  readonly query: Omit<FeeQuery, 'charged'>
  readonly rows: readonly FeeRow[]
  readonly count: number
  readonly fen: number
  readonly feeFen: number
  readonly unpriced: number
  readonly comparison?: FeeComparison
}

const text = z.string().check(z.minLength(1), z.maxLength(64))
const chargedSchema = z.strictObject({
  id: z.exactOptional(text),
  ref: z.exactOptional(text),
  payVoucher: z.exactOptional(text),
  terminal: z.exactOptional(text),
  batch: z.exactOptional(text),
  voucher: z.exactOptional(text),
  feeFen: z.int(),
})
chargedSchema satisfies z.ZodMiniType<ChargedFee>

/**
 * Checks the query of a fee report.
 * @throws VoucherError `QUERY_INVALID`
 */
export function readFeeQuery(json: unknown): FeeQuery {
  const { charged, ...rest } = (json ?? {}) as FeeQuery
  const query = readTotalsQuery(rest)
  if (charged === undefined) return query
  const parsed = z.array(chargedSchema).safeParse(charged)
  if (parsed.success) return { ...query, charged: parsed.data }
  const known = Object.keys(chargedSchema.shape)
  throw invalid('charged', 'QUERY_INVALID', parsed.error.issues, known)
}

/**
 * Makes the report of fees from the sums of all groups.
 * @param trades that moved money in these days; used only if `charged` is given
 */
export function reportFees(
  { charged, ...query }: FeeQuery,
  sums: readonly GroupSum[],
  trades: readonly FeeTrade[],
): FeeReport {
  const moving = sums.filter(({ type }) => TRADE_TYPE_RULES[type].direction !== 0)
  const rows = new Map<string, FeeRow>()
  for (const sum of moving) {
    const name = `${sum.kind} ${sum.cardClass ?? ''}`
    const { kind, cardClass } = sum
    const none = { count: 0, fen: 0, feeFen: 0, unpriced: 0 }
    const row = rows.get(name) ?? { kind, ...(cardClass === null ? {} : { cardClass }), ...none }
    rows.set(name, {
      ...row,
      count: row.count + sum.count,
      fen: row.fen + signedFen(sum),
      feeFen: row.feeFen + sum.feeFen,
      unpriced: row.unpriced + sum.count - sum.feeCount,
    })
  }
  const all = [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const sumOf = (field: 'count' | 'fen' | 'feeFen' | 'unpriced') =>
    all.reduce((total, row) => total + row[field], 0)
  return {
    query,
    rows: all,
    count: sumOf('count'),
    fen: sumOf('fen'),
    feeFen: sumOf('feeFen'),
    unpriced: sumOf('unpriced'),
    ...(charged === undefined ? {} : { comparison: compare(charged, trades) }),
  }
}

function compare(charged: readonly ChargedFee[], trades: readonly FeeTrade[]): FeeComparison {
  const byName = new Map<string, FeeTrade[]>()
  for (const trade of trades) {
    for (const name of namesOf(trade)) byName.set(name, [...(byName.get(name) ?? []), trade])
  }
  const seen = new Set<FeeTrade>()
  const differing: FeeDifference[] = []
  const notFound: number[] = []
  for (const [index, line] of charged.entries()) {
    const trade = tradeOfLine(line, byName, seen)
    if (trade === undefined) {
      notFound.push(index)
      continue
    }
    seen.add(trade)
    if (trade.feeFen !== line.feeFen) {
      differing.push({ ...numbersOf(trade), chargedFen: line.feeFen })
    }
  }
  const notCharged = trades.filter((trade) => (trade.feeFen ?? 0) !== 0 && !seen.has(trade))
  const chargedFen = charged.reduce((all, { feeFen }) => all + feeFen, 0)
  const expectedFen = trades.reduce((all, { feeFen }) => all + (feeFen ?? 0), 0)
  return {
    chargedFen,
    differenceFen: chargedFen - expectedFen,
    differing,
    notCharged: notCharged.map(numbersOf),
    notFound,
  }
}

/** A sale and its refund may share a reference; the sign of the fee tells which of them is meant. */
function tradeOfLine(
  line: ChargedFee,
  byName: ReadonlyMap<string, readonly FeeTrade[]>,
  seen: ReadonlySet<FeeTrade>,
): FeeTrade | undefined {
  const [name = ''] = namesOf({
    ...line,
    batch: line.batch?.padStart(6, '0'),
    voucher: line.voucher?.padStart(6, '0'),
  })
  const open = (byName.get(name) ?? []).filter((trade) => !seen.has(trade))
  const sameSign = open.find(({ feeFen }) => Math.sign(feeFen ?? 0) === Math.sign(line.feeFen))
  return sameSign ?? open[0]
}

function namesOf(trade: {
  readonly id?: string | undefined
  readonly ref?: string | null | undefined
  readonly payVoucher?: string | null | undefined
  readonly terminal?: string | undefined
  readonly batch?: string | undefined
  readonly voucher?: string | undefined
}): readonly string[] {
  const { id, ref, payVoucher, terminal, batch, voucher } = trade
  return [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(ref == null ? [] : [`ref ${ref}`]),
    ...(payVoucher == null ? [] : [`pay ${payVoucher}`]),
    ...(terminal === undefined || batch === undefined || voucher === undefined
      ? []
      : [`number ${terminal} ${batch} ${voucher}`]),
  ]
}

function numbersOf({ id, batch, voucher, feeFen }: FeeTrade): Omit<FeeDifference, 'chargedFen'> {
  return { id, batch, voucher, expectedFen: feeFen }
}
