/** A slip in the form in which the desk adds it to the queue. */

import type { Taken } from '../hub-api/agent-shapes.js'
import type { JobPayload } from '../journal/types.js'
import type { SlipNote } from './note.js'

/** The bytes to print, with their printer and their note. */
export interface SlipJob {
  readonly jobId: string
  /** The printer's address. */
  readonly uri: string
  readonly note: SlipNote
  readonly payload: JobPayload
  readonly title?: string | undefined
  readonly marked?: boolean
}

export function noteOfTaken(taken: Taken, acceptedAt: string): SlipNote {
  const { slip, epoch, printer, contentHash, payload, expiresAt } = taken
  return {
    origin: 'hub',
    id: slip,
    printer,
    contentHash,
    payloadHash: payload.hash,
    acceptedAt,
    claim: { slip, epoch },
    ...(expiresAt === null ? {} : { expiresAt }),
  }
}
