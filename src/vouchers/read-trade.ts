/** The boundary of `add`: unknown JSON becomes a trade without secrets, or an error that quotes no value. */

import type { Diagnostic } from '../model/diagnostic.js'
import { quickCheckOf } from '../model/quick-check.js'
import { checkAgreement } from './agreement.js'
import { findCardNumbers, looksLikeTrack, maskCardNumbers, showPan } from './card-numbers.js'
import { invalid, safeName } from './describe-issue.js'
import { VoucherError } from './errors.js'
import { completeTradeSchema, TRADE_FIELDS, type Trade, tradeSchema } from './trade.js'

export interface ReadTrade {
  readonly trade: Trade
  /** The id that an imported trade had in an earlier store. */
  readonly id?: string
  readonly warnings: readonly Diagnostic[]
}

/** Names under which callers send data that nobody may keep after the authorisation (PCI DSS 3.2), without spaces and hyphens. */
const SECRET_NAMES =
  /track|magstripe|pinblock|pindata|^(?:encrypted)?pin$|cvv|cvc|cvn|^(?:cid|csc)$|securitycode|^(?:emv|tag|0x)*(?:56|57|5a|5f20|9f6b)$/i
/** Names of EMV tags, which a path may show as they were given. */
const EMV_NAME = /^(?:tag)?(?:56|57|5a|5f20|9f6b)$/i

/** Levels that are searched for secrets. A trade has two; deeper values belong to no field, so the schema refuses them anyway. */
const MAX_DEPTH = 4

/** Fields of free text, in the trade or in one of its parts. In every other field a pattern says which digits it may have. */
const FREE_TEXT: readonly (readonly [part: 'merchant' | 'emv' | undefined, field: string])[] = [
  [undefined, 'remarks'],
  [undefined, 'reason'],
  [undefined, 'approvedBy'],
  [undefined, 'issuer'],
  [undefined, 'acquirer'],
  [undefined, 'scheme'],
  ['merchant', 'name'],
  ['merchant', 'address'],
  ['emv', 'appLabel'],
  ['emv', 'appName'],
]

type Fields = Record<string, unknown>

const KNOWN_FIELDS = [...TRADE_FIELDS.keys()]
const PARTS = KNOWN_FIELDS.filter((name) => (TRADE_FIELDS.get(name)?.size ?? 0) > 0)
/** Names of the fields of a trade that are not names of secrets, so that they need no check. */
const INNOCENT_NAMES: ReadonlySet<string> = new Set([
  ...KNOWN_FIELDS,
  ...PARTS.flatMap((name) => [...(TRADE_FIELDS.get(name)?.keys() ?? [])]).filter(
    (name) => !isSecretName(name),
  ),
])
const isComplete = quickCheckOf(completeTradeSchema)

/**
 * Checks `json` and returns the trade as it may be kept: the card number has its first six and last four digits, the pay code its
 * first four and last four, and card numbers in free text are masked with a warning.
 *
 * @throws VoucherError `SECRET_REFUSED` for track data, PINs and security codes; `TRADE_INVALID` otherwise
 * @example readTrade({ type: 'sale', kind: 'cash', fen: 5600, at: '2026-11-23T12:02:17+08:00', terminal: '1', operator: '01' })
 */
export function readTrade(json: unknown): ReadTrade {
  if (holdsSecret(json, 0)) refuseSecrets(json, '', 0)
  const trade = checked(hideCardData(json))
  const warnings = maskFreeText(trade)
  checkAgreement(trade)
  padNumbers(trade)
  return { trade, warnings }
}

/** Checks `hidden`, which is a copy, and returns it as a trade that shares no object with the caller's. */
function checked(hidden: unknown): Trade {
  if (!isComplete(hidden, 0)) {
    const parsed = tradeSchema.safeParse(hidden)
    if (!parsed.success) throw invalid('trade', 'TRADE_INVALID', parsed.error.issues, KNOWN_FIELDS)
    return parsed.data
  }
  const trade = hidden as Fields
  for (const name of PARTS) {
    const part = trade[name]
    if (part !== undefined) trade[name] = { ...(part as Fields) }
  }
  return trade as unknown as Trade
}

/** Looks at names and texts at every depth, because a secret in a field that does not exist would still be quoted by a log. */
function holdsSecret(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return looksLikeTrack(value)
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false
  for (const name in value) {
    if (!INNOCENT_NAMES.has(name) && isSecretName(name)) return true
    if (holdsSecret((value as Fields)[name], depth + 1)) return true
  }
  return false
}

function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name.replace(/[\s_-]/g, '')) || looksLikeTrack(name)
}

/** Throws the error for the secret that `holdsSecret` has found, with its path. */
function refuseSecrets(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (looksLikeTrack(value)) throw secret(path, 'looks like the track data of a card')
    return
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return
  for (const [name, inner] of Object.entries(value)) {
    const shown = EMV_NAME.test(name) ? name : safeName(name)
    const at = path === '' ? shown : `${path}.${shown}`
    if (!INNOCENT_NAMES.has(name) && isSecretName(name)) {
      throw secret(at, 'is data that nobody may keep')
    }
    refuseSecrets(inner, at, depth + 1)
  }
}

function secret(path: string, why: string): VoucherError {
  return new VoucherError(`${path === '' ? 'the trade' : path} ${why}`, {
    code: 'SECRET_REFUSED',
    path,
    hint: 'leave it out: track data, PIN, CVV/CVC and the EMV tags 56, 57, 5A, 5F20 and 9F6B never belong in a voucher',
  })
}

/** Card number and pay code are cut before anything else looks at the trade, so that no later error can quote them. */
function hideCardData(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const hidden: Fields = { ...json }
  const { pan, payCode, result } = hidden
  if (pan === undefined) delete hidden.pan
  else hidden.pan = shownPan(pan)
  if (payCode === undefined) delete hidden.payCode
  else hidden.payCode = hidePayCode(payCode)
  if (result === undefined) hidden.result = 'approved'
  return hidden
}

function shownPan(pan: unknown): string {
  const shown = typeof pan === 'string' ? showPan(pan) : undefined
  if (shown !== undefined) return shown
  throw new VoucherError('pan must be a card number of 11 to 19 digits, whole or masked, as text', {
    code: 'TRADE_INVALID',
    path: 'pan',
    hint: 'give it as text, because a number loses digits from the sixteenth on: "622202******0012"',
  })
}

/** A pay code works once and for a minute; the shop still shows only its ends. */
function hidePayCode(payCode: unknown): unknown {
  if (typeof payCode !== 'string' || !/^\d{10,32}$/.test(payCode)) return payCode
  return `${payCode.slice(0, 4)}${'*'.repeat(payCode.length - 8)}${payCode.slice(-4)}`
}

/** Masks what looks like a card number in the free text of `trade`, which is a copy already. */
function maskFreeText(trade: Trade): readonly Diagnostic[] {
  const warnings: Diagnostic[] = []
  for (const [part, field] of FREE_TEXT) {
    const holder = (part === undefined ? trade : trade[part]) as Fields | undefined
    const text = holder?.[field]
    if (holder === undefined || typeof text !== 'string') continue
    if (findCardNumbers(text).length === 0) continue
    holder[field] = maskCardNumbers(text)
    warnings.push(panMasked(part === undefined ? field : `${part}.${field}`))
  }
  return warnings
}

function panMasked(path: string): Diagnostic {
  return {
    code: 'PAN_MASKED',
    severity: 'warning',
    path,
    message: `${path} held what looks like a card number, so it was masked`,
    hint: 'give card numbers in pan, and other numbers in orderNo, ref or payVoucher',
  }
}

/** The numbers of a trade, writable here because a trade that was just read is not shared with other code yet. */
interface Numbers {
  batch?: string
  voucher?: string
}

/** Terminals write 17 as 000017, and both must be found. */
function padNumbers(trade: Trade): void {
  const holders: readonly (Numbers | undefined)[] = [trade, trade.original]
  for (const numbers of holders) {
    if (numbers?.batch !== undefined) numbers.batch = numbers.batch.padStart(6, '0')
    if (numbers?.voucher !== undefined) numbers.voucher = numbers.voucher.padStart(6, '0')
  }
}
