/** The options of a virtual printer that polls. */

export interface CloudPrntOptions {
  /** The address that the printer polls. */
  readonly url: string
  /** MAC address of the printer, by which servers tell printers apart. Default 00:11:62:00:00:01. */
  readonly mac?: string
  /** Milliseconds between two polls. Default 5000. */
  readonly pollMs?: number
}

export interface DirectPrintOptions {
  /** The address that the printer polls. */
  readonly url: string
  /** The ID that the printer sends, as it is entered in a printer's settings. Default `xiaopiao`. */
  readonly id?: string
  /** Milliseconds between two polls. Default 5000. */
  readonly pollMs?: number
}
