/** The tables of a store. `entry` is the truth and only grows; the others are made from it so that searches are fast. */

import type { Generated, Insertable, Selectable } from 'kysely'

/** Links of all chains: trades, and everything that happened to them later. */
export interface EntryTable {
  /** Order of arrival in this store. */
  n: Generated<number>
  chain: string
  seq: number
  kind: string
  voucher_id: string | null
  recorded_at: number
  prev: Uint8Array
  body_hash: Uint8Array
  hash: Uint8Array
  /** Canonical JSON, or null once retention has removed it. */
  body: string | null
}

export interface ChainHeadTable {
  chain: string
  seq: number
  hash: Uint8Array
}

/** One row per trade, with the columns that searches use. */
export interface VoucherTable {
  id: string
  key: string | null
  /** SHA-256 of the trade as it was read, to tell a repeated `add` from a conflicting one. */
  content: Uint8Array
  merchant: string
  terminal: string
  /** How often the terminal had been reset; its batches begin again at each reset. */
  epoch: number
  batch: string
  number: string
  day: string
  at: number
  fen: number
  tip_fen: number
  charged_fen: number
  refunded_fen: number
  /** The acquirer's fee, negative if it gives back; null if no rate is known. */
  fee_fen: number | null
  kind: string
  card_class: string | null
  /** `domestic` or `foreign` card; null for other kinds. */
  area: string | null
  type: string
  result: string
  state: string
  operator: string
  last4: string | null
  auth: string | null
  ref: string | null
  order_no: string | null
  pay_voucher: string | null
  pay_code: string | null
  original_id: string | null
  printed: string
  print_count: number
  /**
   * Position in the chain of the entry that made the trade late, because it came after the batch was settled; 0 for a trade that is not
   * late.
   */
  late_seq: number
}

export interface BatchTable {
  merchant: string
  terminal: string
  epoch: number
  batch: string
  /** The highest number that the library itself has given out. */
  last_number: number
  settled_at: number | null
  /** Position of the settlement in the terminal's chain; null while the batch is open. */
  settled_seq: number | null
}

/** Terminals that were reset; the others have epoch 0. */
export interface TerminalTable {
  merchant: string
  terminal: string
  epoch: number
}

export interface SettingTable {
  /** Terminal, or empty for the whole shop. */
  scope: string
  name: string
  value: string
  changed_by: string
  changed_at: number
}

/** An operator as he is after the last record about him; flags are 0 or 1. */
export interface OperatorTable {
  no: string
  name: string
  role: string
  /** The kept PIN, as canonical JSON. */
  pin: string
  first_pin: number
  /** Wrong PINs in a row. */
  failures: number
  /** How often the PIN was set. */
  generation: number
  removed: number
}

export interface StoreTables {
  entry: EntryTable
  chain_head: ChainHeadTable
  voucher: VoucherTable
  batch: BatchTable
  terminal: TerminalTable
  setting: SettingTable
  operator: OperatorTable
}

export type EntryRow = Selectable<EntryTable>
export type NewEntry = Insertable<EntryTable>
export type VoucherRow = Selectable<VoucherTable>

export const VOUCHER_COLUMNS = [
  'id',
  'key',
  'content',
  'merchant',
  'terminal',
  'epoch',
  'batch',
  'number',
  'day',
  'at',
  'fen',
  'tip_fen',
  'charged_fen',
  'refunded_fen',
  'fee_fen',
  'kind',
  'card_class',
  'area',
  'type',
  'result',
  'state',
  'operator',
  'last4',
  'auth',
  'ref',
  'order_no',
  'pay_voucher',
  'pay_code',
  'original_id',
  'printed',
  'print_count',
  'late_seq',
] as const satisfies readonly (keyof VoucherRow)[]
