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
  /** How often the job was started. */
  readonly attempts: number
  /** Number of segments of the attempt, counting all copies. */
  readonly segments: number
  /** Number of confirmed segments, from the first one on. */
  readonly printed: number
  /** The number of segments that may be on paper, because they were sent. If it is 0, the paper is clean. */
  readonly sent: number
  /** Bytes of the largest segment: if the process ends, the printer may still lack up to so many bytes of a command. */
  readonly partBytes?: number
  /**
   * The grade of a `done` job: `handed-over`, `accepted`, `processed` or `printed`. Before that, the grade of the
   * segments up to `printed`.
   */
  readonly grade?: string
  /** Why it failed or is uncertain; `seen` if a person has found the job on paper. */
  readonly reason?: string
  /** Name of the job for people, such as `order 17`. */
  readonly title?: string
  /** Text that is kept for the program that queued the job; only that program knows what it means. */
  readonly note?: string
  /** The next attempt is headed 补打, since an earlier one may have printed. */
  readonly marked: boolean
  readonly copies: number
  /**
   * The job as it was before the marked attempt that is under way. The job returns to that state if no
   * byte of the attempt is sent.
   */
  readonly before?: Pick<
    JobRecord,
    'state' | 'grade' | 'reason' | 'printed' | 'sent' | 'segments' | 'marked'
  >
  /** Position in the queue; a job that is queued again keeps it. */
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
      /** The job is headed 补打 from the first attempt on, because it is a copy of another job. */
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
      /** The job is headed 补打 because a person asked for it: then a job that is done, uncertain or half printed may start again. */
      readonly marked?: boolean
    }
  /**
   * Segments were confirmed. `grade` is the grade of the job once all segments are confirmed like this; without it they do not make the job
   * done.
   */
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
  /** A person has found the whole job on paper. */
  | { readonly type: 'seen'; readonly jobId: string }
  /** A person wants the job printed again, headed as a second copy or not. */
  | {
      readonly type: 'retried'
      readonly jobId: string
      readonly marked: boolean
      /**
       * The event is refused unless the job is still in this state, because somebody may have cancelled it between a look and a decision.
       */
      readonly ifStill?: JobState
      readonly note?: string
      /** The printer from now on. Default: the printer that the job had before. */
      readonly printer?: string
      /** The payload once more, because that of a cancelled job is not kept. */
      readonly payload?: JobPayload
    }
  /** The program that queued the job replaces its note. */
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
  /** Address of the printer, in any spelling: `tcp://localhost` finds jobs of `tcp://127.0.0.1:9100`. */
  readonly printer?: string
}

/** The record of jobs. Several processes may use one journal at a time. */
export interface Journal {
  /**
   * Records an event and returns the record of its job. The event is durable when the promise resolves; only `acked` and `noted` may be
   * lost in a power failure.
   * @throws JournalError `JOB_STATE` if the event cannot follow the state of the job: a job that is done cannot start
   */
  append(event: JobEvent): Promise<JobRecord>
  get(jobId: string): Promise<JobRecord | undefined>
  /** Lists jobs in the order of the queue. */
  list(filter?: JobFilter): Promise<readonly JobRecord[]>
  /** The payload that `queued` or `retried` brought. It is deleted once the job is done or cancelled. */
  payload(jobId: string): Promise<JobPayload | undefined>
  close(): Promise<void>
}

/**
 * The error of a journal that cannot be written or read, or of an event that does not fit its job.
 *
 * @example
 * await fileJournal('/').catch((error) => error instanceof JournalError && error.code) // 'JOURNAL_UNREADABLE'
 */
export class JournalError extends XiaopiaoError {
  override readonly name: string = 'JournalError'
}
