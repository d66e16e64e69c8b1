/** Decides by the journal what an agent does with a slip that it has taken, because the hub cannot know what is on paper. */

import type { Taken } from '../hub-api/agent-shapes.js'
import type { JobRecord } from '../journal/types.js'
import { endOf, readNote, type SlipEnd } from './note.js'

export type TakenVerdict =
  /** No paper of this key and copy index has come out, and none is being printed. */
  | { readonly what: 'print' }
  /** The same, but the journal has the job, which was given back before. */
  | { readonly what: 'print-again' }
  /** The slip waits or is being printed, and its end will be reported. */
  | { readonly what: 'wait' }
  | { readonly what: 'tell'; readonly end: SlipEnd }

/** Outcomes of slips of which nothing is on paper. */
const UNPRINTED: ReadonlySet<string> = new Set(['not-started', 'expired'])

/**
 * Judges a slip that was taken by the journal's record of its key and copy index. If there is no record, nothing was printed, even if the slip was
 * taken before, since the answer to a `take` may be lost. If paper of this key has other content, only a person may have a second one printed.
 */
export function judgeTaken(record: JobRecord | undefined, taken: Taken): TakenVerdict {
  if (record === undefined) return { what: 'print' }
  const note = readNote(record)
  const end = endOf(record, note)
  const isUnprinted = end !== undefined && UNPRINTED.has(end.outcome) && record.sent === 0
  // The end of this epoch was reported already. Only a newer epoch shows that the hub has given the slip out again.
  const isNewer = note?.claim === undefined || taken.epoch > note.claim.epoch
  if (isUnprinted && isNewer) return { what: 'print-again' }
  if (note !== undefined && note.contentHash !== taken.contentHash) {
    return { what: 'tell', end: { outcome: 'uncertain', reason: 'key-conflict' } }
  }
  return end === undefined ? { what: 'wait' } : { what: 'tell', end }
}
