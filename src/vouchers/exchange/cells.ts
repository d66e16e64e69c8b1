/** A trade as flat cells of text, and back again. Names of parts are joined by a dot: `merchant.no`. */

import { TRADE_FIELDS } from '../trade.js'
import type { VoucherRecord } from '../voucher-record.js'

/** Cells of a trade that are numbers; the others are text or flags. */
const NUMBERS: ReadonlySet<string> = new Set([
  'fen',
  'tipFen',
  'orderFen',
  'discountFen',
  'tenderedFen',
  'periods',
  'cvm.signLimitFen',
  'cvm.pinLimitFen',
])
const FLAGS: ReadonlySet<string> = new Set(['cvm.noSign', 'cvm.noPin', 'cvm.cdcvm'])

/** Names of a trade's cells, which an import accepts. */
export const TRADE_CELLS: readonly string[] = [...TRADE_FIELDS].flatMap(([name, parts]) =>
  parts.size === 0 ? [name] : [...parts.keys()].map((part) => `${name}.${part}`),
)

/** Cells of an export that the store has derived from the trade; an import ignores them. */
export const DERIVED_CELLS = [
  'recordedAt',
  'businessDay',
  'state',
  'chargedFen',
  'refundableFen',
  'feeFen',
  'late',
  'originalId',
] as const

/** The columns of an export, in their order. */
export const EXPORT_CELLS: readonly string[] = ['id', ...TRADE_CELLS, ...DERIVED_CELLS]

export function isNumberCell(name: string): boolean {
  return NUMBERS.has(name) || name.endsWith('Fen')
}

/** Whether the numbers of a cell are amounts. */
export function isAmountCell(name: string): boolean {
  return name === 'fen' || name.endsWith('Fen')
}

/** The cell of a record as text; empty if the record lacks the field. */
export function cellOf(record: VoucherRecord, name: string): string {
  const [field = '', part] = (name === 'pan' ? 'panShown' : name).split('.')
  const value = (record as unknown as Readonly<Record<string, unknown>>)[field]
  const inner =
    part === undefined ? value : (value as Readonly<Record<string, unknown>> | undefined)?.[part]
  return inner === undefined ? '' : String(inner)
}

/**
 * Makes a trade from its cells, without the empty ones. A cell that should be a number and is not stays text, so that the trade's check
 * names it.
 */
export function tradeOfCells(cells: ReadonlyMap<string, string>): object {
  const trade: Record<string, unknown> = {}
  for (const [name, text] of cells) {
    if (text === '') continue
    const [field = '', part] = name.split('.')
    const value = typedOf(name, text)
    if (part === undefined) trade[field] = value
    else trade[field] = { ...(trade[field] as object | undefined), [part]: value }
  }
  return trade
}

function typedOf(name: string, text: string): unknown {
  if (NUMBERS.has(name)) return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (FLAGS.has(name)) return text === 'true' ? true : text === 'false' ? false : text
  return text
}
