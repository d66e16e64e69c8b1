/**
 * The doubts that a damaged line leaves. A job that the line may have started or cancelled must not be printed, and a
 * job that it may have queued must not be forgotten.
 */

import type { Records } from './records.js'
import type { JobRecord } from './types.js'

/** Lines of events that take no job out of the queue: if one is lost, the other jobs stay as they were. */
const HARMLESS = /^\{"event":"(queued|acked|done|seen|uncertain|retried|moved|noted|compacted)",/
/** A line of a job that had not been started yet; if it was started later, a later line says so. */
const NOT_BEGUN = /^\{"event":"queued",/
const JOB_ID = /"jobId":("(?:[^"\\]|\\.)*")/
const PRINTER = /"printer":("(?:[^"\\]|\\.)*")/
const ORDER = /"order":(\d+)[,}]/

const DOUBT = { reason: 'journal-damaged', printed: 0 } as const

/** Returns the records to keep in place of those that the damaged line would have made. */
export function doubtedBy(text: string, records: Records): readonly JobRecord[] {
  const jobId = namedIn(text)
  const known = jobId === undefined ? undefined : records.get(jobId)
  const lost = jobId === undefined || known !== undefined ? [] : [stubOf(jobId, text)]
  if (HARMLESS.test(text)) return lost
  // The id and the order must both be right, because damage to only one of them could make the line seem to be about another job.
  const isSure = known !== undefined && String(known.order) === ORDER.exec(text)?.[1]
  const waiting = isSure
    ? [known].filter(({ state }) => state === 'queued')
    : records.list({ states: ['queued'] })
  return [
    ...lost,
    ...waiting.map((record) => ({ ...record, ...DOUBT, state: 'uncertain', sent: 1 }) as const),
  ]
}

/** Returns the job ID in a damaged line, which may be damaged itself. */
export function namedIn(text: string): string | undefined {
  return textAt(JOB_ID, text)
}

/** A record for a job that no earlier line names, without its bytes, which may be damaged. */
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
