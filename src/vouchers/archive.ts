/** The interface of every store of vouchers. The stores differ only in where they keep the records. */

import type { Diagnostic } from '../model/diagnostic.js'
import type {
  BackupOptions,
  BackupRecord,
  RetainOptions,
  RetainRequest,
  RetainResult,
} from './backup-options.js'
import type { ChainRecord, RecordsQuery, StoredHead } from './chain-record.js'
import type { DayReport } from './day-report.js'
import type { PrintEvent } from './events.js'
import type { FeeQuery, FeeReport } from './fee-report.js'
import type { MonthResult } from './month-closing.js'
import type { Operators } from './operators/operator.js'
import type { AtTime, ByPerson, Person } from './person.js'
import type { VoucherQuery } from './query.js'
import type { Seal } from './seal.js'
import type { SettingChange, Settings } from './settings.js'
import type { BatchRequest, Settlement, SettleRequest } from './settlement.js'
import type { KeptSlips } from './slips/kept-slips.js'
import type { SlipMaker } from './slips/slip-making.js'
import type { Totals, TotalsQuery } from './totals.js'
import type { TradeResult } from './trade-types.js'
import type { Verification } from './verification.js'
import type { VoucherRecord } from './voucher-record.js'

export type { PrintRecord, VoucherRecord } from './voucher-record.js'

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

export interface Found {
  /** The query, as it was understood. */
  readonly query: VoucherQuery
  /** Vouchers on this page. */
  readonly count: number
  /** Give it as `after` for the next page; null on the last one. */
  readonly next: string | null
  readonly vouchers: readonly VoucherRecord[]
}

/** Days are `YYYY-MM-DD` and included; `limit` is 1 to 1000, 50 by default. */
export type ListQuery = Pick<VoucherQuery, 'from' | 'to' | 'after' | 'limit'>

/** A trade of the past, from another program or from an export. */
export interface PastTrade {
  readonly trade: unknown
  /** The id that it had in a store of this library. */
  readonly id?: string
}

/** An attempt to print one copy, for `recordPrint`. */
export type PrintAttempt = Omit<PrintEvent, 'kind'>

export interface BatchDetail {
  readonly merchantNo: string
  readonly terminal: string
  readonly batch: string
  readonly vouchers: readonly VoucherRecord[]
}

export interface ResetRequest {
  readonly terminal: string
  /** The terminal that takes its place, if it has another number. */
  readonly as?: string
  /** Number of the merchant; default: the one of the settings. */
  readonly merchant?: string
  readonly why: string
}

export interface ResetResult {
  /** The chain that goes on. */
  readonly chain: string
  readonly follows: { readonly chain: string; readonly seq: number; readonly hash: string }
}

export interface VerifyOptions {
  /** The kept proof: the digits after 封存码 of a slip, or the whole seal. */
  readonly seal?: string | Seal
  /** Called while it reads, with the records that were read and how many there are. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface AddOptions extends AtTime {
  /**
   * The person who vouches for it: needed for refunds and for trades with `approvedBy` once the store has operators, and then a manager who has
   * signed in, whose number is kept as `approvedBy`.
   */
  readonly by?: Person
}

export interface Archive {
  /** The people at the counter, their PINs and the audit log. */
  readonly operators: Operators
  /**
   * Records a trade's result. It is on the disk when the promise resolves. With `key` it can be repeated after a time-out.
   * @throws VoucherError `TRADE_INVALID`, `SECRET_REFUSED`, `TRADE_REFUSED`, `KEY_CONFLICT`, `NUMBER_TAKEN`, `OPERATOR_NEEDED`, `STORE_FULL`, …
   */
  add(trade: unknown, options: AddOptions): Promise<AddResult>
  /**
   * Records many trades in one transaction: all of them, or none if one is refused.
   * @throws VoucherError as `add`, with the trade's position in front of the path
   */
  addMany(trades: readonly unknown[], options: AddOptions): Promise<readonly AddResult[]>
  /**
   * Records trades of the past in one transaction: all of them, or none if one is refused. Their settlements are not here, so a refund
   * needs none. A trade that is here already, by its id, key or number, is `repeated` if it is the same. Once the store has operators a
   * manager is needed.
   * @throws VoucherError as `addMany`, and `VOUCHER_RETAINED` for one that retention has removed
   */
  addPast(trades: readonly PastTrade[], options: ByPerson): Promise<readonly AddResult[]>
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
  /**
   * Keeps the slips of a voucher, once and for good: a template that changes later does not change them. Printing does so before the first
   * copy. With the option `slips` of the archive `add` does so for a trade that the settings say is not printed, and `answer` if the
   * customer wants no slip.
   * @returns false if they are kept already
   * @throws VoucherError `NO_SLIP`; ReceiptError if a template does not fit
   */
  keepSlips(id: string, maker: SlipMaker, options: AtTime): Promise<boolean>
  /** The slips that are kept with a voucher; undefined if none are. See `electronicVoucher`. */
  slips(id: string): Promise<KeptSlips | undefined>
  /** @throws VoucherError `QUERY_INVALID`, `PAN_IN_SEARCH` */
  find(query: unknown): Promise<Found>
  /**
   * The vouchers of a range of days from the oldest one on, by day and time, for exports.
   * @throws VoucherError `QUERY_INVALID`
   */
  list(query: ListQuery): Promise<Found>
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
  /**
   * Settles a batch: what comes for it later is marked late. A batch that has been settled gives the settlement that was recorded.
   * @throws VoucherError `QUERY_INVALID`, `BATCH_UNKNOWN`, `BATCH_SETTLED` if the host's totals are not those that were recorded
   */
  settle(request: SettleRequest, options: ByPerson): Promise<Settlement>
  /**
   * The trades of a batch that count, without those that were voided, those that undo them, and those that came after the settlement.
   * @throws VoucherError `QUERY_INVALID`, `BATCH_UNKNOWN`
   */
  detail(request: BatchRequest): Promise<BatchDetail>
  /**
   * Sums of approved trades by what they are grouped by.
   * @throws VoucherError `QUERY_INVALID`
   */
  totals(query: TotalsQuery): Promise<Totals>
  /**
   * Fees by kind and class of card, compared with what was charged if that is given.
   * @throws VoucherError `QUERY_INVALID`
   */
  fees(query: FeeQuery): Promise<FeeReport>
  /**
   * Records the report of a business day with its sums; one that says something else than the last of its day names that one.
   * @throws VoucherError `QUERY_INVALID`
   */
  report(day: string, options: ByPerson): Promise<DayReport>
  /** Seals the heads of all chains. Keep the seal elsewhere: `verify` finds with it what the chains alone do not show. */
  seal(options: ByPerson): Promise<Seal>
  /**
   * Begins a new chain for a terminal that was reset, or for one that takes its place; its first record names the head of the old one,
   * and its batches begin again.
   * @throws VoucherError `TERMINAL_UNKNOWN`, `TERMINAL_USED`
   */
  resetTerminal(request: ResetRequest, options: ByPerson): Promise<ResetResult>
  /**
   * Reads every record and checks the chains, and compares them with a seal that was kept.
   * @throws VoucherError `SEAL_INVALID`
   */
  verify(options?: VerifyOptions): Promise<Verification>
  /** The newest record of each chain. */
  heads(): Promise<readonly StoredHead[]>
  /**
   * Records in the order in which the store took them, for a push or a backup.
   * @throws VoucherError `RECORD_CHANGED` if one of them is not as it was recorded
   */
  records(query: RecordsQuery): Promise<readonly ChainRecord[]>
  /**
   * Writes a backup while others record: all tables as of one moment, sealed, read back, and then recorded. It never holds the key of the
   * chain. The file must not be there yet, and it is there only if it is whole.
   * @throws VoucherError `BACKUP_EXISTS`, `BACKUP_UNWRITTEN`, `PASSWORD_INVALID`; `RECORD_CHANGED` or `RECORD_MISSING` with the record, or
   * `STORE_FAULTY`, if the store is not as it was recorded, because such a backup could not be restored
   */
  backup(file: string, options: BackupOptions): Promise<BackupRecord>
  /**
   * Closes a month that is over: its sums become a record of the chain, sealed over the heads of all chains, and the file is a backup that
   * begins with them.
   * @param month `2026-11`
   * @throws VoucherError `MONTH_OPEN`, `DAY_RETAINED`, `QUERY_INVALID`, and as `backup`
   */
  closeMonth(month: string, file: string, options: BackupOptions): Promise<MonthResult>
  /** The newest backup, to show its age; undefined if there was none. */
  lastBackup(): Promise<BackupRecord | undefined>
  /**
   * Removes vouchers that are older than so many months and are in the backup. Their links stay in the chain, so that it still verifies.
   * It rewrites the store at its end, for which other programs wait.
   * @throws VoucherError `BACKUP_OTHER`, `BACKUP_DAMAGED`, `BACKUP_CUT`, `BACKUP_PASSWORD`, …; `STORE_FAULTY` before anything is removed
   */
  retain(request: RetainRequest, options: RetainOptions): Promise<RetainResult>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
