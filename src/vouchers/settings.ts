/** Settings of the shop and of single terminals. Each change is an event that says who made it and when. */

import * as z from 'zod/mini'
import { isDay } from './business-day.js'
import { findCardNumbers } from './card-numbers.js'
import { invalid } from './describe-issue.js'
import { VoucherError } from './errors.js'
import { FEE_ROUNDINGS, type FeePlan } from './fees.js'
import { MAX_FEN, type Merchant, merchantSchema, terminalSchema } from './trade.js'
import { TRADE_KINDS, TRADE_TYPES, type TradeType } from './trade-types.js'

export const COPY_NAMES = ['merchant', 'cardholder', 'bank'] as const
/** The receiver of a slip's copy: 商户存根, 持卡人存根, 银行存根. */
export type CopyName = (typeof COPY_NAMES)[number]

export const FIELD_NAMES = [
  'logo',
  'address',
  'banks',
  'expiry',
  'emv',
  'orderNo',
  'remarks',
  'advertQr',
  'footer',
] as const
/** A block of a slip that a shop may leave out. The bar code is on every slip, because filed paper is found by it. */
export type FieldName = (typeof FIELD_NAMES)[number]

const range = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max))
const clock = z
  .string()
  .check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day such as 06:00' }))
const zone = z
  .string()
  .check(
    z.regex(/^(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)$/, { error: 'an offset such as +08:00' }),
  )

const askSchema = z.union(
  [z.enum(['always', 'ask', 'never']), z.strictObject({ aboveFen: range(0, MAX_FEN) })],
  { error: 'always, ask, never, or { "aboveFen": 100000 }' },
)

const feeRateSchema = z.strictObject({
  kind: z.enum(TRADE_KINDS),
  cardClass: z.exactOptional(z.enum(['credit', 'debit'])),
  ppm: range(0, 1_000_000),
  capFen: z.exactOptional(range(0, MAX_FEN)),
  from: z.exactOptional(z.string().check(z.refine(isDay, { error: 'a day such as 2026-11-23' }))),
})

const feesSchema = z.strictObject({
  rates: z.array(feeRateSchema).check(z.maxLength(200)),
  base: z._default(z.enum(['paid', 'ordered']), 'paid'),
  refunds: z._default(z.enum(['returned', 'kept']), 'returned'),
  rounding: z._default(z.enum(FEE_ROUNDINGS), 'half-up'),
  unknownClass: z._default(z.enum(['credit', 'debit', 'unknown']), 'unknown'),
})
feesSchema satisfies z.ZodMiniType<FeePlan>

export const settingsSchema = z.strictObject({
  merchant: z.exactOptional(merchantSchema),
  copies: range(1, 3),
  copyNames: z.array(z.enum(COPY_NAMES)).check(
    z.minLength(1),
    z.maxLength(3),
    z.refine((names) => new Set(names).size === names.length, { error: 'names that differ' }),
  ),
  pauseMs: range(0, 60_000),
  logo: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))),
  advertQr: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(300))),
  masking: z.partialRecord(z.enum(TRADE_TYPES), z.enum(['first6last4', 'last4'])),
  minus: z.boolean(),
  language: z.enum(['zh', 'zh-en']),
  fields: z.partialRecord(z.enum(FIELD_NAMES), z.boolean()),
  entryForm: z.enum(['letter', 'slash', 'brackets']),
  entryPlace: z.enum(['pan', 'type']),
  ask: askSchema,
  dayStarts: clock,
  zone,
  completionMaxPercent: range(100, 200),
  refundWithinBatch: z.boolean(),
  externalOriginals: z.boolean(),
  pinAttempts: range(3, 10),
  fees: z.exactOptional(feesSchema),
})

/** Settings of the shop, overridden by those of a terminal. */
export interface Settings {
  readonly merchant?: Merchant
  /** Number of copies, 1 to 3. */
  readonly copies: number
  readonly copyNames: readonly CopyName[]
  /** Milliseconds between two copies. */
  readonly pauseMs: number
  /** The `src` of a picture. */
  readonly logo?: string
  readonly advertQr?: string
  /** How much of a card number a type's slip shows. */
  readonly masking: Readonly<Partial<Record<TradeType, 'first6last4' | 'last4'>>>
  /** Whether slips print amounts that go back to the customer with a minus. */
  readonly minus: boolean
  readonly language: 'zh' | 'zh-en'
  /** Blocks of a slip that are switched on or off. */
  readonly fields: Readonly<Partial<Record<(typeof FIELD_NAMES)[number], boolean>>>
  readonly entryForm: 'letter' | 'slash' | 'brackets'
  readonly entryPlace: 'pan' | 'type'
  readonly ask: 'always' | 'ask' | 'never' | { readonly aboveFen: number }
  /** Time of day, `HH:MM`. */
  readonly dayStarts: string
  /** Offset from UTC, such as `+08:00`. */
  readonly zone: string
  readonly completionMaxPercent: number
  readonly refundWithinBatch: boolean
  readonly externalOriginals: boolean
  /** Wrong PINs in a row after which an operator is locked. */
  readonly pinAttempts: number
  /** Rates of the acquirer; without them records have no fee. */
  readonly fees?: FeePlan
}
settingsSchema satisfies z.ZodMiniType<Settings>
export type SettingName = keyof Settings

/** The settings that hold until a person changes them. */
export const DEFAULT_SETTINGS: Settings = {
  copies: 2,
  copyNames: ['merchant', 'cardholder', 'bank'],
  pauseMs: 0,
  masking: {},
  minus: true,
  language: 'zh-en',
  fields: {},
  entryForm: 'slash',
  entryPlace: 'pan',
  ask: 'always',
  dayStarts: '00:00',
  zone: '+08:00',
  completionMaxPercent: 100,
  refundWithinBatch: false,
  externalOriginals: false,
  pinAttempts: 5,
}

/** The copies that the settings ask for. */
export function copiesOf({ copies, copyNames }: Settings): readonly CopyName[] {
  return copyNames.slice(0, copies)
}

/**
 * Checks settings that somebody wants to change.
 *
 * @throws VoucherError `SETTING_INVALID` with the setting's name as path
 */
export function readSettings(json: unknown): Partial<Settings> {
  refusePrototypes(json)
  const parsed = z.partial(settingsSchema).safeParse(json)
  if (parsed.success) {
    refuseCardNumbers(parsed.data)
    return parsed.data as Partial<Settings>
  }
  throw invalid(
    'setting',
    'SETTING_INVALID',
    parsed.error.issues,
    Object.keys(settingsSchema.shape),
  )
}

/** Refuses the key `__proto__`, because the schema of records drops it silently, and such a change would empty `fields`. */
function refusePrototypes(json: unknown): void {
  for (const name of ['fields', 'masking'] as const) {
    const value: unknown = (json as Record<string, unknown> | undefined)?.[name]
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '__proto__')) continue
    throw new VoucherError(`${name} has no field __proto__`, {
      code: 'SETTING_INVALID',
      path: `${name}.__proto__`,
      hint: 'docs/vouchers.md lists the fields of a setting',
    })
  }
}

/**
 * Checks the terminal that settings are for, because settings for a number that no trade can have would never apply.
 *
 * @throws VoucherError `SETTING_INVALID` with the path `terminal`
 */
export function checkTerminal(terminal: string | undefined): void {
  if (terminal === undefined || terminalSchema.safeParse(terminal).success) return
  throw new VoucherError('terminal must be letters and digits, 1 to 20', {
    code: 'SETTING_INVALID',
    path: 'terminal',
    hint: 'give the number of the terminal as its trades have it',
  })
}

/** Refuses card numbers in the merchant's name and address, because both are printed on every slip. */
function refuseCardNumbers({ merchant }: { readonly merchant?: Merchant | undefined }): void {
  for (const name of ['name', 'address'] as const) {
    if (findCardNumbers(merchant?.[name] ?? '').length === 0) continue
    throw new VoucherError(`merchant.${name} holds what looks like a card number`, {
      code: 'SECRET_REFUSED',
      path: `merchant.${name}`,
      hint: 'leave the number out: it would be printed on every slip',
    })
  }
}

/**
 * Checks settings that belong together.
 *
 * @param terminal whose settings they are, empty for the shop
 * @throws VoucherError `SETTING_INVALID`
 */
export function checkAgreement({ copies, copyNames }: Settings, terminal: string): void {
  if (copies <= copyNames.length) return
  const where = terminal === '' ? '' : ` at terminal ${terminal}`
  throw new VoucherError(
    `copies is ${copies}${where}, and copyNames names only ${copyNames.length}`,
    {
      code: 'SETTING_INVALID',
      path: 'copies',
      hint: 'set both together: copies=3 with copyNames=["merchant","cardholder","bank"]',
    },
  )
}

/** A change of settings: the values that were set then, and who set them. */
export interface SettingChange {
  /** ISO 8601, UTC. */
  readonly at: string
  /** A name that nobody has verified, or the number of a manager who had signed in. */
  readonly by: string
  /** Left out if the change was for the whole shop. */
  readonly terminal?: string
  readonly settings: Partial<Settings>
}
