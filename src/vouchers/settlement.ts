/** The settlement of a batch (结算): what was counted, what the host counted, and what is still open. */

import * as z from 'zod/mini'
import { invalid } from './describe-issue.js'
import type { SectionName, Section as Sums, TypeTotal } from './sections.js'
import { terminalSchema } from './trade.js'
import { TRADE_TYPE_RULES, type TradeType } from './trade-types.js'

/** The host's count: `error` if it answered that it could not compare. Amounts are fen without sign. */
export type HostTotals =
  | 'error'
  | {
      readonly salesCount: number
      readonly salesFen: number
      /** Voids and refunds together. */
      readonly refundsCount: number
      readonly refundsFen: number
    }

/** Names a batch of a terminal. */
export interface BatchRequest {
  readonly terminal: string
  /** Default: the last batch of the terminal. */
  readonly batch?: string
  /** Number of the merchant; default: the one of the settings. */
  readonly merchant?: string
}

export interface SettleRequest extends BatchRequest {
  /** The host's totals, by section; without them the settlement does not say whether the accounts agree. */
  readonly host?: Readonly<Partial<Record<'domestic' | 'foreign' | 'scan', HostTotals>>>
}

/** `balanced` 对账平, `unbalanced` 对账不平, `failed` 对账出错. */
export type Reconciliation = 'balanced' | 'unbalanced' | 'failed'

export interface SettlementSection extends Sums {
  /** Left out unless the host's totals were given. */
  readonly outcome?: Reconciliation
  readonly host?: HostTotals
}

/** A trade that is not in the sums of a settlement. */
export interface OpenTrade {
  readonly id: string
  readonly batch: string
  readonly voucher: string
  readonly type: TradeType
  /** Signed as in totals: money that goes back is negative. */
  readonly fen: number
}

export interface Settlement {
  readonly merchantNo: string
  readonly terminal: string
  readonly batch: string
  /** ISO 8601 with the shop's offset. */
  readonly at: string
  readonly by: string
  readonly sections: readonly SettlementSection[]
  /** Number of approved trades in the batch, also of types that no section shows; `fen` is the sum of their signed amounts. */
  readonly count: number
  readonly fen: number
  readonly feeFen: number
  /** Trades of the terminal whose result is not known. */
  readonly unknown: readonly OpenTrade[]
  /** Trades that came for settled batches since the last settlement of the terminal. */
  readonly late: readonly OpenTrade[]
  /** Seal over the heads of all chains after this settlement: 64 hexadecimal digits, of which the slip shows 16. */
  readonly seal: string
  /** True if the batch had been settled already, so that this is the settlement that was recorded then. */
  readonly repeated: boolean
}

const sixDigits = z.string().check(z.regex(/^\d{1,6}$/, { error: 'a number of 1 to 6 digits' }))
const count = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER))
const hostSchema = z.union(
  [
    z.literal('error'),
    z.strictObject({ salesCount: count, salesFen: count, refundsCount: count, refundsFen: count }),
  ],
  { error: '"error", or salesCount, salesFen, refundsCount and refundsFen' },
)

const batchShape = {
  terminal: terminalSchema,
  batch: z.exactOptional(sixDigits),
  merchant: z.exactOptional(terminalSchema),
}
const batchSchema = z.strictObject(batchShape)
const settleSchema = z.strictObject({
  ...batchShape,
  host: z.exactOptional(
    z.strictObject({
      domestic: z.exactOptional(hostSchema),
      foreign: z.exactOptional(hostSchema),
      scan: z.exactOptional(hostSchema),
    }),
  ),
})
settleSchema satisfies z.ZodMiniType<SettleRequest>

/**
 * Checks the request of `settle`.
 * @throws VoucherError `QUERY_INVALID`
 */
export function readSettleRequest(json: unknown): SettleRequest {
  return read(settleSchema, json)
}

/**
 * Checks a request that names a batch.
 * @throws VoucherError `QUERY_INVALID`
 */
export function readBatchRequest(json: unknown): BatchRequest {
  return read(batchSchema, json)
}

function read<Request extends BatchRequest>(
  schema: z.ZodMiniType<Request>,
  json: unknown,
): Request {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    throw invalid(
      'settlement',
      'QUERY_INVALID',
      parsed.error.issues,
      Object.keys(settleSchema.shape),
    )
  }
  const { batch } = parsed.data
  return batch === undefined ? parsed.data : { ...parsed.data, batch: batch.padStart(6, '0') }
}

/** Compares each section with the host's totals. A section that only the host has is compared with an empty one. */
export function reconcile(
  sections: readonly Sums[],
  host: SettleRequest['host'] = {},
): readonly SettlementSection[] {
  const given = (Object.keys(host) as (keyof typeof host)[]).filter(
    (name) => !sections.some((section) => section.name === name),
  )
  const all = [...sections, ...given.map((name): Sums => ({ name, totals: [] }))]
  return all.map((section) => {
    const theirs = host[section.name as keyof typeof host]
    if (theirs === undefined) return section
    return { ...section, host: theirs, outcome: outcomeOf(section.totals, theirs) }
  })
}

function outcomeOf(totals: readonly TypeTotal[], host: HostTotals): Reconciliation {
  if (host === 'error') return 'failed'
  const own = hostTotalsOf(totals)
  const names = ['salesCount', 'salesFen', 'refundsCount', 'refundsFen'] as const
  return names.every((name) => own[name] === host[name]) ? 'balanced' : 'unbalanced'
}

/** Our totals in the form in which hosts give theirs. */
export function hostTotalsOf(totals: readonly TypeTotal[]): Exclude<HostTotals, 'error'> {
  const side = (direction: 1 | -1) => {
    const own = totals.filter(({ type }) => TRADE_TYPE_RULES[type].direction === direction)
    return {
      count: own.reduce((all, { count }) => all + count, 0),
      fen: own.reduce((all, { fen }) => all + direction * fen, 0),
    }
  }
  const [sales, refunds] = [side(1), side(-1)]
  return {
    salesCount: sales.count,
    salesFen: sales.fen,
    refundsCount: refunds.count,
    refundsFen: refunds.fen,
  }
}

/** Names of the sections, as slips print them. */
export const SECTION_TITLES: Readonly<Record<SectionName, string>> = {
  domestic: '内卡',
  foreign: '外卡',
  ec: '电子现金',
  scan: '扫码',
  cash: '现金',
}
