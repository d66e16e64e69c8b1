/** The note in the agent's journal with the facts about a slip beside its bytes: where it comes from, and what the hub knows of it. */

import type { Outcome } from '../hub-api/states.js'
import type { JobRecord } from '../journal/types.js'

/** Why a slip that was never begun will not be printed by this agent. */
export interface GivenBack {
  readonly outcome: 'not-started' | 'expired'
  readonly reason: string
}

export interface SlipNote {
  /** `lan` if the slip was handed in at the agent. */
  readonly origin: 'hub' | 'lan'
  /** The slip's id on the LAN: the hub's id, or one that the agent made. */
  readonly id: string
  /** The printer's id at the hub. */
  readonly printer: string
  readonly contentHash: string
  readonly payloadHash: string
  /** When the agent got the slip, in ISO 8601. */
  readonly acceptedAt: string
  readonly expiresAt?: string
  /** The hub's slip and epoch that this paper is for, as it was last taken. */
  readonly claim?: { readonly slip: string; readonly epoch: number }
  readonly givenBack?: GivenBack
  /** The end that the hub has confirmed, in the form of `toldOf`. */
  readonly told?: string
}

/** The job's id from key and copy index. A slip that was on paper under this id is never printed again. */
export function jobIdOf(key: string, copyIndex: number): string {
  return `${copyIndex}:${key}`
}

/** Reads a job's id; undefined if the job was not put into the journal by an agent. */
export function readJobId(
  jobId: string,
): { readonly key: string; readonly copyIndex: number } | undefined {
  const [, copyIndex, key] = /^(\d+):(.+)$/.exec(jobId) ?? []
  return key === undefined ? undefined : { key, copyIndex: Number(copyIndex) }
}

export function formatNote(note: SlipNote): string {
  return JSON.stringify(note)
}

/** Reads the note of a job; undefined if the job is not a slip of the agent, or its line in the journal was damaged. */
export function readNote({ note }: Pick<JobRecord, 'note'>): SlipNote | undefined {
  if (note === undefined) return undefined
  try {
    const value: unknown = JSON.parse(note)
    return isNote(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isNote(value: unknown): value is SlipNote {
  return typeof value === 'object' && value !== null && 'origin' in value && 'printer' in value
}

const GRADES: Readonly<Record<string, Outcome>> = {
  printed: 'printed',
  processed: 'processed',
  accepted: 'accepted-by-printer',
  'handed-over': 'handed-over',
}

/** How a slip ended, according to the journal. */
export interface SlipEnd {
  readonly outcome: Outcome
  readonly reason?: string
}

/**
 * Returns the end of a slip; undefined while it waits or is being printed. A job that failed before its first byte has not ended, because the queue
 * tries it again. Only a cancelled job cannot begin any more, so that cancellation alone proves "not started".
 */
export function endOf(record: JobRecord, note = readNote(record)): SlipEnd | undefined {
  const { state, sent, reason } = record
  const because = reason === undefined ? {} : { reason }
  switch (state) {
    case 'queued':
    case 'started':
      return undefined
    case 'done':
      return { outcome: GRADES[record.grade ?? ''] ?? 'uncertain', ...because }
    case 'uncertain':
      return { outcome: 'uncertain', ...because }
    case 'failed':
      return sent === 0 ? undefined : { outcome: 'partial', ...because }
    case 'cancelled':
      if (sent > 0) return { outcome: 'uncertain', ...because }
      return note?.givenBack ?? { outcome: 'expired', reason: 'cancelled at the agent' }
  }
}

/** Makes the text that stands for a reported end. It differs for another epoch or another end, which has to be reported again. */
export function toldOf({ claim }: SlipNote, { outcome }: SlipEnd): string {
  return `${claim?.slip ?? ''} ${claim?.epoch ?? 0} ${outcome}`
}
