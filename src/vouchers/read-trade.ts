/** The boundary of `add`: unknown JSON becomes a trade without secrets, or an error that quotes no value. */

import type { Diagnostic } from '../model/diagnostic.js'
import { findCardNumbers, looksLikeTrack, maskCardNumbers, showPan } from './card-numbers.js'
import { invalid, safeName } from './describe-issue.js'
import { VoucherError } from './errors.js'
import { MAX_FEN, type Trade, tradeSchema } from './trade.js'
import { TRADE_TYPE_RULES } from './trade-types.js'

export interface ReadTrade {
  readonly trade: Trade
  readonly warnings: readonly Diagnostic[]
}

/** Names under which callers send data that nobody may keep after the authorisation (PCI DSS 3.2). */
const SECRET_NAMES =
  /^(?:track\d?|track\d?data|magstripe|pin|pinblock|pindata|cvv\d?|cvc\d?|cvn\d?|cid|csc|securitycode|(?:tag)?(?:56|57|5a|5f20|9f6b))$/i

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

/**
 * Checks `json` and returns the trade as it may be kept: the card number has its first six and last four digits, the pay code its
 * first four and last four, and card numbers in free text are masked with a warning.
 *
 * @throws VoucherError `SECRET_REFUSED` for track data, PINs and security codes; `TRADE_INVALID` otherwise
 * @example readTrade({ type: 'sale', kind: 'cash', fen: 5600, at: '2026-11-23T12:02:17+08:00', terminal: '1', operator: '01' })
 */
export function readTrade(json: unknown): ReadTrade {
  refuseSecrets(json, '')
  const hidden = hideCardData(json)
  const parsed = tradeSchema.safeParse(hidden)
  if (!parsed.success) throw invalid('trade', 'TRADE_INVALID', parsed.error.issues, KNOWN_FIELDS)
  const { trade, warnings } = maskFreeText(parsed.data)
  checkAgreement(trade)
  return { trade: padNumbers(trade), warnings }
}

/** Looks at names and texts at every depth, because a secret in a field that does not exist would still be quoted by a log. */
function refuseSecrets(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (looksLikeTrack(value)) throw secret(path, 'looks like the track data of a card')
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    const at = path === '' ? safeName(name) : `${path}.${safeName(name)}`
    if (SECRET_NAMES.test(name.replace(/[\s_-]/g, '')) || looksLikeTrack(name)) {
      throw secret(SECRET_NAMES.test(name) ? at : path, 'is data that nobody may keep')
    }
    refuseSecrets(inner, at)
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
  const copy = structuredClone(trade) as Record<string, unknown>
  const warnings: Diagnostic[] = []
  for (const path of FREE_TEXT) {
    const holder = path.length === 1 ? copy : (copy[path[0] as string] as typeof copy | undefined)
    const name = path.at(-1) as string
    const value = holder?.[name]
    if (holder === undefined || typeof value !== 'string') continue
    if (findCardNumbers(value).length === 0) continue
    holder[name] = maskCardNumbers(value)
    warnings.push({
      code: 'PAN_MASKED',
      severity: 'warning',
      path: path.join('.'),
      message: `${path.join('.')} held what looks like a card number, so it was masked`,
      hint: 'Give card numbers in pan, and other numbers in orderNo, ref or payVoucher.',
    })
  }
  return { trade: copy as Trade, warnings }
}

function checkAgreement(trade: Trade): void {
  const rule = TRADE_TYPE_RULES[trade.type]
  if (!rule.kinds.includes(trade.kind)) {
    throw wrong('kind', `a ${trade.type} is paid by ${rule.kinds.join(' or ')}`)
  }
  if (trade.type === 'balance' ? trade.fen !== 0 : trade.fen < 1) {
    throw wrong(
      'fen',
      trade.type === 'balance' ? 'a balance moves no money, so fen is 0' : 'fen must be at least 1',
    )
  }
  if (trade.fen + (trade.tipFen ?? 0) > MAX_FEN)
    throw wrong('tipFen', `fen and tipFen together must be at most ${MAX_FEN}`)
  if (trade.orderFen !== undefined && trade.orderFen - (trade.discountFen ?? 0) !== trade.fen) {
    throw wrong('orderFen', 'orderFen minus discountFen must equal fen')
  }
  if (trade.discountFen !== undefined && trade.orderFen === undefined) {
    throw wrong('discountFen', 'a discount needs orderFen, the amount before it')
  }
  if (trade.tenderedFen !== undefined && trade.tenderedFen < trade.fen + (trade.tipFen ?? 0)) {
    throw wrong('tenderedFen', 'the customer cannot have handed over less than the amount')
  }
  if (trade.original !== undefined && rule.original === undefined) {
    throw wrong('original', `a ${trade.type} has no original`)
  }
  if (Number.isNaN(Date.parse(trade.at))) throw wrong('at', 'at must be a day and time that exist')
}

function wrong(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'TRADE_INVALID',
    path,
    hint: 'docs/vouchers.md lists the types of trades and how each is paid.',
  })
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
