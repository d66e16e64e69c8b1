/** The canonical text of a trade: the same text that `canonicalValue` makes, without sorting the fields. */

import { type FieldNames, TRADE_FIELDS, type Trade } from '../trade.js'
import type { TradeBody } from './voucher-row.js'

interface Field {
  readonly name: string
  /** The name as JSON, with its colon. */
  readonly label: string
  /** The parts of the field; empty if it has none. */
  readonly parts: readonly Field[]
}

/** The fields of a trade in the order of their names, because the schema lists them so. */
const FIELDS = fieldsOf(TRADE_FIELDS)

function fieldsOf(names: FieldNames): readonly Field[] {
  return [...names].map(([name, parts]) => ({
    name,
    label: `${JSON.stringify(name)}:`,
    parts: fieldsOf(parts),
  }))
}

/** Writes a trade field by field, because making a copy with the fields in order takes several times as long. */
export function canonicalTrade(trade: Trade): string {
  return canonicalFields(trade, FIELDS)
}

function canonicalFields(value: object, fields: readonly Field[]): string {
  let text = ''
  for (const { name, label, parts } of fields) {
    const field = (value as Readonly<Record<string, unknown>>)[name]
    if (field === undefined) continue
    const json =
      parts.length === 0 ? JSON.stringify(field) : canonicalFields(field as object, parts)
    text += text === '' ? label + json : `,${label}${json}`
  }
  return `{${text}}`
}

/**
 * Writes the body of a trade's record.
 * @param trade canonical text of the body's trade
 */
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
