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
  /** True if the store had this trade already, so that it was not added again. */
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
  /** Number of vouchers on this page. */
  readonly count: number
  /** The `after` of the query for the next page; null on the last page. */
  readonly next: string | null
  readonly vouchers: readonly VoucherRecord[]
}

/** A range of days, `YYYY-MM-DD`, both ends included; `limit` is 1 to 1000, 50 by default. */
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
  /** The terminal that replaces `terminal`, if it has another number. Default: the same terminal goes on after its reset. */
  readonly as?: string
  /** Number of the merchant; default: the one of the settings. */
  readonly merchant?: string
  readonly why: string
}

export interface ResetResult {
  /** Name of the new chain, and the head of the old chain that it follows. */
  readonly chain: string
  readonly follows: { readonly chain: string; readonly seq: number; readonly hash: string }
}

export interface VerifyOptions {
  /** A seal that was kept outside the store: the digits after 封存码 on a slip, or the whole seal. */
  readonly seal?: string | Seal
  /** Called during verification with the number of records read so far and their total. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface AddOptions extends AtTime {
  /**
   * The person who approves the trade. Once the store has operators, refunds and trades with `approvedBy` need a manager here who has
   * signed in, and the manager's number is kept as `approvedBy`.
   */
  readonly by?: Person
}

export interface Archive {
  /** The people at the counter, their PINs and the audit log. */
  readonly operators: Operators
  /**
   * Records a trade's result, which is on the disk when the promise resolves. A trade with a `key` can be sent again after a time-out.
   * @throws VoucherError `TRADE_INVALID`, `SECRET_REFUSED`, `TRADE_REFUSED`, `KEY_CONFLICT`, `NUMBER_TAKEN`, `OPERATOR_NEEDED`, `STORE_FULL`, …
   */
  add(trade: unknown, options: AddOptions): Promise<AddResult>
  /**
   * Records many trades in one transaction: all of them, or none if one is refused.
   * @throws VoucherError as `add`, with the trade's position in front of the path
   */
  addMany(trades: readonly unknown[], options: AddOptions): Promise<readonly AddResult[]>
  /**
   * Records trades of the past in one transaction: all of them, or none if one is refused. The store lacks the settlements of their
   * batches, so a refund needs none. A trade that the store has already, by its id, key or number, is `repeated` if it is the same. Once
   * the store has operators, `by` must be a manager.
   * @throws VoucherError as `addMany`, and `VOUCHER_RETAINED` for one that retention has removed
   */
  addPast(trades: readonly PastTrade[], options: ByPerson): Promise<readonly AddResult[]>
  /** Records the result of a trade whose result was unknown so far. */
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
   * Makes the slips of a voucher and keeps them for good, so that later changes of a template do not change them. `printVoucher` does so
   * before the first copy. If the archive was opened with the option `slips`, `add` does so for a trade that the settings leave unprinted,
   * and `answer` if the customer wants no slip.
   * @returns false if they are kept already
   * @throws VoucherError `NO_SLIP`; ReceiptError if a template does not fit
   */
  keepSlips(id: string, maker: SlipMaker, options: AtTime): Promise<boolean>
  /** The slips that are kept with a voucher; undefined if none are. See `electronicVoucher`. */
  slips(id: string): Promise<KeptSlips | undefined>
  /**
   * Searches for vouchers and returns one page of them.
   * @throws VoucherError `QUERY_INVALID`, `PAN_IN_SEARCH`
   */
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
  /** Returns the settings in force: those of the terminal override those of the shop, and these override the defaults. */
  settings(terminal?: string): Promise<Settings>
  /** Changes settings of the shop, or of one terminal. */
  changeSettings(
    settings: unknown,
    options: ByPerson & { readonly terminal?: string },
  ): Promise<Settings>
  /** Returns every change of the settings and who made it, oldest first; with `terminal` only the changes of that terminal. */
  settingsHistory(terminal?: string): Promise<readonly SettingChange[]>
  /**
   * Settles a batch; trades that come for it later are marked late. For a batch that is settled already it returns the recorded settlement.
   * @throws VoucherError `QUERY_INVALID`, `BATCH_UNKNOWN`, `BATCH_SETTLED` if the host's totals are not those that were recorded
   */
  settle(request: SettleRequest, options: ByPerson): Promise<Settlement>
  /**
   * Returns the trades that count in a batch: without those that were voided, the voids themselves, and those that came after the
   * settlement.
   * @throws VoucherError `QUERY_INVALID`, `BATCH_UNKNOWN`
   */
  detail(request: BatchRequest): Promise<BatchDetail>
  /**
   * Sums approved trades by the groups that the query names.
   * @throws VoucherError `QUERY_INVALID`
   */
  totals(query: TotalsQuery): Promise<Totals>
  /**
   * Sums fees by kind and class of card, and compares them with the acquirer's charges if the query has `charged`.
   * @throws VoucherError `QUERY_INVALID`
   */
  fees(query: FeeQuery): Promise<FeeReport>
  /**
   * Records the report of a business day with its sums. If the day has a report with other sums, the new one names it as `replaces`.
   * @throws VoucherError `QUERY_INVALID`
   */
  report(day: string, options: ByPerson): Promise<DayReport>
  /**
   * Seals the heads of all chains. Keep the seal outside the store: with it `verify` finds changes that the chains alone do not show, such
   * as records that were cut off at the end of one.
   */
  seal(options: ByPerson): Promise<Seal>
  /**
   * Begins a new chain for a terminal that was reset, or for one that replaces it. The first record names the head of the old chain, and
   * the batches are numbered from the beginning.
   * @throws VoucherError `TERMINAL_UNKNOWN`, `TERMINAL_USED`
   */
  resetTerminal(request: ResetRequest, options: ByPerson): Promise<ResetResult>
  /**
   * Reads every record, checks the chains, and compares them with the kept seal if one is given.
   * @throws VoucherError `SEAL_INVALID`
   */
  verify(options?: VerifyOptions): Promise<Verification>
  /** The newest record of each chain. */
  heads(): Promise<readonly StoredHead[]>
  /**
   * Returns records in the order in which the store recorded them, for a push or a backup.
   * @throws VoucherError `RECORD_CHANGED` if one of them is not as it was recorded
   */
  records(query: RecordsQuery): Promise<readonly ChainRecord[]>
  /**
   * Writes a backup: all tables as of one moment, sealed, read back, and then recorded. Meanwhile other programs can go on recording. A
   * backup never holds the key of the chain. `file` must not exist yet, and it exists afterwards only if it is complete.
   * @throws VoucherError `BACKUP_EXISTS`, `BACKUP_UNWRITTEN`, `PASSWORD_INVALID`; `RECORD_CHANGED` or `RECORD_MISSING` with the record, or
   * `STORE_FAULTY`, if the store is not as it was recorded, because such a backup could not be restored
   */
  backup(file: string, options: BackupOptions): Promise<BackupRecord>
  /**
   * Closes a month that is over: its sums become a record of the chain, sealed over the heads of all chains, and `file` becomes a backup
   * that begins with these sums.
   * @param month `2026-11`
   * @throws VoucherError `MONTH_OPEN`, `DAY_RETAINED`, `QUERY_INVALID`, and as `backup`
   */
  closeMonth(month: string, file: string, options: BackupOptions): Promise<MonthResult>
  /** Returns the newest backup, so that its age can be shown; undefined before the first one. */
  lastBackup(): Promise<BackupRecord | undefined>
  /**
   * Removes vouchers that are older than `months` and are in the backup. Their links stay in the chain, so that the chain still verifies.
   * At the end the store is rewritten, and other programs have to wait for that.
   * @throws VoucherError `BACKUP_OTHER`, `BACKUP_DAMAGED`, `BACKUP_CUT`, `BACKUP_PASSWORD`, …; `STORE_FAULTY` before anything is removed
   */
  retain(request: RetainRequest, options: RetainOptions): Promise<RetainResult>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
