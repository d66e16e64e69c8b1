/** One copy of a voucher on paper: slip, drawer, job, record. */

import type { Receipt } from '../index.js'
import type { PrintOptions, PrintResult } from '../printer/index.js'
import type { Archive, PrintAttempt, PrintRecord, VoucherRecord } from './archive.js'
import { localTime } from './business-day.js'
import { sendPulse, takeDrawer } from './drawer.js'
import { VoucherError } from './errors.js'
import { endOf, nextJobId, outcomeOf, type PrintEnd, printsOf } from './print-jobs.js'
import type { PrintVoucherOptions } from './print-options.js'
import { type CopyName, copiesOf, type Settings } from './settings.js'
import { makeSlip } from './slips/make-slip.js'
import { markReadySlip } from './slips/ready-slip.js'
import type { SlipCopy, SlipReprint } from './slips/slip-data.js'

export interface CopyToPrint {
  readonly record: VoucherRecord
  readonly original?: VoucherRecord
  readonly settings: Settings
  readonly copy: CopyName
}

type CopyOptions = PrintVoucherOptions & { readonly why?: string }

/**
 * Prints the copy and records how that ended.
 * @returns undefined if another program has printed it in the meantime, so that this call sent no bytes
 */
export async function printCopy(
  archive: Archive,
  voucher: CopyToPrint,
  options: CopyOptions,
): Promise<PrintRecord | undefined> {
  const { record, copy } = voucher
  const { printer, journal, clock, by, why } = options
  const receipt = slipOf(voucher, options)
  // A reprint has a reason, and money does not change hands again.
  const opensDrawer = why === undefined && (await takeDrawer(archive, record, options))
  const jobId = await nextJobId(record, copy, journal)
  const count = printsOf(record, copy).length
  const base = { copy, by, ...(why === undefined ? {} : { why }), marked: count > 0, jobId }
  const finish = async (end: PrintEnd) => {
    const attempt = { ...base, ...end, nth: end.outcome === 'failed' ? 0 : count + 1 }
    const now = clock()
    await archive.recordPrint(record.id, attempt, { now })
    return asRecord(attempt, now)
  }
  const job = opensDrawer ? withPulse(receipt) : receipt
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

function slipOf({ record, original, settings, copy }: CopyToPrint, options: CopyOptions): Receipt {
  const { app, clock, copies = copiesOf(settings), ready, templates } = options
  const reprint = reprintOf(record, copy, localTime(clock().getTime(), settings.zone))
  if (ready !== undefined) return reprint === undefined ? ready : markReadySlip(ready, reprint)
  return makeSlip(
    record,
    settings,
    {
      copy: placeOf(copy, copiesOf(settings), copies),
      ...(reprint === undefined ? {} : { reprint }),
      ...(app === undefined ? {} : { app }),
      ...(original === undefined ? {} : { original }),
    },
    templates,
  )
}

/** The customer's copy is the second of two also if it is printed alone. */
function placeOf(name: CopyName, usual: readonly CopyName[], asked: readonly CopyName[]): SlipCopy {
  const all = usual.includes(name) ? usual : asked
  return { name, number: all.indexOf(name) + 1, of: all.length }
}

function reprintOf(record: VoucherRecord, copy: CopyName, at: string): SlipReprint | undefined {
  const earlier = printsOf(record, copy)
  if (earlier.length === 0) return undefined
  return { at, count: earlier.length, uncertain: earlier.at(-1)?.outcome === 'uncertain' }
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
