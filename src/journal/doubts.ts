/**
 * The doubts that a damaged line leaves. A job that the line may have begun or cancelled must not be printed, and a
 * job that it may have brought must not be forgotten.
 */

import type { Records } from './records.js'
import type { JobRecord } from './types.js'

/** Lines that take no job out of the queue: without them the other jobs are what they were. */
const HARMLESS = /^\{"event":"(queued|acked|done|seen|uncertain|retried|moved|noted|compacted)",/
/** A job that had not been begun then; if it was later, a later line says so. */
const NOT_BEGUN = /^\{"event":"queued",/
const JOB_ID = /"jobId":("(?:[^"\\]|\\.)*")/
const PRINTER = /"printer":("(?:[^"\\]|\\.)*")/
const ORDER = /"order":(\d+)[,}]/

const DOUBT = { reason: 'journal-damaged', printed: 0 } as const

/** The records that the damaged line leaves, instead of those that it would have made. */
export function doubtedBy(text: string, records: Records): readonly JobRecord[] {
  const jobId = namedIn(text)
  const known = jobId === undefined ? undefined : records.get(jobId)
  const lost = jobId === undefined || known !== undefined ? [] : [stubOf(jobId, text)]
  if (HARMLESS.test(text)) return lost
  // Its id and its place are two witnesses: damage to one of them does not turn it into another job.
  const isSure = known !== undefined && String(known.order) === ORDER.exec(text)?.[1]
  const waiting = isSure
    ? [known].filter(({ state }) => state === 'queued')
    : records.list({ states: ['queued'] })
  return [
    ...lost,
    ...waiting.map((record) => ({ ...record, ...DOUBT, state: 'uncertain', sent: 1 }) as const),
  ]
}

/** The job that a damaged line names, which may itself be wrong. */
export function namedIn(text: string): string | undefined {
  return textAt(JOB_ID, text)
}

/** A job of which no other line is known so far: without its bytes, which may be damaged. */
function stubOf(jobId: string, text: string): JobRecord {
  const isNew = NOT_BEGUN.test(text)
  return {
    jobId,
    printer: textAt(PRINTER, text) ?? '',
    state: isNew ? 'failed' : 'uncertain',
    createdAt: '',
    changedAt: '',
    attempts: 0,
    segments: 0,
    ...DOUBT,
    sent: isNew ? 0 : 1,
    marked: false,
    copies: 1,
    order: Number(ORDER.exec(text)?.[1] ?? 0),
  }
}

function textAt(pattern: RegExp, text: string): string | undefined {
  try {
    return JSON.parse(pattern.exec(text)?.[1] ?? '') as string
  } catch {
    return undefined
  }
}
