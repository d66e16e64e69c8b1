/** The boundary of `add`: unknown JSON becomes a trade without secrets, or an error that quotes no value. */

import type { Diagnostic } from '../model/diagnostic.js'
import { checkAgreement } from './agreement.js'
import { findCardNumbers, looksLikeTrack, maskCardNumbers, showPan } from './card-numbers.js'
import { invalid, safeName } from './describe-issue.js'
import { VoucherError } from './errors.js'
import { type Trade, tradeSchema } from './trade.js'

export interface ReadTrade {
  readonly trade: Trade
  readonly warnings: readonly Diagnostic[]
}

/** Names under which callers send data that nobody may keep after the authorisation (PCI DSS 3.2), without spaces and hyphens. */
const SECRET_NAMES =
  /track|magstripe|pinblock|pindata|^(?:encrypted)?pin$|cvv|cvc|cvn|^(?:cid|csc)$|securitycode|^(?:emv|tag|0x)*(?:56|57|5a|5f20|9f6b)$/i
/** Those that may be shown in a path as they were given. */
const EMV_NAME = /^(?:tag)?(?:56|57|5a|5f20|9f6b)$/i

/** A trade has two levels. Whatever lies deeper belongs to no field, so it is refused as such. */
const MAX_DEPTH = 4

/** Free text: in every other field a pattern says which digits may stand there. */
const FREE_TEXT: readonly (readonly string[])[] = [
  ['remarks'],
  ['reason'],
  ['approvedBy'],
  ['issuer'],
  ['acquirer'],
  ['scheme'],
  ['merchant', 'name'],
  ['merchant', 'address'],
  ['emv', 'appLabel'],
  ['emv', 'appName'],
]

const KNOWN_FIELDS = Object.keys(tradeSchema.shape)
const KNOWN_NAMES: ReadonlySet<string> = new Set(KNOWN_FIELDS)

/**
 * Checks `json` and returns the trade as it may be kept: the card number has its first six and last four digits, the pay code its
 * first four and last four, and card numbers in free text are masked with a warning.
 *
 * @throws VoucherError `SECRET_REFUSED` for track data, PINs and security codes; `TRADE_INVALID` otherwise
 * @example readTrade({ type: 'sale', kind: 'cash', fen: 5600, at: '2026-11-23T12:02:17+08:00', terminal: '1', operator: '01' })
 */
export function readTrade(json: unknown): ReadTrade {
  refuseSecrets(json, '', 0)
  const hidden = hideCardData(json)
  const parsed = tradeSchema.safeParse(hidden)
  if (!parsed.success) throw invalid('trade', 'TRADE_INVALID', parsed.error.issues, KNOWN_FIELDS)
  const { trade, warnings } = maskFreeText(parsed.data)
  checkAgreement(trade)
  return { trade: padNumbers(trade), warnings }
}

/** Looks at names and texts at every depth, because a secret in a field that does not exist would still be quoted by a log. */
function refuseSecrets(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (looksLikeTrack(value)) throw secret(path, 'looks like the track data of a card')
    return
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return
  for (const [name, inner] of Object.entries(value)) {
    const shown = EMV_NAME.test(name) ? name : safeName(name)
    const at = path === '' ? shown : `${path}.${shown}`
    if (KNOWN_NAMES.has(name)) refuseSecrets(inner, at, depth + 1)
    else if (SECRET_NAMES.test(name.replace(/[\s_-]/g, '')) || looksLikeTrack(name)) {
      throw secret(at, 'is data that nobody may keep')
    } else refuseSecrets(inner, at, depth + 1)
  }
}

function secret(path: string, why: string): VoucherError {
  return new VoucherError(`${path === '' ? 'the trade' : path} ${why}`, {
    code: 'SECRET_REFUSED',
    path,
    hint: 'Leave it out: track data, PIN, CVV/CVC and the EMV tags 56, 57, 5A, 5F20 and 9F6B never belong in a voucher.',
  })
}

/** Card number and pay code are cut before anything else looks at the trade, so that no later error can quote them. */
function hideCardData(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const { pan, payCode, ...rest } = json as Record<string, unknown>
  return {
    ...rest,
    ...(pan === undefined ? {} : { pan: shownPan(pan) }),
    ...(payCode === undefined ? {} : { payCode: hidePayCode(payCode) }),
  }
}

function shownPan(pan: unknown): string {
  const shown = typeof pan === 'string' ? showPan(pan) : undefined
  if (shown !== undefined) return shown
  throw new VoucherError('pan must be a card number of 11 to 19 digits, whole or masked, as text', {
    code: 'TRADE_INVALID',
    path: 'pan',
    hint: 'Give it as text, because a number loses digits from the sixteenth on: "622202******0012".',
  })
}

/** A pay code works once and for a minute; the shop still shows only its ends. */
function hidePayCode(payCode: unknown): unknown {
  if (typeof payCode !== 'string' || !/^\d{10,32}$/.test(payCode)) return payCode
  return `${payCode.slice(0, 4)}${'*'.repeat(payCode.length - 8)}${payCode.slice(-4)}`
}

function maskFreeText(trade: Trade): ReadTrade {
  const found = FREE_TEXT.filter((path) => findCardNumbers(textAt(trade, path)).length > 0)
  if (found.length === 0) return { trade, warnings: [] }
  const copy = structuredClone(trade)
  for (const path of found) {
    const holder = holderOf(copy, path)
    if (holder !== undefined) holder[path.at(-1) as string] = maskCardNumbers(textAt(trade, path))
  }
  return { trade: copy, warnings: found.map((path) => panMasked(path.join('.'))) }
}

function holderOf(
  trade: Trade,
  path: readonly string[],
): Record<string, string | undefined> | undefined {
  const fields = trade as unknown as Record<string, never>
  return path.length === 1 ? fields : fields[path[0] as string]
}

function textAt(trade: Trade, path: readonly string[]): string {
  return holderOf(trade, path)?.[path.at(-1) as string] ?? ''
}

function panMasked(path: string): Diagnostic {
  return {
    code: 'PAN_MASKED',
    severity: 'warning',
    path,
    message: `${path} held what looks like a card number, so it was masked`,
    hint: 'Give card numbers in pan, and other numbers in orderNo, ref or payVoucher.',
  }
}

/** Terminals write 17 as 000017, and both must be found. */
function padNumbers(trade: Trade): Trade {
  const six = (number: string) => number.padStart(6, '0')
  const { original } = trade
  return {
    ...trade,
    ...(trade.batch === undefined ? {} : { batch: six(trade.batch) }),
    ...(trade.voucher === undefined ? {} : { voucher: six(trade.voucher) }),
    ...(original === undefined
      ? {}
      : {
          original: {
            ...original,
            ...(original.batch === undefined ? {} : { batch: six(original.batch) }),
            ...(original.voucher === undefined ? {} : { voucher: six(original.voucher) }),
          },
        }),
  }
}
