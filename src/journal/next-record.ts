/** The rules of a job's life: which event may follow which state, and what the record is after it. */

import {
  type JobEvent,
  type JobPayload,
  type JobRecord,
  type JobState,
  JournalError,
} from './types.js'

const MAY_FOLLOW: Readonly<Record<JobEvent['type'], readonly (JobState | 'new')[]>> = {
  queued: ['new'],
  started: ['new', 'queued', 'failed'],
  acked: ['started'],
  done: ['started'],
  seen: ['failed', 'uncertain'],
  failed: ['queued', 'started'],
  uncertain: ['started'],
  cancelled: ['queued', 'failed', 'uncertain'],
  retried: ['failed', 'uncertain', 'cancelled'],
  moved: ['queued', 'failed', 'uncertain'],
  noted: ['queued', 'started', 'done', 'failed', 'uncertain', 'cancelled'],
}

const WHAT_TO_DO: Readonly<Record<JobState, string>> = {
  queued: 'it waits to be printed, or can be cancelled',
  started: 'it is being printed',
  done: 'it was printed; print it with marked: true (--marked) for a marked copy; a queue has no bytes of it any more',
  failed: 'it can be retried, cancelled, or given to another printer',
  uncertain:
    'look at the paper: it can be told to be there, retried, cancelled, or given to another printer',
  cancelled: 'it can be retried',
}

/** Returns the record after `event`. @throws JournalError `JOB_STATE`, `JOB_UNKNOWN` */
export function nextRecord(
  before: JobRecord | undefined,
  event: JobEvent,
  at: string,
  order: number,
): JobRecord {
  refuseWrong(before, event)
  const record = before ?? created(event, at, order)
  const changed = { ...record, changedAt: at }
  switch (event.type) {
    case 'queued':
      return changed
    case 'started': {
      const { reason: _, grade: __, before: ___, ...rest } = changed
      const { printer, segments, partBytes, marked = record.marked } = event
      const attempts = record.attempts + 1
      const begun = { ...rest, state: 'started', printer, segments, attempts, marked } as const
      const size = partBytes === undefined ? {} : { partBytes }
      const started = { ...begun, ...size, printed: 0, sent: segments }
      return mayBeOnPaper(before) ? { ...started, before: outcomeOf(before) } : started
    }
    case 'acked': {
      const printed = Math.max(record.printed, event.printed)
      return event.grade === undefined
        ? { ...changed, printed }
        : { ...changed, printed, grade: event.grade }
    }
    case 'done': {
      const { before: _, ...rest } = changed
      return { ...rest, state: 'done', grade: event.grade, printed: record.segments }
    }
    case 'seen':
      return { ...changed, state: 'done', grade: 'printed', reason: 'seen' }
    case 'failed':
    case 'uncertain': {
      const { grade: _, before: earlier, ...rest } = changed
      const { reason, printed, sent } = event
      // No byte of the marked copy was sent, so the job is again as it was before.
      if (earlier !== undefined && event.type === 'failed' && sent === 0) {
        return { ...rest, ...earlier }
      }
      return { ...rest, state: event.type, reason, printed, sent }
    }
    case 'cancelled': {
      const cancelled = { ...changed, state: 'cancelled' } as const
      return event.note === undefined ? cancelled : { ...cancelled, note: event.note }
    }
    case 'retried': {
      const { marked, note = record.note, printer = record.printer } = event
      const again = { ...changed, state: 'queued', printer, marked, printed: 0, sent: 0 } as const
      return note === undefined ? again : { ...again, note }
    }
    case 'moved':
      return { ...changed, printer: event.printer }
    case 'noted':
      return { ...changed, note: event.note }
    default:
      event satisfies never
      return changed
  }
}

/** Whether a part of the job may be on paper, or all of it is. */
function mayBeOnPaper(record: JobRecord | undefined): record is JobRecord {
  if (record === undefined) return false
  const { state, sent } = record
  return state === 'done' || state === 'uncertain' || (state === 'failed' && sent > 0)
}

function outcomeOf(record: JobRecord): NonNullable<JobRecord['before']> {
  const { state, printed, sent, segments, marked, grade, reason } = record
  const outcome = { state, printed, sent, segments, marked }
  return {
    ...outcome,
    ...(grade === undefined ? {} : { grade }),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** Whether a job is over, so that its payload need not be kept. */
export function isOver({ state }: JobRecord): boolean {
  return state === 'done' || state === 'cancelled'
}

/** Returns the payload that an event brings. */
export function payloadIn(event: JobEvent): JobPayload | undefined {
  return event.type === 'queued' || event.type === 'retried' ? event.payload : undefined
}

function created(event: JobEvent, at: string, order: number): JobRecord {
  if (event.type !== 'queued' && event.type !== 'started') throw unknown(event.jobId)
  const { jobId, printer, title } = event
  const { copies = 1, marked = false, note = undefined } = event.type === 'queued' ? event : {}
  const record: JobRecord = {
    jobId,
    printer,
    state: 'queued',
    createdAt: at,
    changedAt: at,
    attempts: 0,
    segments: 0,
    printed: 0,
    sent: 0,
    marked,
    copies,
    order,
  }
  return {
    ...record,
    ...(title === undefined ? {} : { title }),
    ...(note === undefined ? {} : { note }),
  }
}

function refuseWrong(before: JobRecord | undefined, event: JobEvent): void {
  if (before === undefined && !MAY_FOLLOW[event.type].includes('new')) throw unknown(event.jobId)
  if (before === undefined) return
  // A job that may be on paper starts again only if a person has asked for a marked copy.
  const allowed =
    event.type === 'started' && mayBeOnPaper(before)
      ? event.marked === true
      : MAY_FOLLOW[event.type].includes(before.state)
  const isStill = event.type !== 'retried' || (event.ifStill ?? before.state) === before.state
  if (allowed && isStill) return
  throw new JournalError(
    `job ${event.jobId} is ${before.state}: it cannot be ${event.type} from there`,
    {
      code: 'JOB_STATE',
      hint: WHAT_TO_DO[before.state],
    },
  )
}

function unknown(jobId: string): JournalError {
  return new JournalError(`no job ${jobId} is in the journal`, {
    code: 'JOB_UNKNOWN',
    hint: 'check the id; jobs that ended long ago are forgotten',
  })
}
