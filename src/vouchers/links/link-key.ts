/** The key of links, in a separate file because the key of the chains must not lie on a web server. With it every voucher can be opened. */

import { stat } from 'node:fs/promises'
import { VoucherError } from '../errors.js'
import { readOrMakeKey } from '../key-file.js'
import type { LinkKey } from './link.js'

/**
 * Reads the key, or makes a key file that only its owner can read.
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
