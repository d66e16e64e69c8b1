/** The facts that the agent's journal keeps of a slip beside its bytes: whose it is, and what the hub has been told of it. */

import type { Outcome } from '../hub-api/states.js'
import type { JobRecord } from '../journal/types.js'

/** Why a slip that was never begun will not be printed by this agent. */
export interface GivenBack {
  readonly outcome: 'not-started' | 'expired'
  readonly reason: string
}

export interface SlipNote {
  /** `lan`: it was handed in at the agent. */
  readonly origin: 'hub' | 'lan'
  /** Under which the LAN knows it: the hub's id of it, or one of ours. */
  readonly id: string
  /** The printer's id at the hub. */
  readonly printer: string
  readonly contentHash: string
  readonly payloadHash: string
  /** ISO 8601, when the agent got it. */
  readonly acceptedAt: string
  readonly expiresAt?: string
  /** The slip of the hub that wants this paper, as it was taken last. */
  readonly claim?: { readonly slip: string; readonly epoch: number }
  readonly givenBack?: GivenBack
  /** The end that the hub has confirmed to know, see `endOf`. */
  readonly told?: string
}

/** Key and number of the copy: what was on paper under this name is never printed again. */
export function jobIdOf(key: string, copyIndex: number): string {
  return `${copyIndex}:${key}`
}

/** Undefined for a job that somebody else has put into the journal. */
export function readJobId(
  jobId: string,
): { readonly key: string; readonly copyIndex: number } | undefined {
  const [, copyIndex, key] = /^(\d+):(.+)$/.exec(jobId) ?? []
  return key === undefined ? undefined : { key, copyIndex: Number(copyIndex) }
}

export function formatNote(note: SlipNote): string {
  return JSON.stringify(note)
}

/** Undefined for a job that is no slip of the agent, or whose line in the journal was damaged. */
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

/** How a slip ended, by the journal alone. */
export interface SlipEnd {
  readonly outcome: Outcome
  readonly reason?: string
}

/**
 * The end of a slip. Undefined while it waits or is printed: a job that failed before its first byte is tried again by the queue, and only a
 * cancelled one cannot begin any more, so that this alone proves "not started".
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

/** One word for what was told of a slip: another epoch, or another end, is to be told again. */
export function toldOf({ claim }: SlipNote, { outcome }: SlipEnd): string {
  return `${claim?.slip ?? ''} ${claim?.epoch ?? 0} ${outcome}`
}
