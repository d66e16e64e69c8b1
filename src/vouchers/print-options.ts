/** How a voucher is printed, and by whom. */

import type { Receipt } from '../elements/nodes.js'
import type { Journal } from '../journal/types.js'
import type { Pixels } from '../model/bitmap.js'
import type { Printer } from '../printer/printer.js'
import type { Person } from './person.js'
import type { CopyName } from './settings.js'
import type { SlipTemplates } from './slips/templates.js'
import type { VoucherRecord } from './voucher-record.js'

export interface PrintVoucherOptions {
  /** The printer, opened with a profile and with `journal`. */
  readonly printer: Printer
  /** The printer's journal: without it nobody could tell whether a print that was cut off is on paper. */
  readonly journal: Journal
  /** The person at the counter; a reprint needs a manager who has signed in once the store has operators. */
  readonly by: Person
  /** Asked for the time before and after each copy, because printing takes a while. */
  readonly clock: () => Date
  /** Copies to print. Default: those of the settings. */
  readonly copies?: readonly CopyName[]
  /** Version of the calling program, printed at the end of a slip. */
  readonly app?: string
  /** The link that the customer's copy shows as a QR code: see `voucherLink`. Default: none. */
  readonly linkOf?: (record: VoucherRecord) => string
  readonly templates?: SlipTemplates
  /** `templates` prints with the current templates even if the slip is kept for this paper. Default `kept`. */
  readonly from?: 'kept' | 'templates'
  /** A slip that the acquirer has made, printed in place of the library's: see `readySlip`. */
  readonly ready?: Receipt
  /** Pictures by the `src` that the settings or a template name. */
  readonly images?: Readonly<Record<string, Pixels>>
  readonly signal?: AbortSignal
}

export interface ReprintVoucherOptions extends PrintVoucherOptions {
  readonly why: string
}
