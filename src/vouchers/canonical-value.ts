/** The canonical text (RFC 8785) of what a store keeps, so that equal contents have equal hashes. */

import canonicalize from 'canonicalize'

export function canonicalValue(value: unknown): string {
  const isPlain = typeof value !== 'object' || value === null
  return isPlain ? JSON.stringify(value) : (canonicalize(value) as string)
}
