/** The secret key of a store's chain, in a file of mode 0600 beside the store. Neither the store nor a backup holds it. */

import { randomBytes } from 'node:crypto'
import { constants, open } from 'node:fs/promises'
import { VoucherError } from './errors.js'
import { isThere } from './files.js'

const KEY_BYTES = 32

/**
 * Makes a key file that only its owner can read.
 *
 * @throws VoucherError `STORE_KEY` if the file exists, because its chain could then no longer be verified
 */
export async function makeKeyFile(path: string): Promise<Uint8Array> {
  const key = new Uint8Array(randomBytes(KEY_BYTES))
  try {
    const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
    try {
      await file.writeFile(`${Buffer.from(key).toString('hex')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw keyError(path, 'cannot be made', error)
  }
  return key
}

/** Reads the key file, or makes one if it does not exist. @throws VoucherError `STORE_KEY` */
export async function readOrMakeKey(path: string): Promise<Uint8Array> {
  return (await isThere(path)) ? readKeyFile(path) : makeKeyFile(path)
}

/** Reads the key. @throws VoucherError `STORE_KEY` if it is missing or is not a key */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  let text: string
  try {
    const file = await open(path, constants.O_RDONLY)
    try {
      text = (await file.readFile('utf8')).trim()
    } finally {
      await file.close()
    }
  } catch (error) {
    throw keyError(path, 'cannot be read', error)
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw keyError(path, 'does not hold a key')
  return new Uint8Array(Buffer.from(text, 'hex'))
}

function keyError(path: string, what: string, cause?: unknown): VoucherError {
  return new VoucherError(`the key file ${path} ${what}`, {
    code: 'STORE_KEY',
    path: 'keyFile',
    hint: 'put the key file of this store back from where you keep it; without it no record can be added or verified',
    cause,
  })
}
