/**
 * A seal over the heads of all chains of one moment. A chain cannot show that its last records are gone; a
 * seal that is kept elsewhere, on the paper of a settlement or in a file, can.
 */

import { createHash } from 'node:crypto'
import { canonicalValue } from './canonical-value.js'
import { VoucherError } from './errors.js'

export interface SealedHead {
  readonly chain: string
  /** Records of the chain at that moment. */
  readonly seq: number
  /** 64 hexadecimal digits. */
  readonly hash: string
}

/** The heads of all chains at one moment, and a hash over them. Keep it out of reach of everybody who can change the store. */
export interface Seal {
  /** 64 hexadecimal digits: SHA-256 over time and heads. Slips show the first 16. */
  readonly seal: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** In the order of the chains' names. */
  readonly heads: readonly SealedHead[]
}

/** Digits of a seal that slips show: enough to find it, and short enough to be typed. */
export const SHOWN_SEAL_DIGITS = 16

/**
 * Makes the seal over `heads`.
 * @param at milliseconds since 1970
 */
export function makeSeal(heads: readonly SealedHead[], at: number): Seal {
  const sorted = heads
    .map(({ chain, seq, hash }) => ({ chain, seq, hash }))
    .sort((a, b) => (a.chain < b.chain ? -1 : 1))
  const body = { at: new Date(at).toISOString(), heads: sorted }
  const seal = createHash('sha256').update(canonicalValue(body)).digest('hex')
  return { seal, ...body }
}

/** The seal as a slip shows it. */
export function shownSeal({ seal }: Pick<Seal, 'seal'>): string {
  return seal.slice(0, SHOWN_SEAL_DIGITS)
}

/**
 * Checks a seal that somebody kept: its digits, at least the 16 that slips show, or the whole seal from a file.
 *
 * @throws VoucherError `SEAL_INVALID`
 */
export function readSeal(given: unknown): string | Seal {
  if (typeof given === 'string') {
    const digits = given.replace(/[\s-]/g, '').toLowerCase()
    if (/^[0-9a-f]{16,64}$/.test(digits)) return digits
    throw invalidSeal('a seal has 16 to 64 hexadecimal digits')
  }
  if (!isSeal(given)) throw invalidSeal('this is no seal: it needs seal, at and heads')
  const { seal } = makeSeal(given.heads, Date.parse(given.at))
  if (seal !== given.seal) throw invalidSeal('the digits of this seal are not those of its heads')
  return given
}

function isSeal(given: unknown): given is Seal {
  const { seal, at, heads } = (given ?? {}) as Partial<Record<keyof Seal, unknown>>
  if (typeof seal !== 'string' || typeof at !== 'string' || Number.isNaN(Date.parse(at)))
    return false
  return Array.isArray(heads) && heads.every(isHead)
}

function isHead(head: unknown): head is SealedHead {
  const { chain, seq, hash } = (head ?? {}) as Partial<Record<keyof SealedHead, unknown>>
  return typeof chain === 'string' && Number.isSafeInteger(seq) && typeof hash === 'string'
}

function invalidSeal(message: string): VoucherError {
  return new VoucherError(message, {
    code: 'SEAL_INVALID',
    path: 'seal',
    hint: 'give the digits behind 封存码 on a settlement or day report, or the file that vouchers seal wrote',
  })
}
