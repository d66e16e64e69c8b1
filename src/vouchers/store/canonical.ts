/** The canonical text (RFC 8785) of what a store keeps, so that equal contents have equal hashes. */

import canonicalize from 'canonicalize'
import type { Trade } from '../trade.js'

/** The schema lists the fields of a trade in the order of their names, so a trade that was read needs no sorting. */
export function canonicalTrade(trade: Trade): string {
  return JSON.stringify(trade)
}

/**
 * @param body an object whose names are words of this program, without signs that JSON escapes
 * @param texts canonical texts that are known already, by name
 */
export function canonicalBody(body: object, texts: Readonly<Record<string, string>> = {}): string {
  const names = [...Object.keys(body), ...Object.keys(texts)].sort()
  let fields = ''
  for (const name of names) {
    const text = texts[name] ?? canonicalValue((body as Record<string, unknown>)[name])
    fields += `${fields === '' ? '' : ','}"${name}":${text}`
  }
  return `{${fields}}`
}

export function canonicalValue(value: unknown): string {
  const isPlain = typeof value !== 'object' || value === null
  return isPlain ? JSON.stringify(value) : (canonicalize(value) as string)
}
