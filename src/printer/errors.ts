/** How a job can fail: before anything was sent, with a known part on paper, or without being known. */

import { XiaopiaoError } from '../model/errors.js'
import type { PrinterStatus, StopReason } from './types.js'

const SAYS: Readonly<Record<StopReason, string>> = {
  'cover-open': 'the cover is open',
  'paper-out': 'the paper is out',
  'cutter-error': 'the cutter is stuck',
  'unrecoverable-error': 'the printer reports an error that it cannot recover from',
  'recoverable-error': 'the printer reports an error',
  overheated: 'the print head is too hot',
  offline: 'the printer is offline',
  aborted: 'the caller gave up',
  timeout: 'the deadline has passed',
  'no-connection': 'there is no connection',
  'connection-lost': 'the connection was lost',
  'write-timeout': 'the printer takes no more bytes',
  silent: 'the printer does not answer',
  'not-confirmed': 'the printer has not confirmed the job',
  closed: 'this printer object has been closed',
}

const REMEDY: Readonly<Record<StopReason, string>> = {
  'cover-open': 'Close the cover.',
  'paper-out': 'Put in a new roll.',
  'cutter-error': 'Clear the jam and switch the printer off and on.',
  'unrecoverable-error': 'Switch the printer off and on; if it stays, it needs service.',
  'recoverable-error': 'Clear the error at the printer.',
  overheated: 'Wait until the head has cooled; it goes on by itself.',
  offline: 'Look at the printer.',
  aborted: '',
  timeout: 'Give it more time, or look at the printer.',
  'no-connection': 'Check address, cable and power.',
  'connection-lost': 'Check cable and power.',
  'write-timeout': 'Look for an empty roll, an open cover, or another host that prints.',
  silent: 'Another host may hold the printer, or it cannot answer: then allow it with ifSilent.',
  'not-confirmed': 'It may be slow, stopped or restarted.',
  closed: 'Open a new one.',
}

export interface PrintErrorDetails {
  readonly reason: StopReason
  readonly jobId?: string | undefined
  /** Bytes of the job that the system took: an upper bound of what the printer has. */
  readonly bytesSent: number
  readonly totalBytes: number
  /** The last that the printer said of itself. */
  readonly status: PrinterStatus
  readonly cause?: unknown
}

/** Base of the three ways in which a job fails. */
export abstract class PrintError extends XiaopiaoError {
  readonly reason: StopReason
  readonly jobId: string | undefined
  readonly bytesSent: number
  readonly totalBytes: number
  readonly status: PrinterStatus

  constructor(code: string, outcome: string, advice: string, details: PrintErrorDetails) {
    const { reason, cause } = details
    super(`${outcome}: ${SAYS[reason]}`, {
      code,
      cause,
      hint: [REMEDY[reason], advice, hintOf(cause)].filter((part) => part !== '').join(' '),
    })
    this.reason = reason
    this.jobId = details.jobId
    this.bytesSent = details.bytesSent
    this.totalBytes = details.totalBytes
    this.status = details.status
  }
}

/** No byte of the job was sent: it may be printed again, or elsewhere. */
export class NotStarted extends PrintError {
  override readonly code = 'PRINT_NOT_STARTED'

  constructor(details: Omit<PrintErrorDetails, 'bytesSent'>) {
    const advice = 'Nothing was printed.'
    super('PRINT_NOT_STARTED', 'not started', advice, { ...details, bytesSent: 0 })
  }
}

/** A part is on paper, and the rest is known never to come out. */
export class PartiallyPrinted extends PrintError {
  override readonly code = 'PRINT_PARTIAL'

  constructor(details: PrintErrorDetails) {
    const advice = 'The rest has been cleared from the printer: print the whole receipt again.'
    super('PRINT_PARTIAL', 'partially printed', advice, details)
  }
}

/** Bytes were sent, and how many came out is not known. Never sent again by itself: it might print twice. */
export class Uncertain extends PrintError {
  override readonly code = 'PRINT_UNCERTAIN'

  constructor(details: PrintErrorDetails) {
    const advice =
      'Look at the paper before printing again; what the printer still holds may yet come out.'
    super('PRINT_UNCERTAIN', 'not known to be printed', advice, details)
  }
}

function hintOf(cause: unknown): string {
  return cause instanceof XiaopiaoError ? (cause.hint ?? '') : ''
}
