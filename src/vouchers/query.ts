/** The queries of a store: every field becomes one condition, and all of them must hold. */

import * as z from 'zod/mini'
import { fenOf } from './amount-text.js'
import { isDay } from './business-day.js'
import { findCardNumbers, plainDigits } from './card-numbers.js'
import { invalid } from './describe-issue.js'
import { VoucherError } from './errors.js'
import {
  TRADE_KINDS,
  TRADE_RESULTS,
  TRADE_TYPES,
  type TradeKind,
  type TradeResult,
  type TradeType,
} from './trade-types.js'

const text = z.string().check(z.minLength(1), z.maxLength(64))
const day = z
  .string()
  .check(
    z.regex(/^\d{4}-\d\d-\d\d$/, { error: 'a day such as 2026-11-23', abort: true }),
    z.refine(isDay, { error: 'a day of the calendar' }),
  )
/** An amount as people type it, or a number of fen from a program. */
const amount = z.union([text, z.int()], {
  error: 'an amount such as "1,286.00", or whole fen as a number',
})

export const querySchema = z.strictObject({
  /** One business day. */
  day: z.exactOptional(day),
  /** First and last business day, both included. */
  from: z.exactOptional(day),
  to: z.exactOptional(day),
  amount: z.exactOptional(amount),
  min: z.exactOptional(amount),
  max: z.exactOptional(amount),
  voucher: z.exactOptional(text),
  ref: z.exactOptional(text),
  auth: z.exactOptional(text),
  order: z.exactOptional(text),
  /** The payment platform's voucher number (付款凭证号), or what the slip's bar code says. */
  code: z.exactOptional(text),
  last4: z.exactOptional(text),
  kind: z.exactOptional(z.enum(TRADE_KINDS)),
  type: z.exactOptional(z.enum(TRADE_TYPES)),
  result: z.exactOptional(z.enum(TRADE_RESULTS)),
  operator: z.exactOptional(text),
  terminal: z.exactOptional(text),
  batch: z.exactOptional(text),
  printed: z.exactOptional(z.enum(['yes', 'no', 'uncertain'])),
  limit: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1000))),
  after: z.exactOptional(z.string()),
})

/** A query; days are `YYYY-MM-DD`, amounts whole fen or text as people type it. */
export interface VoucherQuery {
  readonly day?: string
  readonly from?: string
  readonly to?: string
  readonly amount?: string | number
  readonly min?: string | number
  readonly max?: string | number
  readonly voucher?: string
  readonly ref?: string
  readonly auth?: string
  readonly order?: string
  readonly code?: string
  readonly last4?: string
  readonly kind?: TradeKind
  readonly type?: TradeType
  readonly result?: TradeResult
  readonly operator?: string
  readonly terminal?: string
  readonly batch?: string
  readonly printed?: 'yes' | 'no' | 'uncertain'
  readonly limit?: number
  readonly after?: string
}
querySchema satisfies z.ZodMiniType<VoucherQuery>

/** A query with amounts in fen and numbers padded, as the store compares them. */
export interface ReadQuery extends Omit<VoucherQuery, 'amount' | 'min' | 'max' | 'after'> {
  readonly amount?: number
  readonly min?: number
  readonly max?: number
  readonly limit: number
  readonly after?: Cursor
  /** The field whose value could also be a card number; the query is refused unless a voucher has that value. */
  readonly suspect?: 'order' | 'code'
}

const DEFAULT_LIMIT = 50

/**
 * Checks a query, and returns it as it was asked and as the store compares it.
 *
 * @throws VoucherError `QUERY_INVALID`, or `PAN_IN_SEARCH` for a whole card number, which is not quoted
 * @example readQuery({ day: '2026-11-23', amount: '￥1,286.00' })
 */
export function readQuery(json: unknown): {
  readonly asked: VoucherQuery
  readonly read: ReadQuery
} {
  const suspect = refuseCardNumbers(json)
  const parsed = querySchema.safeParse(json)
  if (!parsed.success) {
    throw invalid('query', 'QUERY_INVALID', parsed.error.issues, Object.keys(querySchema.shape))
  }
  const asked = parsed.data
  const { amount, min, max, after, voucher, batch, last4, ...rest } = asked
  const query: { asked: VoucherQuery; read: ReadQuery } = {
    asked,
    read: {
      ...rest,
      ...(amount === undefined ? {} : { amount: wholeFen(amount, 'amount') }),
      ...(min === undefined ? {} : { min: wholeFen(min, 'min') }),
      ...(max === undefined ? {} : { max: wholeFen(max, 'max') }),
      ...(voucher === undefined ? {} : { voucher: sixDigits(voucher, 'voucher') }),
      ...(batch === undefined ? {} : { batch: sixDigits(batch, 'batch') }),
      ...(last4 === undefined ? {} : { last4: lastFour(last4) }),
      ...(after === undefined ? {} : { after: readCursor(after) }),
      ...(suspect === undefined ? {} : { suspect }),
      limit: asked.limit ?? DEFAULT_LIMIT,
    },
  }
  refuseEmptyRange(query.read)
  return query
}

/** Refuses a range that ends before it begins: such a search never finds a voucher, and people would believe that there is none. */
function refuseEmptyRange({ from, to, min, max }: ReadQuery): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw queryError('to', 'to must not be before from')
  }
  if (min !== undefined && max !== undefined && min > max) {
    throw queryError('max', 'max must not be less than min')
  }
}

/**
 * Refuses whole card numbers, because one that a cashier types must not get into a log. One order number in fifty looks like a card number
 * as well, so in `order` and `code` it is only returned as suspect.
 */
function refuseCardNumbers(json: unknown): 'order' | 'code' | undefined {
  let suspect: 'order' | 'code' | undefined
  if (typeof json !== 'object' || json === null) return undefined
  for (const [name, value] of Object.entries(json)) {
    if (name === 'after' || (typeof value !== 'string' && typeof value !== 'number')) continue
    if (findCardNumbers(String(value)).length === 0) continue
    if (name === 'order' || name === 'code') suspect = name
    else throw cardNumberInSearch(name)
  }
  return suspect
}

/** The error for a whole card number in the field `name`. */
export function cardNumberInSearch(name: string): VoucherError {
  return new VoucherError(`${name} was given a whole card number`, {
    code: 'PAN_IN_SEARCH',
    path: name,
    hint: 'search by last4, the last four digits; the store keeps no whole card number',
  })
}

function wholeFen(value: string | number, path: string): number {
  if (typeof value === 'string') return fenOf(value, path)
  if (Number.isSafeInteger(value)) return Math.abs(value)
  throw queryError(path, `${path} must be whole fen`)
}

function sixDigits(value: string, path: string): string {
  const digits = plainDigits(value)
  if (/^\d{1,6}$/.test(digits)) return digits.padStart(6, '0')
  throw queryError(path, `${path} must be a number of 1 to 6 digits`)
}

function lastFour(value: string): string {
  const digits = plainDigits(value)
  if (/^\d{4}$/.test(digits)) return digits
  throw queryError('last4', 'last4 must be the last four digits of the card')
}

/** The position of a voucher in the order of a search: the value that is sorted by first, the time, and the id. */
export interface Cursor {
  /** A day, or fen as text; empty if time comes first. */
  readonly lead: string
  readonly at: number
  readonly id: string
}

export function writeCursor({ lead, at, id }: Cursor): string {
  return `${lead}_${at}_${id}`
}

function readCursor(after: string): Cursor {
  const match = /^([\d-]{0,13})_(-?\d{1,15})_([0-9a-f-]{36})$/.exec(after)
  if (match === null) throw queryError('after', 'after must be the next of an earlier answer')
  const [, lead = '', at, id = ''] = match
  return { lead, at: Number(at), id }
}

function queryError(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'QUERY_INVALID',
    path,
    hint: 'docs/vouchers.md lists what can be asked, with an example of each',
  })
}
