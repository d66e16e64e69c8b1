/**
 * The facts that a session has about a job, as one value, and the conclusions from them. The session only collects
 * facts. Every judgement is made here, so that each claim can be read against the table in docs/printing.md.
 */

import { isClean } from './status.js'
import type { Grade, PrinterStatus } from './types.js'

/**
 * The kind of question behind each part of a job: a process ID; a block that tells the model (GS I); a single byte
 * (GS r), which alone proves little; or none.
 */
export type Proof = 'ids' | 'blocks' | 'bytes' | 'none'

/** Facts that were seen, and no opinions. A part is a segment of one copy. */
export interface Evidence {
  readonly proof: Proof
  readonly isTwoWay: boolean
  /** The printer has sent at least one byte that may be an answer. */
  readonly heard: boolean
  /** Number of parts in the whole job, all copies counted. */
  readonly parts: number
  /** Parts of which at least one byte may have reached the printer, on all connections. */
  readonly begun: number
  /** Every byte of every part was taken by the system. */
  readonly isWhole: boolean
  /** Parts whose own process ID came back, from the first one on, on any connection. */
  readonly printedIds: number
  /**
   * Parts that were sent on the last connection and proven on it, counted from its first one, by the questions behind a whole copy. With
   * blocks, each part had its own question, and one more followed the status. With single bytes, a run of GS r 1 and DLE EOT in turn was
   * answered in full, each question once.
   */
  readonly provenHere: number
  /** Parts that the last connection took. */
  readonly begunHere: number
  /** How many connections took a part. */
  readonly connections: number
  /** Number of events on the last connection that answer no question. */
  readonly strays: number
  /**
   * `excluded`: a restart would have ended the connection, or the witness was still there. `unseen`: the link hides
   * restarts. `seen`: the printer has restarted.
   */
  readonly restart: 'excluded' | 'unseen' | 'seen'
  /**
   * Whether the same printer answers since the connection was lost. `unknown`: the printer cannot name itself. `silent`: it named itself
   * before the job and does not now.
   */
  readonly answerer: 'same' | 'other' | 'silent' | 'unknown'
  /** The print system between us and the printer has refused the job. */
  readonly refused: boolean
  /** The printer has confirmed that it cleared its buffers. */
  readonly cleared: boolean
  /** The last status that the printer reported. */
  readonly status: PrinterStatus
}

/** Returns the number of parts known to be printed (by process IDs) or processed, from the first one on. */
export function provenOf(evidence: Evidence): number {
  const { proof, printedIds, provenHere, connections, strays, restart } = evidence
  if (restart === 'unseen') return 0
  switch (proof) {
    case 'ids':
      return printedIds
    case 'blocks':
    case 'bytes':
      // Processed is not yet printed, so answers from before a lost connection prove nothing about later parts. An answer that came twice
      // may also hide one that never came, with blocks as with single bytes.
      return connections === 1 && strays === 0 ? provenHere : 0
    case 'none':
      return 0
  }
}

/** Returns the best grade that the evidence allows for a job that was sent in full. */
export function gradeOf(evidence: Evidence): Grade {
  const { proof, isTwoWay, parts, status } = evidence
  if (!isTwoWay) return 'handed-over'
  // A job without parts proves nothing, although all of its parts are proven.
  const isProven = parts > 0 && provenOf(evidence) === parts && evidence.restart === 'excluded'
  if (!isProven) return 'accepted'
  if (proof === 'ids') return 'printed'
  return isClean(status) ? 'processed' : 'accepted'
}

/**
 * The grade of a job once all its parts are proven in this way. The journal gets it with each part, because the
 * process may end at any time.
 */
export function gradeInJournalOf({ proof, restart }: Evidence): Grade | undefined {
  return proof === 'ids' && restart === 'excluded' ? 'printed' : undefined
}

/** Returns why the grade is lower than the printer could have proven, or undefined if it is not. */
export type Shortfall = 'strays' | 'reconnected' | 'restart-unseen' | 'status-incomplete'

export function shortfallOf(evidence: Evidence): Shortfall | undefined {
  const { proof, isTwoWay, heard, parts, strays, connections, restart } = evidence
  if (!isTwoWay || !heard || parts === 0 || proof === 'none') return undefined
  const grade = gradeOf(evidence)
  if (grade === 'printed' || grade === 'processed') return undefined
  if (restart !== 'excluded') return 'restart-unseen'
  if (strays > 0) return 'strays'
  if (connections > 1 && proof !== 'ids') return 'reconnected'
  return 'status-incomplete'
}

/** Whether the job may go on over a new connection with the part that comes next. */
export function mayGoOn(evidence: Evidence): boolean {
  const { proof, begun, begunHere, provenHere, printedIds, strays, restart, answerer } = evidence
  if (restart !== 'excluded' || answerer === 'other' || answerer === 'silent') return false
  if (proof === 'ids') return printedIds === begun
  // Proof is only asked for at the end of a copy, so this connection's copies must be whole. Earlier ones were checked at the time.
  const isKnown = begun > 0 && provenHere === begunHere
  return isKnown && proof !== 'none' && strays === 0
}

/** Whether no more of the job will come out. Only the printer that took the job can confirm that. */
export function isFinal({ cleared, connections, answerer }: Evidence): boolean {
  if (!cleared || answerer === 'other') return false
  return connections === 1 || answerer === 'same'
}

/** Whether a part of the job is known to be missing on the paper, and never to come. */
export function isPartMissing(evidence: Evidence): boolean {
  const { proof, begun, parts, isWhole, printedIds, restart, answerer } = evidence
  if (restart !== 'excluded' || isWhole || answerer === 'other') return false
  if (isFinal(evidence)) return true
  return proof === 'ids' && printedIds === begun && begun < parts
}

/** How a job has failed. */
export function failureOf(evidence: Evidence): 'not-started' | 'partial' | 'uncertain' {
  if (evidence.begun === 0 || evidence.refused) return 'not-started'
  return isPartMissing(evidence) ? 'partial' : 'uncertain'
}
