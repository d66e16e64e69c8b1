/** Decides what an agent does with a slip that the hub has given it: its journal decides, because the hub cannot know what is on paper. */

import type { Taken } from '../hub-api/agent-shapes.js'
import type { JobRecord } from '../journal/types.js'
import { endOf, readNote, type SlipEnd } from './note.js'

export type TakenVerdict =
  /** No paper of this key and copy is out, and none is on its way. */
  | { readonly what: 'print' }
  /** The same, and the journal has the job: it was given back before. */
  | { readonly what: 'print-again' }
  /** It waits or is being printed: its end will be told. */
  | { readonly what: 'wait' }
  | { readonly what: 'tell'; readonly end: SlipEnd }

/** Nothing of it is on paper. */
const UNPRINTED: ReadonlySet<string> = new Set(['not-started', 'expired'])

/**
 * The verdict on a slip that was taken, by what the journal has under its key and copy. A `take` may be repeated, since its answer
 * may be lost: without a record nothing was printed. Paper of this key that has other content must not be followed by a second one
 * without a person.
 */
export function judgeTaken(record: JobRecord | undefined, taken: Taken): TakenVerdict {
  if (record === undefined) return { what: 'print' }
  const note = readNote(record)
  const end = endOf(record, note)
  const isUnprinted = end !== undefined && UNPRINTED.has(end.outcome) && record.sent === 0
  // The same epoch was told already; that it is free again is known only from a newer one.
  const isNewer = note?.claim === undefined || taken.epoch > note.claim.epoch
  if (isUnprinted && isNewer) return { what: 'print-again' }
  if (note !== undefined && note.contentHash !== taken.contentHash) {
    return { what: 'tell', end: { outcome: 'uncertain', reason: 'key-conflict' } }
  }
  return end === undefined ? { what: 'wait' } : { what: 'tell', end }
}
