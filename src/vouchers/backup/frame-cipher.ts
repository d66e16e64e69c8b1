/**
 * The checks of frames: a hash, or AES-256-GCM with the position of the frame as its nonce. Each file has its own key, made from the
 * password and the random id of the file, so that no nonce is used twice with one key.
 */

import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { isSameHash } from '../chain.js'
import { VoucherError } from '../errors.js'
import {
  type BackupHeader,
  type EncryptedHeader,
  MAX_SCRYPT_BYTES,
  type ScryptCost,
} from './header.js'
import { CHECK_BYTES, type FramePlace, frameContext, sha256 } from './layout.js'

const NONCE_BYTES = 12
const KEY_BYTES = 32
const CIPHER = 'aes-256-gcm'

/** Encrypts, or only hashes, the payloads of one file, and reads them back. */
export interface FrameCipher {
  /** Returns the bytes to be stored, and their check. */
  close(
    place: FramePlace,
    payload: Uint8Array,
  ): { readonly stored: Uint8Array; readonly check: Uint8Array }
  /** Returns the payload; undefined if `check` does not fit these bytes at this place. */
  open(place: FramePlace, stored: Uint8Array, check: Uint8Array): Uint8Array | undefined
}

/** Makes the header for a new file, and derives its key if there is a password. */
export async function makeHeader(
  password: string | undefined,
  cost: ScryptCost,
): Promise<{ readonly header: BackupHeader; readonly key: Uint8Array | undefined }> {
  const id = randomBytes(16).toString('hex')
  if (password === undefined) return { header: { format: 1, id, cipher: 'none' }, key: undefined }
  const { key, check } = await keysOf(password, id, cost)
  return { header: { format: 1, id, cipher: CIPHER, kdf: cost, check }, key }
}

/**
 * Derives the key of an encrypted backup.
 * @throws VoucherError `BACKUP_PASSWORD`
 */
export async function keyFor(
  header: EncryptedHeader,
  password: string | undefined,
): Promise<Uint8Array> {
  if (password === undefined) {
    throw passwordError('the backup is encrypted, and no password was given')
  }
  const { key, check } = await keysOf(password, header.id, header.kdf)
  if (isSameHash(Buffer.from(check), Buffer.from(header.check))) return key
  throw passwordError('the password is not that of this backup')
}

function passwordError(message: string): VoucherError {
  return new VoucherError(message, {
    code: 'BACKUP_PASSWORD',
    path: 'password',
    hint: 'give the password that the backup was made with; without it no one can read the backup',
  })
}

async function keysOf(
  password: string,
  id: string,
  { n: N, r, p }: ScryptCost,
): Promise<{ readonly key: Uint8Array; readonly check: string }> {
  const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt)
  // Node's default of `maxmem` is below what these costs need. NFC, because the same word may be typed in two forms of Unicode.
  const cost = { N, r, p, maxmem: MAX_SCRYPT_BYTES + 1024 * 1024 }
  const salt = Buffer.from(id, 'hex')
  const secret = await derive(password.normalize('NFC'), salt, KEY_BYTES, cost)
  const part = (name: string) => createHmac('sha256', secret).update(name).digest()
  return { key: part('frames'), check: part('check').toString('hex').slice(0, 32) }
}

/**
 * Returns the cipher of a file: AES-256-GCM, or without a key only hashes.
 * @param header hash of the header
 */
export function cipherOf(header: Uint8Array, key: Uint8Array | undefined): FrameCipher {
  return key === undefined ? plainCipher(header) : gcmCipher(header, key)
}

function plainCipher(header: Uint8Array): FrameCipher {
  const checkOf = (place: FramePlace, payload: Uint8Array) =>
    sha256(frameContext(header, place), payload).subarray(0, CHECK_BYTES)
  return {
    close: (place, payload) => ({ stored: payload, check: checkOf(place, payload) }),
    open: (place, stored, check) =>
      isSameHash(checkOf(place, stored), check) ? stored : undefined,
  }
}

function gcmCipher(header: Uint8Array, key: Uint8Array): FrameCipher {
  return {
    close(place, payload) {
      const cipher = createCipheriv(CIPHER, key, nonceOf(place))
      cipher.setAAD(frameContext(header, place))
      const stored = Buffer.concat([cipher.update(payload), cipher.final()])
      return { stored, check: cipher.getAuthTag() }
    },
    open(place, stored, check) {
      const decipher = createDecipheriv(CIPHER, key, nonceOf(place), { authTagLength: CHECK_BYTES })
      decipher.setAAD(frameContext(header, place))
      decipher.setAuthTag(check)
      try {
        return Buffer.concat([decipher.update(stored), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}

function nonceOf({ position }: FramePlace): Uint8Array {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeBigUInt64BE(BigInt(position), NONCE_BYTES - 8)
  return nonce
}
