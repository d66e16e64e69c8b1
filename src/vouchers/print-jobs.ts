/**
 * The jobs behind a voucher's prints, and how each of them ended.
 *
 * A job is named for the print that it makes and not for the attempt: `voucher:ID:merchant:1` is the first print of the merchant's copy,
 * however often it is tried. A printer with a journal prints each name once, so two programs that print the same copy at the same moment
 * make one paper.
 */

import type { JobRecord, Journal } from '../journal/types.js'
import { NotStarted, PrintError } from '../printer/errors.js'
import type { Printer } from '../printer/printer.js'
import type { PrintResult } from '../printer/types.js'
import type { Archive, PrintAttempt, PrintRecord, VoucherRecord } from './archive.js'
import { nameOfPerson, type Person } from './person.js'
import { COPY_NAMES, type CopyName } from './settings.js'

export type PrintEnd = Pick<PrintAttempt, 'outcome' | 'grade'>

/** Prints that are on paper or may be. A print of which no byte was sent does not count. */
export function printsOf(record: VoucherRecord, copy: CopyName): readonly PrintRecord[] {
  return record.prints.filter((print) => print.copy === copy && print.outcome !== 'failed')
}

/**
 * Returns the job ID of the next print of a copy. A job that was cancelled in the journal has used up its ID, so the next free one is
 * taken.
 */
export async function nextJobId(
  record: VoucherRecord,
  copy: CopyName,
  journal: Journal,
): Promise<string> {
  const name = `voucher:${record.id}:${copy}:${printsOf(record, copy).length + 1}`
  for (let spare = 1; ; spare++) {
    const jobId = spare === 1 ? name : `${name}.${spare}`
    if ((await journal.get(jobId))?.state !== 'cancelled') return jobId
  }
}

/**
 * How a job ended that did not throw. Only an answer that the printer gives after the slip confirms it; a link that took the bytes does
 * not.
 */
export function endOf({ grade }: PrintResult): PrintEnd {
  return { outcome: isConfirmedBy(grade) ? 'confirmed' : 'uncertain', grade }
}

/**
 * How a job ended that threw `error`: `failed` if the error came before the first byte, else `uncertain`, because something may be on
 * paper.
 */
export function outcomeOf(error: unknown): PrintAttempt['outcome'] {
  return error instanceof NotStarted || !(error instanceof PrintError) ? 'failed' : 'uncertain'
}

export interface RecoverOptions {
  readonly printer: Printer
  readonly journal: Journal
  readonly by: Person
  readonly clock: () => Date
}

/**
 * Records the prints that a program began but did not record because it ended, and those that another program is making at this moment: it
 * waits for their end while that program holds the printer.
 */
export async function withEndedJobs(
  archive: Archive,
  record: VoucherRecord,
  { printer, journal, by, clock }: RecoverOptions,
): Promise<VoucherRecord> {
  let found = false
  for (const copy of COPY_NAMES) {
    const jobId = await nextJobId(record, copy, journal)
    let job = await journal.get(jobId)
    if (job?.state === 'started') {
      await printer.interrupted()
      job = await journal.get(jobId)
    }
    const end = job === undefined ? undefined : endOfJob(job)
    if (end === undefined) continue
    found = true
    const nth = printsOf(record, copy).length + 1
    const attempt = { copy, by: nameOfPerson(by), ...end, nth, marked: nth > 1, jobId }
    await archive.recordPrint(record.id, attempt, { now: clock() })
  }
  return found ? archive.get(record.id) : record
}

/** How a job of the journal ended; undefined if it sent no bytes, because the same job is then tried once more. */
function endOfJob({ state, grade, sent }: JobRecord): PrintEnd | undefined {
  if (state === 'queued' || state === 'cancelled' || (state === 'failed' && sent === 0))
    return undefined
  if (state === 'done' && isConfirmedBy(grade)) return { outcome: 'confirmed', grade }
  return { outcome: 'uncertain', ...(grade === undefined ? {} : { grade }) }
}

function isConfirmedBy(grade: string | undefined): grade is 'printed' | 'processed' {
  return grade === 'printed' || grade === 'processed'
}
