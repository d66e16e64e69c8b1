/** The decisions that a person makes about jobs that are waiting, failed or uncertain in a journal. */

import type { JobRecord, Journal } from './types.js'

/**
 * Puts a job that failed, is uncertain or was cancelled into the queue again.
 * @param marked headed 补打. Default: unless nothing of it was ever sent
 * @throws JournalError `JOB_UNKNOWN`, `JOB_STATE`
 */
export async function retryJob(
  journal: Journal,
  jobId: string,
  marked?: boolean,
): Promise<JobRecord> {
  const before = await journal.get(jobId)
  const mayBeOut = before !== undefined && (before.marked || before.sent > 0)
  return journal.append({ type: 'retried', jobId, marked: marked ?? mayBeOut })
}

/**
 * Gives a job, or all that wait at a printer, to another printer. One that is named is put into its queue also where it failed or is
 * uncertain, headed 补打 if a part of it may be on paper.
 * @throws JournalError `JOB_UNKNOWN`, `JOB_STATE`
 */
export async function rerouteJobs(
  journal: Journal,
  what: { readonly jobId: string } | { readonly printer: string },
  to: string,
): Promise<readonly JobRecord[]> {
  const jobs =
    'jobId' in what ? [what] : await journal.list({ states: ['queued'], printer: what.printer })
  const moved: JobRecord[] = []
  for (const { jobId } of jobs) {
    const record = await journal.append({ type: 'moved', jobId, printer: to })
    moved.push(record.state === 'queued' ? record : await retryJob(journal, jobId))
  }
  return moved
}
