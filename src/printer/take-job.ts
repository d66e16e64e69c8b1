/** Takes a job into the queue that a journal keeps. */

import type { JobRecord, Journal } from '../journal/types.js'
import { JournalError } from '../journal/types.js'
import { readArgument } from '../model/options.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'
import { readAddress } from '../transports/uri.js'
import { checkJob, MADE_JOB } from './job-bytes.js'
import { payloadOf } from './job-payload.js'

export interface AddOptions {
  readonly jobId: string
  /** Address of the printer. */
  readonly printer: string
  readonly title?: string
  /** Text for the calling program's own use, kept with the job in the journal. */
  readonly note?: string
  /** Headed 补打, because it is a copy of another job. Default false. */
  readonly marked?: boolean
  /** Number of copies of the whole job. Default 1. */
  readonly copies?: number
  /** Take the bytes even if they are a picture, a document or an archive. Default false: an error `JOB_IS_FILE`. */
  readonly raw?: boolean
}

/**
 * Writes the job into the journal. A job id that is known already is not taken again, even if two callers add it at the same moment: both
 * get its record.
 * @throws JournalError if it cannot be written down; OptionError, ReceiptError `JOB_EMPTY`, `JOB_IS_FILE`
 */
export async function takeJob(
  journal: Journal,
  job: Uint8Array | PrintJob,
  { jobId, printer, title, note, marked, copies = 1, raw = false }: AddOptions,
): Promise<JobRecord> {
  readArgument('queue.add', 'job', job, MADE_JOB)
  checkJob(isBytes(job) ? { bytes: job } : job, raw)
  const known = await journal.get(jobId)
  if (known !== undefined) return known
  const event = { type: 'queued', jobId, printer, copies, payload: payloadOf(job) } as const
  try {
    return await journal.append({
      ...event,
      ...(title === undefined ? {} : { title }),
      ...(note === undefined ? {} : { note }),
      ...(marked === undefined ? {} : { marked }),
    })
  } catch (error) {
    if (!(error instanceof JournalError) || error.code !== 'JOB_STATE') throw error
    const taken = await journal.get(jobId)
    if (taken === undefined) throw error
    return taken
  }
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/**
 * Refuses an address at which nothing could ever be printed, before a job waits there for ever.
 * @param isOwn whether the caller opens the printers and so may know schemes that this library does not
 * @throws TransportError `URI_UNSUPPORTED`, `URI_INVALID`
 */
export function checkAddress(uri: string, { isOwn = false } = {}): void {
  if (!isOwn || !SCHEME.test(uri.trim())) readAddress(uri)
}
