/**
 * PINs as they are kept. Somebody who has copied the store could guess four digits in minutes, however slow the hash is. So a PIN
 * first goes through an HMAC, whose key is derived from the key file, and that file is not in a copy of the store.
 */

import {
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'
import { VoucherError } from '../errors.js'

/** A PIN as it is kept; salt and hash are hexadecimal digits. */
export interface KeptPin {
  /** The cost of scrypt; its other parameters are 8 and 1. */
  readonly n: number
  readonly salt: string
  readonly hash: string
}

const COST = 2 ** 15
const BLOCK = 8
const HASH_BYTES = 32
const SALT_BYTES = 16
/** Memory limit of scrypt in bytes: twice what it needs, because 128 times cost times block is exactly Node's default limit. */
const MAX_MEMORY = 2 * 128 * COST * BLOCK

/** A kept PIN that no PIN matches. It is checked for unknown numbers, so that they take as long to refuse as a wrong PIN. */
export const NO_PIN: KeptPin = { n: COST, salt: '00'.repeat(SALT_BYTES), hash: '' }

const stretch = promisify<Uint8Array, Uint8Array, number, object, Buffer>(scrypt)

/** Derives the key of PINs, because the key of the chain itself is used for nothing but the chain. */
export function pinKeyOf(key: KeyObject): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'xiaopiao operator pin', 32))
}

export async function keepPin(no: string, pin: string, pinKey: Uint8Array): Promise<KeptPin> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await hashPin(no, pin, { pinKey, salt, n: COST })
  return { n: COST, salt: salt.toString('hex'), hash: hash.toString('hex') }
}

export async function isPin(
  no: string,
  pin: string,
  { pinKey, kept }: { readonly pinKey: Uint8Array; readonly kept: KeptPin },
): Promise<boolean> {
  const salt = Buffer.from(kept.salt, 'hex')
  const expected = Buffer.from(kept.hash, 'hex')
  const hash = await hashPin(no, pin, { pinKey, salt, n: kept.n })
  return expected.length === hash.length && timingSafeEqual(hash, expected)
}

interface Hashing {
  readonly pinKey: Uint8Array
  readonly salt: Uint8Array
  readonly n: number
}

/** Hashes a PIN together with the number of its operator, so that the kept PIN of one operator does not work for another. */
async function hashPin(no: string, pin: string, { pinKey, salt, n }: Hashing): Promise<Buffer> {
  const secret = createHmac('sha256', pinKey).update(`${no}\n${pin}`).digest()
  return stretch(secret, salt, HASH_BYTES, { N: n, r: BLOCK, p: 1, maxmem: MAX_MEMORY })
}

/** Whether the text could be a PIN at all: other text is not counted as an attempt. */
export function looksLikePin(pin: unknown): pin is string {
  return typeof pin === 'string' && /^\d{4,12}$/.test(pin)
}

/**
 * Checks a new PIN.
 * @throws VoucherError `PIN_INVALID`, also for a PIN that others would try first
 */
export function checkNewPin(no: string, pin: unknown): asserts pin is string {
  if (!looksLikePin(pin)) throw badPin('a PIN must have 4 to 12 digits', 'take digits alone')
  if (/^(\d)\1*$/.test(pin)) throw badPin('a PIN must not repeat one digit', OTHERS_TRY)
  if ('01234567890'.includes(pin) || '09876543210'.includes(pin)) {
    throw badPin('a PIN must not count up or down', OTHERS_TRY)
  }
  if (pin === no || pin.endsWith(no.padStart(pin.length, '0'))) {
    throw badPin('a PIN must not be the number of its operator', OTHERS_TRY)
  }
}

const OTHERS_TRY = 'take another one: this is what others try first'

/** The error for a PIN, which is not quoted in it. */
function badPin(message: string, hint: string): VoucherError {
  return new VoucherError(message, { code: 'PIN_INVALID', path: 'pin', hint })
}
