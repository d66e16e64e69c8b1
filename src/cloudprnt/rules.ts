/**
 * The meaning of a polling printer's requests for its slip, as pure functions.
 *
 * A printer asks by POST whether there is a job, fetches it by GET, and confirms it by DELETE. Its slip is taken with the GET, because no byte
 * can be on paper before that. From then on only the printer's own report ends it. A GET that is repeated is answered with the same bytes. A POST
 * that says that nothing is being printed, although no DELETE came, ends the slip as uncertain: the paper may have come out, so that
 * the slip is never handed out again.
 */

import type { Outcome } from '../hub-api/states.js'

/** The slip that a printer holds. */
export interface CloudSlip {
  readonly slip: string
  readonly epoch: number
  /** True if the bytes were handed out; false if the slip was only taken. */
  readonly isFetched: boolean
}

export interface Poll {
  /** Such as `200 OK` or `410 Out of paper`. */
  readonly statusCode: string
  readonly printingInProgress: boolean
}

export interface CloudEnd {
  readonly outcome: Outcome
  readonly reason?: string
}

export interface PollVerdict {
  /** The end of the slip that the printer holds; undefined if it has not ended, or if the printer holds none. */
  readonly end?: CloudEnd
  /** Whether the printer may be offered the next slip, or again the one that it has not fetched. */
  readonly mayOffer: boolean
}

/** Reasons by the first digits of a code, in the words that other printers' reasons have. */
const REASONS: readonly (readonly [start: string, reason: string])[] = [
  ['410', 'paper-out'],
  ['41', 'paper-error'],
  ['42', 'cover-open'],
  ['4', 'printer-error'],
  ['521', 'job-too-large'],
  ['51', 'media-refused'],
]
/** First digits of a printer that is online but busy: 220 is printing, 221 waits until its paper is taken. */
const BUSY = '22'

/** Judges a poll. @param wasPrinting whether an earlier poll said that this very slip was being printed */
export function judgePoll(
  held: CloudSlip | undefined,
  { statusCode, printingInProgress }: Poll,
  wasPrinting: boolean,
): PollVerdict {
  const isReady = isGood(statusCode) && !statusCode.startsWith(BUSY)
  if (held === undefined || !held.isFetched) return { mayOffer: isReady && !printingInProgress }
  if (printingInProgress || statusCode.startsWith(BUSY)) return { mayOffer: false }
  if (!isGood(statusCode) && wasPrinting) {
    return { end: { outcome: 'partial', reason: reasonOf(statusCode) }, mayOffer: false }
  }
  const reason = isGood(statusCode) ? 'not-confirmed' : reasonOf(statusCode)
  return { end: { outcome: 'uncertain', reason }, mayOffer: isReady }
}

/**
 * Judges a DELETE. Only `520` proves that nothing was printed, because the download failed. A picture that the printer refuses does not count as not
 * started, because it would be handed out for ever.
 */
export function judgeConfirmation(code: string): CloudEnd {
  if (isGood(code)) return { outcome: 'printed' }
  if (code.startsWith('520')) return { outcome: 'not-started', reason: 'download-timeout' }
  return { outcome: 'uncertain', reason: reasonOf(code) }
}

/** Makes a token from the slip and its epoch, so that no token is handed out twice. */
export function tokenOf({ slip, epoch }: Pick<CloudSlip, 'slip' | 'epoch'>): string {
  return `${slip}.${epoch}`
}

/** Reads a token; undefined if it was not made by `tokenOf`. */
export function readToken(token: string): Pick<CloudSlip, 'slip' | 'epoch'> | undefined {
  const [, slip, epoch] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/.exec(token) ?? []
  return slip === undefined ? undefined : { slip, epoch: Number(epoch) }
}

/** Whether a code means success: it is `OK` or begins with 2. */
export function isGood(code: string): boolean {
  return code.startsWith('2') || /^ok\b/i.test(code)
}

export function reasonOf(code: string): string {
  const known = REASONS.find(([start]) => code.startsWith(start))
  return known?.[1] ?? 'printer-refused'
}
