/** Opens a printer that takes receipts, by giving the job printer a compiler. */

import { ReceiptError } from '../model/errors.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'
import type { ReceiptOptions } from '../model/receipt-options.js'
import type { Transport } from '../transports/types.js'
import { openJobPrinter } from './job-printer.js'
import type { Printer } from './printer.js'
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

/**
 * Compiles a receipt for the printer's profile. The compiler is loaded at the first receipt.
 * @throws ReceiptError; `PROFILE_MISSING` if the printer has no whole profile
 */
async function toPrintJob(
  receipt: object,
  profile: PrinterOptions['profile'],
  options: ReceiptOptions,
): Promise<PrintJob> {
  if (profile === undefined || !('widthDots' in profile)) {
    throw new ReceiptError('a receipt needs the profile of the printer', {
      code: 'PROFILE_MISSING',
      hint: 'give openPrinter a profile, or print what compile gives',
    })
  }
  const copy = copyOf(receipt)
  const { compileJson } = await import('../compile.js')
  return compileJson(copy, { ...options, profile })
}

/**
 * A copy of the receipt as it is now. `structuredClone` would drop the mark of the builder `raw`, which is a symbol, and some engines,
 * such as jsdom, have none.
 */
function copyOf(value: unknown, made = new Map<object, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isBytes(value)) return value.slice()
  const known = made.get(value)
  if (known !== undefined) return known
  const copy: object = Array.isArray(value) ? [] : {}
  // Noted before the contents are copied, so that a receipt that contains itself ends here; the compiler reports it.
  made.set(value, copy)
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key)
    if (property?.enumerable !== true) continue
    const copied = copyOf((value as Record<PropertyKey, unknown>)[key], made)
    // Defined and not assigned, because an assignment would set the prototype if the key is `__proto__`.
    Object.defineProperty(copy, key, { value: copied, enumerable: true, writable: true })
  }
  return copy
}
