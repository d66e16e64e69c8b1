/** The first frame of a backup: which store it is of, and as of when. */

import type { MonthClosing } from '../month-closing.js'
import type { Seal, SealedHead } from '../seal.js'

export interface BackupManifest {
  /** Steps by which the tables had been brought to their form. */
  readonly steps: readonly string[]
  /** Made just before the backup, over the heads of all chains; the backup holds its record too. */
  readonly seal: Seal
  /** The last record of each chain that the backup holds. */
  readonly heads: readonly SealedHead[]
  /** Records, which tells how far a reader has got. */
  readonly entries: number
  /** Of a backup that closes a month. */
  readonly month?: MonthClosing
}

/** The last frame: rows of each table. A file without it was cut. */
export interface BackupEnd {
  readonly rows: Readonly<Record<string, number>>
}
