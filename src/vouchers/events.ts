/** Everything that a store records, and what each record changes of the voucher that it belongs to. */

import type { TradeResult, VoucherState } from './trade-types.js'

/** How an attempt to print a copy ended, from the print journal: never a guess. */
export interface PrintEvent {
  readonly kind: 'print'
  /** `merchant`, `cardholder`, `bank`, or the name of another slip. */
  readonly copy: string
  readonly outcome: 'confirmed' | 'uncertain' | 'failed'
  /** The grade of the print session, if it confirmed anything. */
  readonly grade?: string
  readonly by: string
  readonly why?: string
  readonly marked: boolean
  /** Number of this print among the prints of the copy, from 1; 0 if no byte was sent. */
  readonly nth: number
  readonly jobId: string
}

/** The slips of a voucher, compressed. */
export interface PackedSlips {
  /** `merchant`, `cardholder` or `bank`, with its number of bytes. */
  readonly copies: readonly { readonly name: string; readonly length: number }[]
  /** The bytes of all copies and their drawn texts, deflated, in base64. */
  readonly data: string
}

/** The slips as they are kept, once for each voucher. */
export interface SlipEvent extends PackedSlips {
  readonly kind: 'slip'
  /** The `seq` of the record in the chain of the shop that holds the form of these slips. */
  readonly form: number
}

export type VoucherEvent =
  | PrintEvent
  | SlipEvent
  /** The result of an unknown trade has become known. */
  | {
      readonly kind: 'resolve'
      readonly result: TradeResult
      readonly by: string
      /** Fee of a trade that turned out approved: see `VoucherStanding.fee_fen`. */
      readonly feeFen?: number
      /** Set if the batch of the trade has been settled without it. */
      readonly late?: true
    }
  /** A later trade changed this one: `because` is its id. */
  | {
      readonly kind: 'change'
      readonly state: VoucherState
      readonly refundedFen: number
      readonly chargedFen: number
      readonly because: string
    }
  /** The customer was asked whether to print. */
  | { readonly kind: 'answer'; readonly answer: 'print' | 'skip'; readonly by: string }
  /**
   * The drawer is told to open: recorded before the pulse is sent, so that it does not open twice after a crash. `sent: false`: it stayed
   * shut.
   */
  | { readonly kind: 'drawer'; readonly sent: boolean; readonly by: string }
  /** The tip was changed, which is possible until the settlement. */
  | { readonly kind: 'tip'; readonly tipFen: number; readonly by: string; readonly feeFen?: number }

/** The columns of a voucher's row that events change. */
export interface VoucherStanding {
  readonly result: TradeResult
  readonly state: VoucherState
  readonly fen: number
  readonly tip_fen: number
  readonly charged_fen: number
  readonly refunded_fen: number
  readonly fee_fen: number | null
  readonly late_seq: number
  readonly printed: 'no' | 'yes' | 'uncertain'
  readonly print_count: number
}

/**
 * The standing after `event`. Adding, verifying and restoring all use this one function, so that they cannot disagree.
 *
 * @param seq position of the event in its chain
 * @param resolvedState the state that a resolved trade begins with
 */
export function applyEvent(
  standing: VoucherStanding,
  event: VoucherEvent,
  seq: number,
  resolvedState: (result: TradeResult) => VoucherState,
): VoucherStanding {
  switch (event.kind) {
    case 'resolve':
      return {
        ...standing,
        result: event.result,
        state: resolvedState(event.result),
        fee_fen: event.feeFen ?? null,
        late_seq: event.late === true ? seq : standing.late_seq,
      }
    case 'change':
      return {
        ...standing,
        state: event.state,
        refunded_fen: event.refundedFen,
        charged_fen: event.chargedFen,
      }
    case 'tip':
      return {
        ...standing,
        tip_fen: event.tipFen,
        charged_fen: standing.fen + event.tipFen,
        fee_fen: event.feeFen ?? null,
      }
    case 'answer':
    case 'drawer':
    case 'slip':
      return standing
    case 'print':
      return applyPrint(standing, event)
    default:
      throw event satisfies never
  }
}

/**
 * A print of which no byte was sent does not count. A confirmed copy counts, and an uncertain one keeps counting
 * until a copy is confirmed.
 */
function applyPrint(standing: VoucherStanding, event: PrintEvent): VoucherStanding {
  if (event.outcome === 'failed') return standing
  const printed =
    event.outcome === 'confirmed' ? 'yes' : standing.printed === 'yes' ? 'yes' : 'uncertain'
  return { ...standing, printed, print_count: standing.print_count + 1 }
}
