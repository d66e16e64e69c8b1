/** The row that searches use, made from the records of the chain. Adding, verifying and restoring make it with the same functions. */

import { areaOf } from '../card-area.js'
import { hashBody } from '../chain.js'
import { applyEvent, type VoucherEvent, type VoucherStanding } from '../events.js'
import { firstState } from '../rules.js'
import type { Trade } from '../trade.js'
import type { TradeResult } from '../trade-types.js'
import type { VoucherRow } from './tables.js'

/** The body of an entry of kind `trade`. */
export interface TradeBody {
  readonly id: string
  readonly trade: Trade
  readonly merchantNo: string
  readonly batch: string
  readonly voucher: string
  readonly businessDay: string
  /** Milliseconds since 1970, as in every body. */
  readonly recordedAt?: number
  readonly originalId?: string
  /** Left out for a terminal that was never reset. */
  readonly epoch?: number
  readonly feeFen?: number
  /** Set if the batch had been settled when the trade arrived. */
  readonly late?: true
  readonly warnings?: readonly { readonly code: string; readonly path: string }[]
}

/** SHA-256 of a trade's canonical text: equal for the same trade handed in twice. */
export function contentHash(canonicalTrade: string): Uint8Array {
  return hashBody(canonicalTrade)
}

/**
 * The row of a trade before anything has happened to it.
 *
 * @param place the trade's canonical hash, and its position in the chain
 */
export function rowOfTrade(
  body: TradeBody,
  { content, seq }: { readonly content: Uint8Array; readonly seq: number },
): VoucherRow {
  const { trade } = body
  const tip = trade.tipFen ?? 0
  return {
    id: body.id,
    key: trade.key ?? null,
    content,
    merchant: body.merchantNo,
    terminal: trade.terminal,
    epoch: body.epoch ?? 0,
    batch: body.batch,
    number: body.voucher,
    day: body.businessDay,
    at: Date.parse(trade.at),
    fen: trade.fen,
    tip_fen: tip,
    charged_fen: trade.fen + tip,
    refunded_fen: 0,
    fee_fen: body.feeFen ?? null,
    kind: trade.kind,
    card_class: trade.cardClass ?? null,
    area: areaOf(trade) ?? null,
    type: trade.type,
    result: trade.result,
    state: firstState(trade),
    operator: trade.operator,
    last4: lastFour(trade.pan),
    auth: trade.auth ?? null,
    ref: trade.ref ?? null,
    order_no: trade.orderNo ?? null,
    pay_voucher: trade.payVoucher ?? null,
    pay_code: trade.payCode ?? null,
    original_id: body.originalId ?? null,
    printed: 'no',
    print_count: 0,
    late_seq: body.late === true ? seq : 0,
  }
}

/** The row after one more event, which has the position `seq` in its chain. */
export function rowAfter(row: VoucherRow, event: VoucherEvent, seq: number): VoucherRow {
  const type = row.type as Trade['type']
  const resolved = (result: TradeResult) => firstState({ type, result })
  return { ...row, ...applyEvent(row as VoucherRow & VoucherStanding, event, seq, resolved) }
}

function lastFour(pan: string | undefined): string | null {
  const last = pan?.slice(-4) ?? ''
  return /^\d{4}$/.test(last) ? last : null
}
