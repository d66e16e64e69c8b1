/** The rules of a job's life: which event may follow which state, and what the record is after it. */

import { type JobEvent, type JobRecord, type JobState, JournalError } from './types.js'

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
}

const WHAT_TO_DO: Readonly<Record<JobState, string>> = {
  queued: 'It waits to be printed, or can be cancelled.',
  started: 'It is being printed.',
  done: 'It was printed. Another one is a new job, with an id of its own.',
  failed: 'It can be retried, cancelled, or given to another printer.',
  uncertain:
    'Look at the paper: it can be told to be there, retried, cancelled, or given to another printer.',
  cancelled: 'It can be retried.',
}

/** The record after `event`. @throws JournalError `JOB_STATE`, `JOB_UNKNOWN` */
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
      const { reason: _, grade: __, ...rest } = changed
      const { printer, segments } = event
      const attempts = record.attempts + 1
      return { ...rest, state: 'started', printer, segments, attempts, printed: 0, sent: segments }
    }
    case 'acked': {
      const printed = Math.max(record.printed, event.printed)
      return event.grade === undefined
        ? { ...changed, printed }
        : { ...changed, printed, grade: event.grade }
    }
    case 'done':
      return { ...changed, state: 'done', grade: event.grade, printed: record.segments }
    case 'seen':
      return { ...changed, state: 'done', grade: 'printed', reason: 'seen' }
    case 'failed':
    case 'uncertain': {
      const { grade: _, ...rest } = changed
      const { reason, printed, sent } = event
      return { ...rest, state: event.type, reason, printed, sent }
    }
    case 'cancelled':
      return { ...changed, state: 'cancelled' }
    case 'retried':
      return { ...changed, state: 'queued', marked: event.marked, printed: 0, sent: 0 }
    case 'moved':
      return { ...changed, printer: event.printer }
    default:
      event satisfies never
      return changed
  }
}

/** Whether a record is over, so that what it brought to print need not be kept. */
export function isOver({ state }: JobRecord): boolean {
  return state === 'done' || state === 'cancelled'
}

function created(event: JobEvent, at: string, order: number): JobRecord {
  if (event.type !== 'queued' && event.type !== 'started') throw unknown(event.jobId)
  const { jobId, printer, title } = event
  const copies = (event.type === 'queued' ? event.copies : undefined) ?? 1
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
    marked: false,
    copies,
    order,
  }
  return title === undefined ? record : { ...record, title }
}

function refuseWrong(before: JobRecord | undefined, event: JobEvent): void {
  if (before === undefined && !MAY_FOLLOW[event.type].includes('new')) throw unknown(event.jobId)
  if (before === undefined) return
  const allowed = MAY_FOLLOW[event.type].includes(before.state)
  // A part of it is on paper: a person has to say that it shall be printed again.
  const half = event.type === 'started' && before.state === 'failed' && before.sent > 0
  if (allowed && !half) return
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
    hint: 'Check the id; jobs that ended long ago are forgotten.',
  })
}
