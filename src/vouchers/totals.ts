/** Sums of approved trades by the groups of a query. Unknown, declined and reversed trades count in no sum. */

import * as z from 'zod/mini'
import { isDay } from './business-day.js'
import type { CardArea } from './card-area.js'
import { invalid } from './describe-issue.js'
import { VoucherError } from './errors.js'
import { TRADE_TYPE_RULES, type TradeKind, type TradeType } from './trade-types.js'

export const TOTALS_GROUPS = [
  'day',
  'kind',
  'cardClass',
  'area',
  'type',
  'operator',
  'terminal',
] as const
/** The groups of totals; `area` is `domestic` or `foreign` for cards. */
export type TotalsGroup = (typeof TOTALS_GROUPS)[number]

export interface TotalsQuery {
  /** One business day, `YYYY-MM-DD`. */
  readonly day?: string
  /** First and last business day, both included. */
  readonly from?: string
  readonly to?: string
  readonly terminal?: string
  /** Default `['kind', 'type']`. */
  readonly by?: readonly TotalsGroup[]
}

/** One group: the fields that it is grouped by, and its sums. */
export interface TotalsRow extends Partial<Readonly<Record<TotalsGroup, string>>> {
  readonly count: number
  /** Sum of the amounts; money that goes back is negative, and types that move no money count as 0. */
  readonly fen: number
  /** Sum of the fees that are known; negative if more is given back. */
  readonly feeFen: number
}

export interface Totals {
  readonly query: TotalsQuery
  readonly rows: readonly TotalsRow[]
  readonly count: number
  readonly fen: number
  readonly feeFen: number
  /** Trades of these days whose result is not known, which count in no sum. */
  readonly unknownCount: number
  /** First business day with all its vouchers; given if the query asks for earlier days, of which retention has removed vouchers. */
  readonly completeFrom?: string
}

/** The sums of one combination of all groups, as the store computes it. */
export interface GroupSum {
  readonly day: string
  readonly kind: TradeKind
  readonly cardClass: 'credit' | 'debit' | null
  readonly area: CardArea | null
  readonly type: TradeType
  readonly operator: string
  readonly terminal: string
  readonly count: number
  /** Sum of the amounts without sign. */
  readonly fen: number
  readonly feeFen: number
  /** Number of trades that have a fee. */
  readonly feeCount: number
}

const day = z.string().check(z.refine(isDay, { error: 'a day such as 2026-11-23' }))

const totalsSchema = z.strictObject({
  day: z.exactOptional(day),
  from: z.exactOptional(day),
  to: z.exactOptional(day),
  terminal: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(20))),
  by: z.exactOptional(z.array(z.enum(TOTALS_GROUPS))),
})
totalsSchema satisfies z.ZodMiniType<TotalsQuery>

/** First and last business day. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/**
 * Checks a query of totals.
 *
 * @throws VoucherError `QUERY_INVALID`
 */
export function readTotalsQuery(json: unknown): TotalsQuery {
  const parsed = totalsSchema.safeParse(json)
  if (!parsed.success) {
    throw invalid('query', 'QUERY_INVALID', parsed.error.issues, Object.keys(totalsSchema.shape))
  }
  rangeOf(parsed.data)
  return parsed.data
}

/**
 * Returns the range of days of the query; an end that is left out is open.
 * @throws VoucherError `QUERY_INVALID` if the last day is before the first, because that asks for no day
 */
export function rangeOf({ day, from, to }: Pick<TotalsQuery, 'day' | 'from' | 'to'>): DayRange {
  const range = { from: day ?? from ?? '0000-01-01', to: day ?? to ?? '9999-12-31' }
  if (range.from <= range.to && (day === undefined || (from ?? to) === undefined)) return range
  throw new VoucherError(
    day === undefined
      ? 'to must not be before from'
      : 'day is one day, and from and to are another',
    { code: 'QUERY_INVALID', path: 'to', hint: 'give --day, or --from and --to' },
  )
}

/** Adds up `sums` by the groups of `query`, sorted by the values of these groups. */
export function groupTotals(
  query: TotalsQuery,
  sums: readonly GroupSum[],
  unknownCount: number,
): Totals {
  const by = TOTALS_GROUPS.filter((group) => (query.by ?? ['kind', 'type']).includes(group))
  const rows = new Map<string, TotalsRow>()
  for (const sum of sums) {
    const fields = by.flatMap((group) => (sum[group] === null ? [] : [[group, sum[group]]]))
    const name = JSON.stringify(fields)
    const row = rows.get(name) ?? { ...Object.fromEntries(fields), count: 0, fen: 0, feeFen: 0 }
    rows.set(name, added(row, sum))
  }
  const all = sums.reduce(added, { count: 0, fen: 0, feeFen: 0 })
  const orderOf = (row: TotalsRow) => by.map((group) => row[group] ?? '').join('\n')
  const sorted = [...rows.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  return { query, rows: sorted, ...all, unknownCount }
}

function added<Row extends Pick<TotalsRow, 'count' | 'fen' | 'feeFen'>>(
  row: Row,
  sum: Pick<GroupSum, 'type' | 'count' | 'fen' | 'feeFen'>,
): Row {
  return {
    ...row,
    count: row.count + sum.count,
    fen: row.fen + signedFen(sum),
    feeFen: row.feeFen + sum.feeFen,
  }
}

/** The amount with the sign of its type, and 0 for a type that moves no money. */
export function signedFen({
  type,
  fen,
}: {
  readonly type: TradeType
  readonly fen: number
}): number {
  const { direction } = TRADE_TYPE_RULES[type]
  return direction === 0 ? 0 : direction * fen
}
