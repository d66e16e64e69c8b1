/**
 * Payloads encrypted at rest: AES-256-GCM with keys from a file, because somebody who reads a backup must not see what customers have eaten and
 * paid. The file has a line for each key, `NAME:64 hexadecimal digits`. The last key encrypts; the others still decrypt what they encrypted.
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { OptionError } from '../model/errors.js'

const IV_BYTES = 12
const TAG_BYTES = 16

export interface Sealed {
  readonly bytes: Uint8Array
  /** Name of the key; null if the bytes are not encrypted. */
  readonly keyId: string | null
}

export interface Seal {
  /** Encrypts bytes. @param place the payload that they belong to, such as `TENANT/HASH`; they cannot be opened with another place */
  close(bytes: Uint8Array, place: string): Sealed
  /** @throws OptionError `PAYLOAD_KEY` if the key is not in the file */
  open(sealed: Sealed, place: string): Uint8Array
}

/** A seal without keys: it leaves bytes as they are, and throws for bytes that were encrypted. */
export const NO_SEAL: Seal = {
  close: (bytes) => ({ bytes, keyId: null }),
  open: ({ bytes, keyId }) => {
    if (keyId !== null) throw keyError(`payloads are encrypted by the key ${keyId}`)
    return bytes
  },
}

/** @throws OptionError `PAYLOAD_KEY` */
export async function readSeal(path: string): Promise<Seal> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw keyError(`the file of payload keys ${path} cannot be read`, cause)
  })
  const keys = new Map<string, Uint8Array>()
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const [, name, key] = /^([\w-]{1,32}):([0-9a-f]{64})$/.exec(line) ?? []
    if (name === undefined || key === undefined) throw keyError(`a line of ${path} is no key`)
    keys.set(name, Buffer.from(key, 'hex'))
  }
  const newest = [...keys.keys()].at(-1)
  if (newest === undefined) throw keyError(`the file ${path} holds no key`)
  return sealOf(keys, newest)
}

function sealOf(keys: ReadonlyMap<string, Uint8Array>, newest: string): Seal {
  const keyOf = (name: string) => {
    const key = keys.get(name)
    if (key === undefined) throw keyError(`payloads are encrypted by the key ${name}`)
    return key
  }
  return {
    close(bytes, place) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(newest), iv).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(bytes), cipher.final()])
      return { bytes: Buffer.concat([iv, cipher.getAuthTag(), body]), keyId: newest }
    },
    open({ bytes, keyId }, place) {
      if (keyId === null) return bytes
      const iv = bytes.subarray(0, IV_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), iv)
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      return Buffer.concat([
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
        decipher.final(),
      ])
    },
  }
}

function keyError(message: string, cause?: unknown): OptionError {
  return new OptionError(message, {
    code: 'PAYLOAD_KEY',
    path: 'payloadKeys',
    hint: 'give --payload-keys with a file of lines such as k1:64-hexadecimal-digits, and keep old keys in it',
    cause,
  })
}
