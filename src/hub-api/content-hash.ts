/** Hashes that tell whether two requests with one key want the same paper. Hub and agent must compute them alike. */

import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { SlipRequest } from './slip-shapes.js'

/** Returns the SHA-256 of the bytes in hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Returns the hash of the bytes if the request has bytes, else the hash of the template's name, version and data. */
export function contentHashOf({ payload, template }: SlipRequest): string {
  if (payload !== undefined) return hashOf(Buffer.from(payload.bytes, 'base64'))
  return hashOf(Buffer.from(canonicalize(template) ?? ''))
}
