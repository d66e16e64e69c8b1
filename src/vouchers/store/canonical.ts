/** The canonical text of a trade: what `canonicalValue` would make of it, without sorting its fields. */

import { type FieldNames, TRADE_FIELDS, type Trade } from '../trade.js'
import type { TradeBody } from './voucher-row.js'

/** A trade and its parts with all their fields in order, each undefined. */
const EMPTY_TRADE = emptyOf(TRADE_FIELDS)
const EMPTY_PARTS: Readonly<Record<string, object>> = Object.fromEntries(
  [...TRADE_FIELDS]
    .filter(([, parts]) => parts.size > 0)
    .map(([name, parts]) => [name, emptyOf(parts)]),
)

function emptyOf(names: FieldNames): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...names.keys()].map((name) => [name, undefined]))
}

/** The schema lists the fields of a trade in the order of their names, so a copy over an empty one needs no sorting. */
export function canonicalTrade(trade: Trade): string {
  const ordered: Record<string, unknown> = { ...EMPTY_TRADE, ...trade }
  for (const name in EMPTY_PARTS) {
    const part = ordered[name]
    if (part !== undefined) ordered[name] = { ...EMPTY_PARTS[name], ...(part as object) }
  }
  return JSON.stringify(ordered)
}

/** @param trade canonical text of the body's trade */
export function canonicalTradeBody(body: Omit<TradeBody, 'trade'>, trade: string): string {
  const { batch, businessDay, epoch, feeFen, id, late, merchantNo, originalId, recordedAt } = body
  const { voucher } = body
  const before = JSON.stringify({
    batch,
    businessDay,
    epoch,
    feeFen,
    id,
    late,
    merchantNo,
    originalId,
    recordedAt,
  })
  const warnings = body.warnings?.map(({ code, path }) => ({ code, path }))
  const after = JSON.stringify({ voucher, warnings })
  return `${before.slice(0, -1)},"trade":${trade},${after.slice(1)}`
}
