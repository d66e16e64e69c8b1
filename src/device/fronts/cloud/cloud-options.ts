/** The options of a virtual printer that polls. */

export interface CloudPrntOptions {
  /** The address that it polls. */
  readonly url: string
  /** Its MAC address, by which servers tell printers apart. Default 00:11:62:00:00:01. */
  readonly mac?: string
  /** How often it polls. Default 5000. */
  readonly pollMs?: number
}

export interface DirectPrintOptions {
  /** The address that it polls. */
  readonly url: string
  /** The name that it gives itself, as it would be entered in its settings. Default `xiaopiao`. */
  readonly id?: string
  /** How often it polls. Default 5000. */
  readonly pollMs?: number
}
