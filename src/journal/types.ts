/** The record of jobs that outlives the process: what was to be printed, what was begun, and how far it got. */

import { XiaopiaoError } from '../model/errors.js'
import type { Segment } from '../model/print-job.js'

/**
 * `queued` waits. `started` is on its way, or was when its process ended. `done` is printed, as far as its grade
 * says. `failed` has stopped, and the rest of it will not come out. `uncertain` may be printed or not. `cancelled`
 * will not be printed.
 */
export type JobState = 'queued' | 'started' | 'done' | 'failed' | 'uncertain' | 'cancelled'

export interface JobRecord {
  readonly jobId: string
  /** Address of the printer. */
  readonly printer: string
  readonly state: JobState
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly changedAt: string
  /** How often it was begun. */
  readonly attempts: number
  /** Segments of the attempt, all copies counted. */
  readonly segments: number
  /** Segments confirmed, from the first on. */
  readonly printed: number
  /** The number of segments that may be on paper, because they were sent. If it is 0, the paper is clean. */
  readonly sent: number
  /** Bytes of its largest segment: so many of a command may be missing in the printer if the process ends. */
  readonly partBytes?: number
  /**
   * The grade of a `done` job: `handed-over`, `accepted`, `processed` or `printed`. Before that, the grade of the
   * segments up to `printed`.
   */
  readonly grade?: string
  /** Why it failed or is uncertain; `seen` where a person has found it on paper. */
  readonly reason?: string
  /** For people: `order 17`. */
  readonly title?: string
  /** Kept for the program that queued it, which alone knows what it means. */
  readonly note?: string
  /** The next attempt is headed 补打, since an earlier one may have printed. */
  readonly marked: boolean
  readonly copies: number
  /**
   * The job as it was before the marked attempt that is under way. It is that again if no byte of the attempt is
   * sent.
   */
  readonly before?: Pick<
    JobRecord,
    'state' | 'grade' | 'reason' | 'printed' | 'sent' | 'segments' | 'marked'
  >
  /** Position in the queue; a job that is put in again keeps it. */
  readonly order: number
}

/** The bytes and settings that a queue keeps in order to print later. */
export interface JobPayload {
  readonly bytes: Uint8Array
  readonly segments?: readonly Segment[]
  /** Bytes that head a second copy. */
  readonly heading?: Uint8Array
}

export type JobEvent =
  | {
      readonly type: 'queued'
      readonly jobId: string
      readonly printer: string
      readonly title?: string
      readonly note?: string
      /** It is headed 补打 from the first attempt on, because it is a copy of another job. */
      readonly marked?: boolean
      readonly copies?: number
      readonly payload?: JobPayload
    }
  | {
      readonly type: 'started'
      readonly jobId: string
      readonly printer: string
      readonly segments: number
      readonly partBytes?: number
      readonly title?: string
      /** It is headed 补打, by a person's wish: then a job that is done, uncertain or half printed may start again. */
      readonly marked?: boolean
    }
  /** `grade`: what the job is worth when all of it is confirmed so; without one that would not make it done. */
  | {
      readonly type: 'acked'
      readonly jobId: string
      readonly printed: number
      readonly grade?: string
    }
  | { readonly type: 'done'; readonly jobId: string; readonly grade: string }
  | Ended<'failed'>
  | Ended<'uncertain'>
  | { readonly type: 'cancelled'; readonly jobId: string; readonly note?: string }
  /** A person has found all of it on paper. */
  | { readonly type: 'seen'; readonly jobId: string }
  /** A person wants it printed again, headed as a second copy or not. */
  | {
      readonly type: 'retried'
      readonly jobId: string
      readonly marked: boolean
      /** Only if it is still in this state: between a look and a decision somebody may have cancelled it. */
      readonly ifStill?: JobState
      readonly note?: string
      /** It is printed there from now on. Default: where it was to be printed before. */
      readonly printer?: string
      /** Its bytes once more, because those of a cancelled job are not kept. */
      readonly payload?: JobPayload
    }
  /** The program that queued it keeps another note with it. */
  | { readonly type: 'noted'; readonly jobId: string; readonly note: string }
  | { readonly type: 'moved'; readonly jobId: string; readonly printer: string }

export interface Ended<T> {
  readonly type: T
  readonly jobId: string
  readonly reason: string
  readonly printed: number
  readonly sent: number
}

export interface JobFilter {
  readonly states?: readonly JobState[]
  /** Its address, however it is written: `tcp://localhost` finds jobs of `tcp://127.0.0.1:9100`. */
  readonly printer?: string
}

/** The record of jobs. Several processes may use one journal at a time. */
export interface Journal {
  /**
   * Writes down what happened; it is durable when the promise resolves (`acked` and `noted` alone may be lost with the power).
   * @throws JournalError `JOB_STATE` when it cannot follow what is written down: a job that is done cannot start
   */
  append(event: JobEvent): Promise<JobRecord>
  get(jobId: string): Promise<JobRecord | undefined>
  /** In the order of the queue. */
  list(filter?: JobFilter): Promise<readonly JobRecord[]>
  /** The payload that `queued` or `retried` brought. It is deleted once the job is done or cancelled. */
  payload(jobId: string): Promise<JobPayload | undefined>
  close(): Promise<void>
}

/**
 * The journal cannot be written or read.
 *
 * @example
 * await fileJournal('/').catch((error) => error instanceof JournalError && error.code) // 'JOURNAL_UNREADABLE'
 */
export class JournalError extends XiaopiaoError {
  override readonly name: string = 'JournalError'
}
