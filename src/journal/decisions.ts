/** The decisions that a person makes about jobs that are waiting, failed or uncertain in a journal. */

import type { JobRecord, Journal } from './types.js'

/**
 * Puts a job that failed, is uncertain or was cancelled into the queue again.
 * @param marked whether the paper is headed 补打. Default: true if the job was marked before or a part of it was sent
 * @throws JournalError `JOB_UNKNOWN`, `JOB_STATE`
 *
 * @example
 * await journal.append({ type: 'started', jobId: 'order 17', printer: 'tcp://192.168.1.50', segments: 1 })
 * await journal.append({ type: 'failed', jobId: 'order 17', printed: 0, sent: 0, reason: 'paper-out' })
 * const { state } = await retryJob(journal, 'order 17')
 * state // 'queued'
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
 * Moves a job, or all jobs that wait at a printer, to another printer. A job given by its id is queued there even if it failed or is
 * uncertain, headed 补打 if a part of it may be on paper.
 * @throws JournalError `JOB_UNKNOWN`, `JOB_STATE`
 *
 * @example
 * await journal.append({ type: 'queued', jobId: 'order 17', printer: 'tcp://192.168.1.50', payload: { bytes } })
 * const moved = await rerouteJobs(journal, { printer: 'tcp://192.168.1.50' }, 'tcp://192.168.1.51')
 * moved.map(({ printer }) => printer) // ['tcp://192.168.1.51']
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
