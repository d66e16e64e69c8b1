/** The canonical text (RFC 8785) of what a store keeps, so that equal contents have equal hashes. */

import canonicalize from 'canonicalize'
import { type FieldNames, TRADE_FIELDS, type Trade } from '../trade.js'
import type { TradeBody } from './voucher-row.js'

/** The schema lists the fields of a trade in the order of their names, so no sorting is needed. */
export function canonicalTrade(trade: Trade): string {
  return inOrder(trade, TRADE_FIELDS)
}

function inOrder(fields: object, names: FieldNames): string {
  let text = ''
  for (const [name, parts] of names) {
    const value = (fields as Record<string, unknown>)[name]
    if (value === undefined) continue
    const isPart = typeof value === 'object' && value !== null
    text += `${text === '' ? '' : ','}"${name}":${isPart ? inOrder(value, parts) : JSON.stringify(value)}`
  }
  return `{${text}}`
}

/** @param trade canonical text of the body's trade */
export function canonicalTradeBody(body: Omit<TradeBody, 'trade'>, trade: string): string {
  const { batch, businessDay, id, merchantNo, originalId, recordedAt, voucher } = body
  const before = JSON.stringify({ batch, businessDay, id, merchantNo, originalId, recordedAt })
  const warnings = body.warnings?.map(({ code, path }) => ({ code, path }))
  const after = JSON.stringify({ voucher, warnings })
  return `${before.slice(0, -1)},"trade":${trade},${after.slice(1)}`
}

export function canonicalValue(value: unknown): string {
  const isPlain = typeof value !== 'object' || value === null
  return isPlain ? JSON.stringify(value) : (canonicalize(value) as string)
}
