/**
 * The jobs behind a voucher's prints, and how each of them ended.
 *
 * A job is named for the print that it makes and not for the attempt: `voucher:ID:merchant:1` is the first print of the merchant's copy,
 * however often it is tried. The journal prints a name once, so two programs that print the same copy at the same moment make one paper.
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

/** The name of the next print of a copy; somebody who cancels a job in the journal uses its name up. */
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

/** Only an answer of the printer behind the slip confirms it; a link that took the bytes confirms nothing. */
export function endOf({ grade }: PrintResult): PrintEnd {
  return { outcome: isConfirmedBy(grade) ? 'confirmed' : 'uncertain', grade }
}

/** Errors before the first byte print nothing; of any other end it is not known what is on paper. */
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
 * Records the prints that a program began and did not live to record, and those that another program is just making: it waits for their
 * end while the printer is held.
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

/** Undefined if nothing was sent, because the same job is then tried once more. */
function endOfJob({ state, grade, sent }: JobRecord): PrintEnd | undefined {
  if (state === 'queued' || state === 'cancelled' || (state === 'failed' && sent === 0))
    return undefined
  if (state === 'done' && isConfirmedBy(grade)) return { outcome: 'confirmed', grade }
  return { outcome: 'uncertain', ...(grade === undefined ? {} : { grade }) }
}

function isConfirmedBy(grade: string | undefined): grade is 'printed' | 'processed' {
  return grade === 'printed' || grade === 'processed'
}
