/** The interface of every store of vouchers. The stores differ only in where they keep the records. */

import type { Diagnostic } from '../model/diagnostic.js'
import type { PrintEvent } from './events.js'
import type { VoucherQuery } from './query.js'
import type { Settings } from './settings.js'
import type { Trade } from './trade.js'
import type { TradeResult, VoucherState } from './trade-types.js'
import type { Verification } from './verification.js'

/** The library reads no clock: the caller says what time it is. */
export interface AtTime {
  readonly now: Date
}

/** A person's name, unverified until there are operators. */
export interface ByPerson extends AtTime {
  readonly by: string
}

export interface AddResult {
  /** UUID, version 7. */
  readonly id: string
  /** The same trade was there already, so nothing was added. */
  readonly repeated: boolean
  /** Six digits, given by the terminal or by the library. */
  readonly voucher: string
  readonly batch: string
  /** `YYYY-MM-DD`, by the shop's zone and cut-off. */
  readonly businessDay: string
  readonly warnings: readonly Diagnostic[]
}

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
  /** Amount and tip, which settles and can be refunded; of a pre-authorisation with what was added. */
  readonly chargedFen: number
  readonly refundableFen: number
  /** What the acquirer charges by the rates of the settings; negative if it gives back. For the merchant: no slip shows it. */
  readonly feeFen?: number
  /** It came, or was resolved, after its batch was settled. */
  readonly late?: true
  readonly originalId?: string
  readonly prints: readonly PrintRecord[]
  readonly warnings: readonly Diagnostic[]
}

export interface Found {
  /** The query, as it was understood. */
  readonly query: VoucherQuery
  /** Vouchers on this page. */
  readonly count: number
  /** Give it as `after` for the next page; null on the last one. */
  readonly next: string | null
  readonly vouchers: readonly VoucherRecord[]
}

/** An attempt to print one copy, for `recordPrint`. */
export type PrintAttempt = Omit<PrintEvent, 'kind'>

/** A change of settings: the values that were set then, and who set them. */
export interface SettingChange {
  /** ISO 8601, UTC. */
  readonly at: string
  /** A name, unverified until there are operators. */
  readonly by: string
  /** Left out if it was for the whole shop. */
  readonly terminal?: string
  readonly settings: Partial<Settings>
}

export interface Archive {
  /**
   * Records a trade's result. It is on the disk when the promise resolves. With `key` it can be repeated after a time-out.
   * @throws VoucherError `TRADE_INVALID`, `SECRET_REFUSED`, `TRADE_REFUSED`, `KEY_CONFLICT`, `NUMBER_TAKEN`, `STORE_FULL`, …
   */
  add(trade: unknown, options: AtTime): Promise<AddResult>
  /**
   * Records many trades in one transaction: all of them, or none if one is refused.
   * @throws VoucherError as `add`, with the trade's position in front of the path
   */
  addMany(trades: readonly unknown[], options: AtTime): Promise<readonly AddResult[]>
  /** Says what became of a trade whose result was unknown. */
  resolve(
    id: string,
    result: Exclude<TradeResult, 'unknown'>,
    options: ByPerson,
  ): Promise<VoucherRecord>
  /** Changes the tip of a sale until its batch is settled. */
  adjustTip(id: string, tipFen: number, options: ByPerson): Promise<VoucherRecord>
  /** Records whether the customer wanted a slip. */
  answer(id: string, answer: 'print' | 'skip', options: ByPerson): Promise<void>
  /** Records that the drawer is about to open for this trade; false if it has opened for it already. */
  takeDrawer(id: string, options: ByPerson): Promise<boolean>
  /** Records that the pulse was not sent after all, because the printer was not there. */
  returnDrawer(id: string, options: ByPerson): Promise<void>
  /** Records how an attempt to print ended. A job that is recorded already is not recorded again. */
  recordPrint(id: string, attempt: PrintAttempt, options: AtTime): Promise<void>
  /** @throws VoucherError `QUERY_INVALID`, `PAN_IN_SEARCH` */
  find(query: unknown): Promise<Found>
  /**
   * One voucher by its id, or by its number if only one voucher has it.
   * @throws VoucherError `VOUCHER_UNKNOWN`, `VOUCHER_AMBIGUOUS` with the ids to choose from
   */
  get(idOrNumber: string): Promise<VoucherRecord>
  /** Those of the terminal, over those of the shop, over the defaults. */
  settings(terminal?: string): Promise<Settings>
  /** Changes settings of the shop, or of one terminal. */
  changeSettings(
    settings: unknown,
    options: ByPerson & { readonly terminal?: string },
  ): Promise<Settings>
  /** Every change of the settings with who made it, the first one first; those of one terminal if it is given. */
  settingsHistory(terminal?: string): Promise<readonly SettingChange[]>
  /** Reads every record and checks the chains. */
  verify(): Promise<Verification>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
