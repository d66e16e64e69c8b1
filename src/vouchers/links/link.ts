/**
 * The link behind a slip's QR code. It names a voucher, a copy and the time at which it expires, and holds no data of the trade. Only the
 * owner of the key can make links, so that a customer cannot get from the link of his voucher to those of other vouchers.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  DATE,
  isBytes,
  needed,
  type OptionRule,
  type OptionRules,
  oneOf,
  readArgument,
  readOptions,
  TEXT,
} from '../../model/options.js'
import { VoucherError } from '../errors.js'
import { COPY_NAMES, type CopyName } from '../settings.js'

/** The key of links: see `readLinkKey`. */
export type LinkKey = Uint8Array

export interface LinkOptions {
  readonly key: LinkKey
  /** The address at which `voucherHandler` answers: `https://shop.example/v`. */
  readonly base: string
  /** Time at which the link expires. */
  readonly expires: Date
  /** Default `cardholder`. */
  readonly copy?: CopyName
}

/** The content of a link. */
export interface LinkedVoucher {
  readonly id: string
  readonly copy: CopyName
  /** Seconds since 1970. */
  readonly expires: number
}

export const LINK_KEY: OptionRule = {
  says: 'a key of 32 bytes',
  accepts: (value) => isBytes(value) && value.length === 32,
  hint: 'read it with readLinkKey',
}

const RULES: OptionRules<LinkOptions> = {
  key: needed(LINK_KEY),
  base: needed(TEXT),
  expires: needed(DATE),
  copy: oneOf(...COPY_NAMES),
}

/**
 * The bytes of a token: version, copy, end and id, then the first half of an HMAC-SHA-256, because a longer link makes a larger QR code
 * (RFC 2104 allows half).
 */
const VERSION = 1
const BODY_BYTES = 22
const MAC_BYTES = 16
const TOKEN = /^[A-Za-z0-9_-]{51}$/

/**
 * Makes the link of a voucher.
 *
 * @param id of the voucher
 * @throws VoucherError `LINK_INVALID` if the base is no http address, the id no id, or the end out of range; OptionError
 *
 * @example
 * const key = new Uint8Array(32).fill(7)
 * const link = voucherLink(id, { key, base: 'https://shop.example/v', expires: new Date('2027-02-23') })
 * link.startsWith('https://shop.example/v/') // true
 */
export function voucherLink(id: string, options: LinkOptions): string {
  readArgument('voucherLink', 'id', id, TEXT)
  const {
    key,
    base,
    expires,
    copy = 'cardholder',
  } = readOptions<LinkOptions>('voucherLink', options, RULES)
  const body = new Uint8Array(BODY_BYTES)
  const seconds = Math.floor(expires.getTime() / 1000)
  if (seconds < 0 || seconds > 0xffffffff)
    throw linkError('expires', 'the end of a link must be before 2106')
  const hex = id.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(hex)) throw linkError('id', 'a link needs the id of a voucher')
  body[0] = VERSION
  body[1] = COPY_NAMES.indexOf(copy)
  new DataView(body.buffer).setUint32(2, seconds)
  body.set(Buffer.from(hex, 'hex'), 6)
  const token = Buffer.concat([body, macOf(body, key)]).toString('base64url')
  return `${addressOf(base)}/${token}`
}

function addressOf(base: string): string {
  const url = URL.canParse(base) ? new URL(base) : undefined
  const isPlain = url !== undefined && url.search === '' && url.hash === '' && url.username === ''
  if (isPlain && (url.protocol === 'https:' || url.protocol === 'http:')) {
    return url.href.replace(/\/+$/, '')
  }
  throw linkError('base', 'the base of a link must be an http address without a query')
}

function linkError(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'LINK_INVALID',
    path,
    hint: 'see links in docs/vouchers.md',
  })
}

/**
 * Returns the content of a token that was made with `key`, and undefined for any other text. It does not check whether the link has
 * expired.
 */
export function readToken(token: string, key: LinkKey): LinkedVoucher | undefined {
  if (!TOKEN.test(token)) return undefined
  const bytes = new Uint8Array(Buffer.from(token, 'base64url'))
  const body = bytes.subarray(0, BODY_BYTES)
  // Base64 has several spellings of the same bytes. All but one are refused, so that a link has one address.
  const isWhole = Buffer.from(bytes).toString('base64url') === token
  if (bytes.length !== BODY_BYTES + MAC_BYTES || !isWhole) return undefined
  if (!timingSafeEqual(bytes.subarray(BODY_BYTES), macOf(body, key))) return undefined
  const copy = COPY_NAMES[body[1] as number]
  if (body[0] !== VERSION || copy === undefined) return undefined
  const hex = Buffer.from(body.subarray(6)).toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  return { id, copy, expires: view.getUint32(2) }
}

function macOf(body: Uint8Array, key: LinkKey): Uint8Array {
  return createHmac('sha256', key)
    .update('xiaopiao voucher link')
    .update(body)
    .digest()
    .subarray(0, MAC_BYTES)
}
