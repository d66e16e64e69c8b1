/** Prints one copy of a voucher: opens the drawer, prints the job, and records how it ended. */

import type { Receipt } from '../elements/nodes.js'
import type { PrintJob } from '../model/print-job.js'
import type { PrintOptions, PrintResult } from '../printer/types.js'
import type { Archive, PrintAttempt, PrintRecord, VoucherRecord } from './archive.js'
import { sendPulse, takeDrawer } from './drawer.js'
import { VoucherError } from './errors.js'
import { nameOfPerson } from './person.js'
import { endOf, nextJobId, outcomeOf, type PrintEnd, printsOf } from './print-jobs.js'
import type { PrintVoucherOptions } from './print-options.js'
import type { CopyName } from './settings.js'

export interface CopyToPrint {
  readonly record: VoucherRecord
  readonly copy: CopyName
  /** The slip, or the job that prints it with or without a pulse for the drawer. */
  readonly slip: Receipt | MakeJob
}

export type MakeJob = (opensDrawer: boolean) => Promise<PrintJob>

type CopyOptions = PrintVoucherOptions & { readonly why?: string }

/**
 * Prints the copy and records how that ended.
 * @returns undefined if another program has printed it in the meantime, so that this call sent no bytes
 */
export async function printCopy(
  archive: Archive,
  { record, copy, slip }: CopyToPrint,
  options: CopyOptions,
): Promise<PrintRecord | undefined> {
  const { printer, journal, clock, by, why } = options
  // Only a reprint has a reason; the drawer stays shut for it, because no money changes hands again.
  const opensDrawer = why === undefined && (await takeDrawer(archive, record, options))
  const jobId = await nextJobId(record, copy, journal)
  const count = printsOf(record, copy).length
  const base = {
    copy,
    by: nameOfPerson(by),
    ...(why === undefined ? {} : { why }),
    marked: count > 0,
    jobId,
  }
  const finish = async (end: PrintEnd) => {
    const attempt = { ...base, ...end, nth: end.outcome === 'failed' ? 0 : count + 1 }
    const now = clock()
    await archive.recordPrint(record.id, attempt, { now })
    return asRecord(attempt, now)
  }
  const job = await jobOf(slip, opensDrawer)
  let result: PrintResult
  try {
    result = await printer.print(job, printOptionsOf(jobId, record, options))
  } catch (error) {
    const outcome = outcomeOf(error)
    if (opensDrawer && outcome === 'failed')
      await archive.returnDrawer(record.id, { by, now: clock() })
    await finish({ outcome })
    throw error
  }
  const print = await finish(endOf(result))
  if (result.alreadyDone && opensDrawer) await sendPulse(archive, record, options)
  if ((await journal.get(jobId)) === undefined) throw journalUnused()
  return result.alreadyDone ? undefined : print
}

async function jobOf(slip: CopyToPrint['slip'], opensDrawer: boolean): Promise<Receipt | PrintJob> {
  if (typeof slip === 'function') return slip(opensDrawer)
  return opensDrawer ? withPulse(slip) : slip
}

function withPulse(receipt: Receipt): Receipt {
  return { ...receipt, nodes: [{ kind: 'drawer' }, ...receipt.nodes] }
}

function printOptionsOf(
  jobId: string,
  record: VoucherRecord,
  { images, signal }: PrintVoucherOptions,
): PrintOptions {
  return {
    jobId,
    title: `voucher ${record.batch}/${record.voucher}`,
    ...(images === undefined ? {} : { images }),
    ...(signal === undefined ? {} : { signal }),
  }
}

function asRecord(attempt: PrintAttempt, now: Date): PrintRecord {
  const { jobId: _, ...rest } = attempt
  return { ...rest, at: now.toISOString() }
}

function journalUnused(): VoucherError {
  return new VoucherError('the printer was opened without the journal of these options', {
    code: 'JOURNAL_UNUSED',
    path: 'options.journal',
    hint: 'give the same journal to openPrinter; the slip was printed and is recorded',
  })
}
