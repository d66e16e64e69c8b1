/**
 * Writes the life of a job into the journal. If a write fails after the job was sent, it becomes a warning, because
 * the result must not be lost.
 */

import type { JobRecord, Journal } from '../journal/types.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { messageOf } from '../model/realms.js'
import { asStopReason, NotStarted, PartiallyPrinted, PrintError, Uncertain } from './errors.js'
import { type Plan, reachOf } from './plan.js'
import { UNKNOWN_STATUS } from './status.js'
import type { Grade } from './types.js'

export interface JobLog {
  /** @throws if the journal cannot be written; then nothing may be sent */
  started(segments: number, partBytes: number): Promise<void>
  /** `grade`: the grade of the job if all of it is confirmed in this way. */
  acked(printed: number, grade: Grade | undefined): void
  done(grade: string): Promise<void>
  failed(error: unknown): Promise<void>
  readonly warnings: readonly Diagnostic[]
}

export const noLog: JobLog = {
  started: async () => {},
  acked: () => {},
  done: async () => {},
  failed: async () => {},
  warnings: [],
}

export function createJobLog(
  journal: Journal,
  jobId: string,
  printer: string,
  { title, marked }: { readonly title?: string | undefined; readonly marked: boolean },
): JobLog {
  const warnings: Diagnostic[] = []
  let wasStarted = false
  const attempt = async (work: Promise<unknown>) => {
    try {
      await work
    } catch (error) {
      const message = messageOf(error)
      const hint = 'what became of this job is not written down: note it by hand'
      warnings.push({ code: 'JOURNAL_FAILED', severity: 'error', message, path: '', hint })
    }
  }
  return {
    warnings,
    async started(segments, partBytes) {
      const event = { type: 'started', jobId, printer, segments, partBytes, marked } as const
      await journal.append(title === undefined ? event : { ...event, title })
      wasStarted = true
    },
    acked(printed, grade) {
      const event = { type: 'acked', jobId, printed } as const
      if (wasStarted) {
        void attempt(journal.append(grade === undefined ? event : { ...event, grade }))
      }
    },
    done: (grade) => attempt(journal.append({ type: 'done', jobId, grade })),
    async failed(error) {
      if (!wasStarted) return
      const type =
        error instanceof NotStarted || error instanceof PartiallyPrinted ? 'failed' : 'uncertain'
      const { reason, reach } =
        error instanceof PrintError ? error : { reason: String(error), reach: undefined }
      const isNothing = error instanceof NotStarted
      const printed = isNothing ? 0 : (reach?.printed ?? 0)
      const sent = isNothing ? 0 : (reach?.sent ?? 1)
      await attempt(journal.append({ type, jobId, reason, printed, sent }))
    },
  }
}

/**
 * Settles the jobs that were under way when their process ended. A job becomes done if process IDs had confirmed all of it, else
 * uncertain. Call it only while this process holds the printer, because then no other process is printing them.
 */
export async function reclaimJobs(
  journal: Journal,
  printer: string,
): Promise<readonly JobRecord[]> {
  const reclaimed: JobRecord[] = []
  for (const { jobId, printed, segments, sent, grade } of await journal.list({
    states: ['started'],
    printer,
  })) {
    const isAll = printed > 0 && printed === segments && grade !== undefined
    reclaimed.push(
      await journal.append(
        isAll
          ? { type: 'done', jobId, grade }
          : { type: 'uncertain', jobId, reason: 'interrupted', printed, sent },
      ),
    )
  }
  return reclaimed
}

/** Returns the error for a job of which an earlier attempt may have printed. */
export function uncertainOf(record: JobRecord, plan: Plan): Uncertain | PartiallyPrinted {
  const { jobId, printed, sent, reason, state } = record
  const details = {
    reason: asStopReason(reason),
    jobId,
    bytesSent: plan.parts.slice(0, sent).reduce((sum, { bytes }) => sum + bytes.length, 0),
    totalBytes: plan.totalBytes,
    reach: reachOf(plan, printed, sent),
    status: UNKNOWN_STATUS,
  }
  return state === 'failed' ? new PartiallyPrinted(details) : new Uncertain(details)
}
