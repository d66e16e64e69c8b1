/** The key of links, in a file of its own: whoever has it can open every voucher, and the key of the chains must not lie on a web server. */

import { stat } from 'node:fs/promises'
import { VoucherError } from '../errors.js'
import { readOrMakeKey } from '../key-file.js'
import type { LinkKey } from './link.js'

/**
 * Reads the key, or makes the file, readable by its owner alone.
 *
 * @throws VoucherError `STORE_KEY` if it cannot be read or made, or if other users of the machine may read it
 *
 * @example
 * const key = await readLinkKey('shop.links.key')
 * key.length // 32
 */
export async function readLinkKey(path: string): Promise<LinkKey> {
  const key = await readOrMakeKey(path)
  const { mode } = await stat(path)
  if (process.platform === 'win32' || (mode & 0o077) === 0) return key
  throw new VoucherError(`other users of this machine may read the key file ${path}`, {
    code: 'STORE_KEY',
    path: 'key',
    hint: `chmod 600 ${path}; if somebody may have read it, remove it, after which all links have to be made again`,
  })
}
