/** The printer that `openPrinter` returns. */

import type { Receipt } from '../elements/nodes.js'
import type { PrintJob } from '../model/print-job.js'
import type { JobPrinter, PrintOptions, PrintResult } from './types.js'

export interface Printer extends JobPrinter {
  /**
   * Sends one job and says how much is known of it. Jobs are sent one after the other, and never twice except by `reprint-marked`.
   * @param job bytes, what `compile` gives, or a receipt
   * @throws NotStarted, PartiallyPrinted, Uncertain; OptionError; ReceiptError for a receipt that cannot be printed, `JOB_EMPTY`,
   * `JOB_IS_FILE`
   */
  print(job: Receipt | PrintJob | Uint8Array, options?: PrintOptions): Promise<PrintResult>
}
