/** The closing of a month (月结): its sums, day by day, as they are kept in the chain and in the file of the month. */

import type { BackupRecord } from './backup-options.js'
import type { Section } from './sections.js'

export interface DayTotals {
  /** Business day, `YYYY-MM-DD`. */
  readonly day: string
  readonly count: number
  readonly fen: number
  readonly feeFen: number
}

export interface OpenBatch {
  readonly merchantNo: string
  readonly terminal: string
  readonly batch: string
}

export interface MonthClosing {
  /** `YYYY-MM`. */
  readonly month: string
  /** ISO 8601 with the shop's offset. */
  readonly at: string
  readonly by: string
  readonly days: readonly DayTotals[]
  readonly sections: readonly Section[]
  readonly count: number
  readonly fen: number
  readonly feeFen: number
  /** Trades of the month whose result is not known yet. */
  readonly unknownCount: number
  /** Batches with trades of the month that are not settled yet. */
  readonly openBatches: readonly OpenBatch[]
  /** Time of the closing that this one replaces. */
  readonly replaces?: string
}

export interface MonthResult {
  readonly closing: MonthClosing
  /** The file of the month. */
  readonly backup: BackupRecord
}
