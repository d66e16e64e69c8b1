/** Whether two requests with one key want the same paper: hub and agent must answer alike. */

import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { SlipRequest } from './slip-shapes.js'

/** SHA-256 in hexadecimal digits. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Of ready bytes the hash of the bytes; of a template the hash of its name, version and data. */
export function contentHashOf({ payload, template }: SlipRequest): string {
  if (payload !== undefined) return hashOf(Buffer.from(payload.bytes, 'base64'))
  return hashOf(Buffer.from(canonicalize(template) ?? ''))
}
