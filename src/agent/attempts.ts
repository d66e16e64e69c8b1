/** Learns from the queue's attempts which printers are in trouble, and which event the journal lacks after an attempt. */

import type { JobEvent, JobRecord } from '../journal/types.js'
import { NotStarted, PrintError } from '../printer/errors.js'
import type { QueueOutcome } from '../printer/queue-options.js'

export interface Trouble {
  readonly reason: string
  readonly sinceMs: number
}

/** The printers that cannot begin a slip, with the reason and since when. */
export class Troubles {
  readonly #byUri = new Map<string, Trouble>()

  at(uri: string): Trouble | undefined {
    return this.#byUri.get(uri)
  }

  note(uri: string, { error, elsewhere }: QueueOutcome): void {
    if (elsewhere !== undefined) return
    const isTrouble = error instanceof NotStarted && error.reason !== 'journal'
    this.set(uri, isTrouble ? error.reason : undefined)
  }

  /** @param reason undefined if the printer can begin */
  set(uri: string, reason: string | undefined): void {
    if (reason === undefined) this.#byUri.delete(uri)
    else this.#byUri.set(uri, { reason, sinceMs: this.at(uri)?.sinceMs ?? performance.now() })
  }
}

/**
 * Returns the event that the journal lacks after an attempt. If the disk was full for a moment, it may have refused the end of a slip, which only
 * this process knows then.
 */
export function missingEvent(
  { jobId, result, error }: QueueOutcome,
  record: JobRecord | undefined,
): JobEvent | undefined {
  if (record?.state !== 'started') return undefined
  if (result !== undefined) return { type: 'done', jobId, grade: result.grade }
  if (!(error instanceof PrintError) || error instanceof NotStarted) return undefined
  const { reason, reach } = error
  return { type: 'uncertain', jobId, reason, printed: reach.printed, sent: reach.sent }
}

/** Whether the job cannot be printed at all, so that the queue does not try it again. */
export function isBroken({ error, elsewhere }: QueueOutcome): boolean {
  return elsewhere === undefined && error !== undefined && !(error instanceof PrintError)
}
