/** Checks whether a trade may follow its original, by the table of `trade-types.ts`; a refusal has a code, a path and a reason. */

import { VoucherError } from './errors.js'
import type { Trade } from './trade.js'
import {
  type OriginalRule,
  TRADE_TYPE_RULES,
  type TradeType,
  type VoucherState,
} from './trade-types.js'

/** The facts of an original that the rules ask for. */
export interface OriginalFacts {
  readonly type: TradeType
  readonly kind: Trade['kind']
  readonly merchant: string
  readonly terminal: string
  readonly batch: string
  readonly pan: string | undefined
  readonly state: VoucherState
  /** Amount with tip, in fen; for a pre-authorisation with everything that was added to it. */
  readonly chargedFen: number
  readonly refundedFen: number
  /** When its batch was settled, in milliseconds since 1970; null if it is open. */
  readonly settledAt: number | null
}

export interface RuleSettings {
  /** Maximum amount of a completion, in per cent of the authorised amount. */
  readonly completionMaxPercent: number
  /** Whether a refund may come before its original's batch is settled. */
  readonly refundWithinBatch: boolean
}

/** A trade with the merchant and the batch that it was found to belong to. */
export interface FollowingTrade extends Trade {
  readonly merchantNo: string
  readonly batch: string
}

/** The changes that an approved trade makes to its original. */
export interface OriginalChange {
  readonly state: VoucherState
  readonly refundedFen: number
  readonly chargedFen: number
}

/**
 * Checks `trade` against its original and returns what becomes of the original once the trade is approved.
 *
 * @throws VoucherError `TRADE_REFUSED` with the path of the field that contradicts
 */
export function followOriginal(
  trade: FollowingTrade,
  original: OriginalFacts,
  settings: RuleSettings,
): OriginalChange {
  const rule = TRADE_TYPE_RULES[trade.type].original as OriginalRule
  checkKind(trade, original, rule)
  checkState(trade, original, rule)
  checkPlace(trade, original, { ...rule, batch: batchRule(trade, rule, settings) })
  checkCard(trade, original)
  checkAmount(trade, original, rule, settings.completionMaxPercent)
  return changeOf(trade, original, rule)
}

function checkKind(trade: Trade, original: OriginalFacts, rule: OriginalRule): void {
  if (!rule.types.includes(original.type)) {
    throw refused(
      'original',
      `a ${trade.type} follows ${rule.types.join(' or ')}, not ${original.type}`,
    )
  }
  if (trade.kind !== original.kind) {
    throw refused(
      'kind',
      `the original was paid by ${original.kind}, so it is undone by ${original.kind}`,
    )
  }
}

function checkState(trade: Trade, original: OriginalFacts, rule: OriginalRule): void {
  if (rule.state.includes(original.state)) return
  throw refused(
    'original',
    `the original is ${original.state}, and a ${trade.type} needs one that is ${rule.state.join(' or ')}`,
  )
}

/** Cash goes back over the counter at any time, because no host has to settle it first. */
function batchRule(
  trade: Trade,
  rule: OriginalRule,
  settings: RuleSettings,
): OriginalRule['batch'] {
  if (rule.batch !== 'closed') return rule.batch
  return trade.kind === 'cash' || settings.refundWithinBatch ? 'any' : 'closed'
}

function checkPlace(trade: FollowingTrade, original: OriginalFacts, rule: OriginalRule): void {
  if (trade.merchantNo !== original.merchant) {
    throw refused('merchant', `a ${trade.type} comes from the merchant of its original`)
  }
  if (rule.terminal === 'same' && trade.terminal !== original.terminal) {
    throw refused('terminal', `a ${trade.type} comes from the terminal of its original`)
  }
  const sameBatch = trade.batch === original.batch && trade.terminal === original.terminal
  if (rule.batch === 'open' && (!sameBatch || isAfterSettlement(trade, original))) {
    throw refused(
      'batch',
      `a ${trade.type} belongs to the open batch of its original; use a refund after the settlement`,
    )
  }
  if (rule.batch === 'closed' && sameBatch && original.settledAt === null) {
    throw refused(
      'batch',
      `a ${trade.type} comes after the settlement of its original; use a void before it`,
    )
  }
}

/**
 * Whether a trade was made after the settlement. Its own time decides: a void made before the settlement counts even if it arrives later.
 */
function isAfterSettlement(trade: Trade, { settledAt }: OriginalFacts): boolean {
  return settledAt !== null && Date.parse(trade.at) > settledAt
}

/**
 * Only the first and the last digits that both show are compared, because terminals mask with different numbers of stars. A hash of
 * the number would not help: it is guessed in seconds.
 */
function checkCard(trade: Trade, original: OriginalFacts): void {
  if (trade.pan === undefined || original.pan === undefined) return
  const [one, other] = [shownEnds(trade.pan), shownEnds(original.pan)]
  const first = Math.min(one.first.length, other.first.length)
  const last = Math.min(one.last.length, other.last.length)
  const agree =
    one.first.slice(0, first) === other.first.slice(0, first) &&
    lastOf(one.last, last) === lastOf(other.last, last)
  if (!agree) throw refused('pan', 'the original was paid with another card')
}

function shownEnds(pan: string): { readonly first: string; readonly last: string } {
  const [first = '', last = ''] = pan.split(/\*+/)
  return { first, last }
}

function lastOf(digits: string, count: number): string {
  return digits.slice(digits.length - count)
}

function checkAmount(
  trade: Trade,
  original: OriginalFacts,
  rule: OriginalRule,
  percent: number,
): void {
  const fen = trade.fen + (trade.tipFen ?? 0)
  const { chargedFen, refundedFen } = original
  if (rule.amount === 'whole' && fen !== chargedFen) {
    throw refused('fen', `a ${trade.type} takes the whole amount of its original, tip included`)
  }
  if (rule.amount === 'rest' && fen > chargedFen - refundedFen) {
    throw refused('fen', 'more would be refunded than is left of the original')
  }
  // Products of fen and per cent stay below 2^53, because amounts have at most twelve digits.
  if (rule.amount === 'percent' && fen * 100 > chargedFen * percent) {
    throw refused('fen', `a completion is at most ${percent} % of what was authorised`)
  }
}

function changeOf(trade: Trade, original: OriginalFacts, rule: OriginalRule): OriginalChange {
  const { chargedFen, refundedFen } = original
  const fen = trade.fen + (trade.tipFen ?? 0)
  const same = { chargedFen, refundedFen }
  switch (rule.effect) {
    case 'voids':
    case 'closes':
      return { ...same, state: 'voided' }
    case 'refunds': {
      const refunded = refundedFen + fen
      return {
        state: refunded === chargedFen ? 'refunded' : 'part-refunded',
        chargedFen,
        refundedFen: refunded,
      }
    }
    case 'raises':
      return { state: 'open', chargedFen: chargedFen + fen, refundedFen }
    case 'completes':
      return { ...same, state: 'completed' }
    case 'reopens':
      return { ...same, state: 'voided' }
    default:
      throw rule.effect satisfies never
  }
}

/** The state of a voucher that nothing has followed yet. */
export function firstState(trade: Pick<Trade, 'type' | 'result'>): VoucherState {
  if (trade.result !== 'approved') return 'not-effective'
  return trade.type === 'preauth' ? 'open' : 'effective'
}

function refused(path: string, message: string): VoucherError {
  return new VoucherError(message, {
    code: 'TRADE_REFUSED',
    path,
    hint: 'docs/vouchers.md has the table of what may follow what',
  })
}
