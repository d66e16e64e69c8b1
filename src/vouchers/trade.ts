/** A trade's result as the caller hands it in: one schema gives the types, the check and the JSON Schema. */

import * as z from 'zod/mini'
import {
  TRADE_KINDS,
  TRADE_RESULTS,
  TRADE_TYPES,
  type Trade,
  type TradeInput,
} from './trade-types.js'

/** At most 9,999,999,999.99 yuan. */
export const MAX_FEN = 999_999_999_999

/**
 * Sorts the fields of a schema by name. A parsed trade has its fields in the order of the schema, so its JSON is canonical (RFC 8785)
 * without being sorted again.
 */
function byName<Shape extends object>(shape: Shape): Shape {
  const entries = Object.entries(shape).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries) as Shape
}

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
const pattern = (regex: RegExp, words: string) => z.string().check(z.regex(regex, { error: words }))

/** Terminals, operators and acquirers give numbers as letters and digits. */
const code = (max: number) =>
  pattern(new RegExp(`^[0-9A-Za-z][0-9A-Za-z_-]{0,${max - 1}}$`), `letters and digits, 1 to ${max}`)
/** Number of a terminal. */
export const terminalSchema = code(20)
const sixDigits = pattern(/^\d{1,6}$/, 'a number of 1 to 6 digits')
const hex = (min: number, max: number) =>
  pattern(
    new RegExp(`^(?:[0-9A-Fa-f]{2}){${min},${max}}$`),
    `hexadecimal digits, ${min * 2} to ${max * 2}`,
  )
const fen = z.int().check(z.minimum(0), z.maximum(MAX_FEN))
/** An instant with its offset, as the terminal says it: `2026-11-23T12:08:31+08:00`. */
export const instant = pattern(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/,
  'a time with its offset, such as 2026-11-23T12:08:31+08:00',
)

export const merchantSchema = z.strictObject(
  byName({
    no: code(20),
    name: text(40),
    address: z.exactOptional(text(80)),
  }),
)

const originalSchema = z.strictObject(
  byName({
    /** The id that `add` returned. */
    id: z.exactOptional(pattern(/^[0-9a-f-]{36}$/, 'an id that add returned')),
    voucher: z.exactOptional(sixDigits),
    batch: z.exactOptional(sixDigits),
    terminal: z.exactOptional(terminalSchema),
    ref: z.exactOptional(code(20)),
    auth: z.exactOptional(code(12)),
    date: z.exactOptional(pattern(/^\d{4}-\d\d-\d\d$/, 'a date such as 2026-11-23')),
    payVoucher: z.exactOptional(code(40)),
  }),
)

/** Masked data of the chip, as they are printed. The tags that hold card numbers or names are refused. */
const emvSchema = z.strictObject(
  byName({
    arqc: z.exactOptional(hex(8, 8)),
    tc: z.exactOptional(hex(8, 8)),
    aid: z.exactOptional(hex(5, 16)),
    tvr: z.exactOptional(hex(5, 5)),
    tsi: z.exactOptional(hex(2, 2)),
    atc: z.exactOptional(hex(2, 2)),
    appLabel: z.exactOptional(text(16)),
    appName: z.exactOptional(text(16)),
  }),
)

const cvmSchema = z.strictObject(
  byName({
    noSign: z.exactOptional(z.boolean()),
    noPin: z.exactOptional(z.boolean()),
    cdcvm: z.exactOptional(z.boolean()),
    signLimitFen: z.exactOptional(fen),
    pinLimitFen: z.exactOptional(fen),
  }),
)

export const tradeSchema = z.strictObject(
  byName({
    key: z.exactOptional(pattern(/^[\x21-\x7e]{1,128}$/, 'visible ASCII without spaces, 1 to 128')),
    type: z.enum(TRADE_TYPES),
    kind: z.enum(TRADE_KINDS),
    result: z._default(z.enum(TRADE_RESULTS), 'approved'),
    fen,
    at: instant,
    terminal: terminalSchema,
    operator: code(20),
    batch: z.exactOptional(sixDigits),
    voucher: z.exactOptional(sixDigits),
    merchant: z.exactOptional(merchantSchema),
    pan: z.exactOptional(z.string()),
    cardClass: z.exactOptional(z.enum(['credit', 'debit'])),
    entry: z.exactOptional(z.enum(['S', 'I', 'C', 'M', 'N'])),
    auth: z.exactOptional(code(12)),
    ref: z.exactOptional(code(20)),
    expiry: z.exactOptional(pattern(/^\d{4}\/(?:0[1-9]|1[0-2])$/, 'a month such as 2031/08')),
    issuer: z.exactOptional(text(40)),
    acquirer: z.exactOptional(text(40)),
    scheme: z.exactOptional(text(20)),
    emv: z.exactOptional(emvSchema),
    cvm: z.exactOptional(cvmSchema),
    qrMode: z.exactOptional(z.enum(['MPM', 'CPM'])),
    payCode: z.exactOptional(pattern(/^[0-9*]{10,32}$/, 'a number of 10 to 32 digits')),
    payVoucher: z.exactOptional(code(40)),
    orderNo: z.exactOptional(code(64)),
    orderFen: z.exactOptional(fen),
    discountFen: z.exactOptional(fen),
    tenderedFen: z.exactOptional(fen),
    tipFen: z.exactOptional(fen),
    periods: z.exactOptional(z.int().check(z.minimum(2), z.maximum(60))),
    original: z.exactOptional(originalSchema),
    remarks: z.exactOptional(text(200)),
    receivedAt: z.exactOptional(instant),
    approvedBy: z.exactOptional(text(40)),
    reason: z.exactOptional(text(200)),
  }),
)

/** Names of a trade's fields in the order of the schema, each with the names of its parts if it has any. */
export const TRADE_FIELDS: ReadonlyMap<string, FieldNames> = new Map(
  Object.entries(tradeSchema.shape).map(([name, { _zod }]) => {
    const { innerType } = _zod.def as {
      readonly innerType?: { readonly _zod: { readonly def: object } }
    }
    const { shape } = (innerType?._zod.def ?? {}) as { readonly shape?: object }
    return [name, new Map(Object.keys(shape ?? {}).map((part) => [part, new Map()]))]
  }),
)
export interface FieldNames extends ReadonlyMap<string, FieldNames> {}

/**
 * The schema of a trade whose `result` is filled in. It lacks defaults, so a value that passes is the trade and
 * needs no copy.
 */
export const completeTradeSchema = z.strictObject({
  ...tradeSchema.shape,
  result: z.enum(TRADE_RESULTS),
})

tradeSchema satisfies z.ZodMiniType<Trade, TradeInput>

export type {
  CustomerVerification,
  EmvData,
  Merchant,
  OriginalReference,
  Trade,
  TradeInput,
} from './trade-types.js'

/**
 * The JSON Schema (draft 2020-12) of a trade, for callers in other languages.
 *
 * @example
 * Object.keys(tradeJsonSchema()).includes('$schema') // true
 */
export function tradeJsonSchema(): object {
  return z.toJSONSchema(tradeSchema, { io: 'input' })
}
