/** A voucher as searches give it. */

import type { Diagnostic } from '../model/diagnostic.js'
import type { PrintEvent } from './events.js'
import type { Trade } from './trade.js'
import type { VoucherState } from './trade-types.js'

export interface PrintRecord extends Omit<PrintEvent, 'kind' | 'jobId'> {
  /** ISO 8601, UTC. */
  readonly at: string
}

/** A voucher as searches give it: the trade without secrets, and what became of it. Amounts are fen. */
export interface VoucherRecord extends Omit<Trade, 'pan' | 'original'> {
  readonly id: string
  readonly voucher: string
  readonly batch: string
  readonly panShown?: string
  readonly original?: Trade['original']
  readonly state: VoucherState
  readonly recordedAt: string
  readonly businessDay: string
  /** Amount with tip, which is settled and can be refunded; for a pre-authorisation with what was added to it. */
  readonly chargedFen: number
  readonly refundableFen: number
  /**
   * The acquirer's fee by the rates of the settings; negative if the acquirer gives it back. It
   * concerns only the merchant, so no slip shows it.
   */
  readonly feeFen?: number
  /** Set if the trade came, or was resolved, after its batch was settled. */
  readonly late?: true
  readonly originalId?: string
  readonly prints: readonly PrintRecord[]
  readonly warnings: readonly Diagnostic[]
}
