/** A receipt as a job: compiled for the printer's profile, by the compiler that is loaded for it. */

import type { Pixels } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import type { PrintJob } from '../model/print-job.js'
import type { PrinterOptions } from './types.js'

/** @throws ReceiptError; `PROFILE_MISSING` when it is not known for which printer */
export async function toPrintJob(
  receipt: object,
  profile: PrinterOptions['profile'],
  images: Readonly<Record<string, Pixels>> | undefined,
): Promise<PrintJob> {
  if (profile === undefined || !('widthDots' in profile)) {
    throw new ReceiptError('a receipt needs the profile of the printer', {
      code: 'PROFILE_MISSING',
      hint: 'give openPrinter a profile, or print what compile gives',
    })
  }
  const copy = copyOf(receipt)
  const { compileJson } = await import('../compile.js')
  return compileJson(copy, images === undefined ? { profile } : { profile, images })
}

/**
 * A copy of the receipt as it is now. An engine without `structuredClone`, such as jsdom, copies what JSON can
 * hold.
 */
function copyOf(receipt: object): unknown {
  if (typeof structuredClone === 'function') return structuredClone(receipt)
  return JSON.parse(JSON.stringify(receipt))
}
