/**
 * Sub-path `xiaopiao/vouchers`: the life of a trade's voucher (消费凭证).
 *
 * A counter hands in the result of each trade. It becomes a record that is on the disk before `add` returns, in a chain of keyed hashes
 * that shows any later change. What happens afterwards, such as a print, a refund or a late answer of the host, is another record of
 * the chain, and nothing is ever overwritten. The record is found again by day, amount, number or the bar code of its slip.
 *
 * ```js
 * import { createArchive } from 'xiaopiao/vouchers'
 *
 * const archive = await createArchive('shop.db')
 * const { id, voucher } = await archive.add(
 *   { type: 'sale', kind: 'cash', fen: 5100, tenderedFen: 10000, at: '2026-11-23T12:02:17+08:00', terminal: '10023456', operator: '01' },
 *   { now: new Date() },
 * )
 * const { vouchers } = await archive.find({ day: '2026-11-23', amount: '51.00' })
 * await archive.close()
 * ```
 */

export type {
  AddOptions,
  AddResult,
  Archive,
  BatchDetail,
  Found,
  ListQuery,
  PastTrade,
  PrintAttempt,
  PrintRecord,
  ResetRequest,
  ResetResult,
  VerifyOptions,
  VoucherRecord,
} from './archive.js'
export { asksToPrint } from './asks-to-print.js'
export type {
  BackupOptions,
  BackupRecord,
  RetainOptions,
  RetainRequest,
  RetainResult,
  SpareReason,
} from './backup-options.js'
export type { CardArea } from './card-area.js'
export type { ChainRecord, RecordsQuery, StoredHead } from './chain-record.js'
export type { DayReport, NamedTotals } from './day-report.js'
export { type DrawerOptions, openDrawer } from './drawer.js'
export {
  type ElectronicOptions,
  type ElectronicVoucher,
  electronicVoucher,
  type VoucherFormat,
} from './electronic-voucher.js'
export { VoucherError } from './errors.js'
export type { PrintEvent } from './events.js'
export { type ExportOptions, exportVouchers } from './exchange/export-vouchers.js'
export {
  type ImportOptions,
  type ImportResult,
  importVouchers,
  type RefusedRow,
} from './exchange/import-vouchers.js'
export type { FieldMapping, ImportMapping } from './exchange/mapping.js'
export type {
  ChargedFee,
  FeeComparison,
  FeeDifference,
  FeeQuery,
  FeeReport,
  FeeRow,
} from './fee-report.js'
export {
  EXAMPLE_FEES,
  type FeeOriginal,
  type FeePlan,
  type FeeRate,
  type FeeRounding,
  tradeFee,
} from './fees.js'
export { type LinkKey, type LinkOptions, voucherLink } from './links/link.js'
export { readLinkKey } from './links/link-key.js'
export { type HandlerOptions, voucherHandler } from './links/voucher-handler.js'
export type { DayTotals, MonthClosing, MonthResult, OpenBatch } from './month-closing.js'
export { type ArchiveOptions, createArchive, openArchive } from './open-archive.js'
export type {
  ManagerAct,
  NewOperator,
  Operator,
  OperatorChange,
  OperatorRecord,
  Operators,
  PinChange,
} from './operators/operator.js'
export type { OperatorRole, SignedIn } from './operators/signed-in.js'
export type { AtTime, ByPerson, Person } from './person.js'
export type { PrintVoucherOptions, ReprintVoucherOptions } from './print-options.js'
export { printVoucher, reprintVoucher } from './print-voucher.js'
export { type PushOptions, type PushProgress, type PushResult, pushVouchers } from './push.js'
export type { VoucherQuery } from './query.js'
export { type RestoreOptions, type RestoreResult, restoreArchive } from './restore-archive.js'
export type { Seal, SealedHead } from './seal.js'
export type { Section, SectionName, TypeTotal } from './sections.js'
export {
  type CopyName,
  DEFAULT_SETTINGS,
  type FieldName,
  type SettingChange,
  type SettingName,
  type Settings,
} from './settings.js'
export type {
  BatchRequest,
  HostTotals,
  OpenTrade,
  Reconciliation,
  Settlement,
  SettlementSection,
  SettleRequest,
} from './settlement.js'
export { slipCode } from './slip-code.js'
export { checkReadySlip } from './slips/check-ready-slip.js'
export { detailSlips, reportSlip, settlementSlip } from './slips/closing-slips.js'
export type { KeptCopy, KeptSlips, SlipForm } from './slips/kept-slips.js'
export { makeSlip } from './slips/make-slip.js'
export { readySlip } from './slips/ready-slip.js'
export type { SlipCopy, SlipOptions, SlipReprint } from './slips/slip-data.js'
export { slipMaker } from './slips/slip-maker.js'
export type {
  MadeCopy,
  MadeSlips,
  SlipMaker,
  SlipMaking,
  SlipVoucher,
} from './slips/slip-making.js'
export { SLIP_NAMES, SLIP_TEMPLATES, type SlipName, type SlipTemplates } from './slips/templates.js'
export type { Totals, TotalsGroup, TotalsQuery, TotalsRow } from './totals.js'
export {
  type CustomerVerification,
  type EmvData,
  MAX_FEN,
  type Merchant,
  type OriginalReference,
  type Trade,
  type TradeInput,
  tradeJsonSchema,
} from './trade.js'
export {
  type OriginalRule,
  TRADE_KINDS,
  TRADE_RESULTS,
  TRADE_TYPE_RULES,
  TRADE_TYPES,
  type TradeKind,
  type TradeResult,
  type TradeType,
  type TradeTypeRule,
  type VoucherState,
} from './trade-types.js'
export { type RefundOptions, refundOf, type UndoOptions, voidOf } from './undo.js'
export type { ChainFault, Verification } from './verification.js'
