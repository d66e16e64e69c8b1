/** The row that searches use, made from what the chain holds. Adding, verifying and restoring make it by the same functions. */

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
  /** Milliseconds since 1970, as of every body. */
  readonly recordedAt?: number
  readonly originalId?: string
  readonly warnings?: readonly { readonly code: string; readonly path: string }[]
}

/** SHA-256 of a trade's canonical text: equal for the same trade handed in twice. */
export function contentHash(canonicalTrade: string): Uint8Array {
  return hashBody(canonicalTrade)
}

/** The row of a trade before anything has happened to it. */
export function rowOfTrade(body: TradeBody, content: Uint8Array): VoucherRow {
  const { trade } = body
  const tip = trade.tipFen ?? 0
  return {
    id: body.id,
    key: trade.key ?? null,
    content,
    merchant: body.merchantNo,
    terminal: trade.terminal,
    batch: body.batch,
    number: body.voucher,
    day: body.businessDay,
    at: Date.parse(trade.at),
    fen: trade.fen,
    tip_fen: tip,
    charged_fen: trade.fen + tip,
    refunded_fen: 0,
    kind: trade.kind,
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
  }
}

/** The row after one more event. */
export function rowAfter(row: VoucherRow, event: VoucherEvent): VoucherRow {
  const type = row.type as Trade['type']
  const resolved = (result: TradeResult) => firstState({ type, result })
  return { ...row, ...applyEvent(row as VoucherRow & VoucherStanding, event, resolved) }
}

function lastFour(pan: string | undefined): string | null {
  const last = pan?.slice(-4) ?? ''
  return /^\d{4}$/.test(last) ? last : null
}
