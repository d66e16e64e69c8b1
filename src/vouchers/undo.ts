/** Makes trades that undo another one from its record, which saves a counter from filling in the fields by hand. */

import type { VoucherRecord } from './archive.js'
import { VoucherError } from './errors.js'
import type { TradeInput } from './trade.js'
import { TRADE_TYPE_RULES, type TradeType } from './trade-types.js'

/** Facts of the new trade that do not come from its original. */
export interface UndoOptions {
  /** ISO 8601 with offset. */
  readonly at: string
  readonly operator: string
  /** Numbers of the terminal; left out for cash and for terminals that give none. */
  readonly voucher?: string
  readonly ref?: string
  readonly auth?: string
  readonly key?: string
  readonly reason?: string
  readonly approvedBy?: string
}

export interface RefundOptions extends UndoOptions {
  /** Amount in fen. Default: all that can still be refunded. */
  readonly fen?: number
  /** Default: the terminal of the original. */
  readonly terminal?: string
  readonly batch?: string
}

const VOIDS: Readonly<Partial<Record<TradeType, TradeType>>> = {
  sale: 'void',
  installment: 'void',
  'ec-sale': 'void',
  'scan-sale': 'scan-void',
  preauth: 'preauth-void',
  'preauth-complete': 'preauth-complete-void',
}

/**
 * Makes the void (撤销) of a trade for `add`, which checks it by the rules.
 *
 * @throws VoucherError `TRADE_REFUSED` if the type cannot be voided
 *
 * @example
 * const back = voidOf(record, { at: '2026-11-23T13:40:02+08:00', operator: '01' })
 * back.type // 'void'
 */
export function voidOf(record: VoucherRecord, options: UndoOptions): TradeInput {
  const type = VOIDS[record.type]
  if (type === undefined) throw cannot('voided', record)
  const { terminal, batch, chargedFen: fen } = record
  return { ...undo(record, type, options), fen, terminal, batch }
}

/**
 * Makes the refund (退货) of a trade or of a part of it for `add`, which checks it by the rules.
 *
 * @throws VoucherError `TRADE_REFUSED` if the type cannot be refunded
 *
 * @example
 * const refund = refundOf(record, { at: '2026-11-24T10:00:00+08:00', operator: '01', fen: 3000 })
 * refund.fen // 3000
 */
export function refundOf(
  record: VoucherRecord,
  { fen = record.refundableFen, terminal = record.terminal, batch, ...options }: RefundOptions,
): TradeInput {
  const type = record.type === 'scan-sale' ? 'scan-refund' : 'refund'
  if (!TRADE_TYPE_RULES[type].original?.types.includes(record.type))
    throw cannot('refunded', record)
  const trade = { ...undo(record, type, options), fen, terminal }
  return batch === undefined ? trade : { ...trade, batch }
}

function undo(
  record: VoucherRecord,
  type: TradeType,
  options: UndoOptions,
): Omit<TradeInput, 'fen' | 'terminal'> {
  const { kind, merchant, panShown, cardClass, expiry, issuer, acquirer, scheme, id } = record
  return {
    type,
    kind,
    ...options,
    ...(merchant === undefined ? {} : { merchant }),
    ...(panShown === undefined ? {} : { pan: panShown }),
    ...(cardClass === undefined ? {} : { cardClass }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(acquirer === undefined ? {} : { acquirer }),
    ...(scheme === undefined ? {} : { scheme }),
    original: { id },
  }
}

function cannot(what: string, { type }: VoucherRecord): VoucherError {
  return new VoucherError(`a ${type} cannot be ${what}`, {
    code: 'TRADE_REFUSED',
    path: 'original',
    hint: 'docs/vouchers.md has the table of what may follow what',
  })
}
