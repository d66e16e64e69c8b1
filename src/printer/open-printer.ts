/** A printer that takes receipts: the one that takes jobs, given a compiler. */

import type { Transport } from '../transports/types.js'
import { openJobPrinter } from './job-printer.js'
import type { Printer } from './printer.js'
import { toPrintJob } from './to-print-job.js'
import type { PrinterOptions } from './types.js'

/**
 * A printer behind a transport, or at an address such as `tcp://192.168.1.50` or `file:/dev/usb/lp0`. The
 * connection opens when a job comes and closes after it, so that other hosts find the printer free between the
 * jobs. All printers of this process at one address share a queue, and other processes of the machine that use this
 * library wait while a connection is open.
 * @throws OptionError; TransportError `URI_UNSUPPORTED`, `URI_INVALID` for an address at which no printer can be
 *
 * @example
 * await using printer = openPrinter('tcp://192.168.1.50', { profile: generic80 })
 * const { grade } = await printer.print({ nodes: [text('合计 ¥12.50')] })
 * grade // 'processed'
 */
export function openPrinter(target: Transport | string, options: PrinterOptions = {}): Printer {
  return openJobPrinter(target, options, toPrintJob)
}
