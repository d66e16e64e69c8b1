/** The first frame of a backup: which store it is of, and as of when. */

import type { MonthClosing } from '../month-closing.js'
import type { Seal, SealedHead } from '../seal.js'

export interface BackupManifest {
  /** Names of the migrations that the tables had been through. */
  readonly steps: readonly string[]
  /** The seal that was made just before the backup, over the heads of all chains; the backup holds the record of the seal too. */
  readonly seal: Seal
  /** The last record of each chain that the backup holds. */
  readonly heads: readonly SealedHead[]
  /** Number of records, by which a reader reports its progress. */
  readonly entries: number
  /** Sums of the month, if the backup closes one. */
  readonly month?: MonthClosing
}

/** The last frame: the number of rows of each table. A file without it was cut. */
export interface BackupEnd {
  readonly rows: Readonly<Record<string, number>>
}
