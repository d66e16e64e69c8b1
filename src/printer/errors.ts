/** The three ways in which a job can fail: nothing was sent; a known part is on paper; or it is unknown how much is on paper. */

import { LockError } from '../locks/file-lock.js'
import { XiaopiaoError } from '../model/errors.js'
import { isError } from '../model/realms.js'
import type { PrinterStatus, Reach, StopReason } from './types.js'

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
  'not-a-printer': 'no printer answers at the address',
  refused: 'the print system refused the job',
  'connection-lost': 'the connection was lost',
  restarted: 'the printer has restarted, or thrown away what it held',
  'write-timeout': 'the printer takes no more bytes',
  silent: 'the printer does not answer',
  'not-confirmed': 'the printer has not confirmed the job',
  'other-printer': 'another printer answers at the address now',
  closed: 'this printer object has been closed',
  busy: 'another process of this machine holds the printer',
  'lock-folder': 'the printer cannot be kept from other processes',
  interrupted: 'the process that printed it ended in the middle',
  journal: 'the journal does not allow it',
  'journal-damaged': 'its line in the journal is damaged',
}

const REMEDY: Readonly<Record<StopReason, string>> = {
  'cover-open': 'close the cover',
  'paper-out': 'put in a new roll',
  'cutter-error': 'clear the jam and switch the printer off and on',
  'unrecoverable-error': 'switch the printer off and on; if it stays, it needs service',
  'recoverable-error': 'clear the error at the printer',
  overheated: 'wait until the head has cooled; it goes on by itself',
  offline: 'look at the printer',
  aborted: '',
  timeout: 'give it more time, or look at the printer',
  'no-connection': 'check address, cable and power',
  'not-a-printer': '',
  refused: '',
  'connection-lost': 'check cable and power',
  restarted: 'check its power supply',
  'write-timeout': 'look for an empty roll, an open cover, or another host that prints',
  silent: 'another host may hold the printer, or it cannot answer: then allow it with ifSilent',
  'not-confirmed': 'it may be slow, stopped or restarted',
  'other-printer': 'find the printer that has the job, and give each printer an address of its own',
  closed: 'open a new one',
  busy: '',
  'lock-folder': '',
  interrupted: '',
  journal: '',
  'journal-damaged': '',
}

/** Reads a reason from a journal; any text that is no `StopReason` counts as `interrupted`. */
export function asStopReason(text: string | undefined): StopReason {
  return text !== undefined && Object.hasOwn(SAYS, text) ? (text as StopReason) : 'interrupted'
}

/** Returns the reason why the printer could not be locked, or undefined if the failure has nothing to do with locks. */
export function lockReasonOf(cause: unknown): 'busy' | 'lock-folder' | undefined {
  if (!(cause instanceof LockError)) return undefined
  return cause.code === 'LOCKED' ? 'busy' : 'lock-folder'
}

const NOWHERE: Reach = {
  segments: 0,
  printed: 0,
  sent: 0,
  lines: { total: 0, printed: 0, sent: 0 },
  copy: 1,
  copySent: 1,
  path: undefined,
}

export interface PrintErrorDetails {
  readonly reason: StopReason
  readonly jobId?: string | undefined
  /** Bytes of the job that the system took: an upper bound of what the printer has. */
  readonly bytesSent: number
  readonly totalBytes: number
  readonly reach?: Reach | undefined
  /** The last status that the printer reported. */
  readonly status: PrinterStatus
  /** The rest of the job will not come out, because the printer has thrown it away. */
  readonly final?: boolean
  readonly cause?: unknown
}

/**
 * Base of the three ways in which a job fails.
 *
 * @example
 * await using printer = openPrinter('tcp://127.0.0.1:1', { profile })
 * const printing = printer.print(receipt, { timeoutMs: 500 })
 * await printing.catch((error) => error instanceof PrintError && error.bytesSent) // 0
 */
export abstract class PrintError extends XiaopiaoError {
  readonly reason: StopReason
  readonly jobId: string | undefined
  readonly bytesSent: number
  readonly totalBytes: number
  /** How far the job got, in segments and in lines of the receipt. */
  readonly reach: Reach
  readonly status: PrinterStatus

  constructor(code: string, outcome: string, advice: string, details: PrintErrorDetails) {
    const { reason, cause, reach = NOWHERE } = details
    super(`${outcome}: ${SAYS[reason]}${causeOf(reason, cause)}${linesOf(reach)}`, {
      code,
      cause,
      path: reach.path,
      hint: [REMEDY[reason], advice, hintOf(cause)].filter((part) => part !== '').join('; '),
    })
    this.reason = reason
    this.jobId = details.jobId
    this.bytesSent = details.bytesSent
    this.totalBytes = details.totalBytes
    this.reach = reach
    this.status = details.status
  }
}

/**
 * No byte of the job was sent: it may be printed again, or elsewhere.
 *
 * @example
 * await using printer = openPrinter('tcp://127.0.0.1:1', { profile })
 * const printing = printer.print(receipt, { timeoutMs: 500 })
 * await printing.catch((error) => error instanceof NotStarted && error.code) // 'PRINT_NOT_STARTED'
 */
export class NotStarted extends PrintError {
  override readonly name: string = 'NotStarted'
  override readonly code = 'PRINT_NOT_STARTED'

  constructor({ reach: _, ...details }: Omit<PrintErrorDetails, 'bytesSent'>) {
    const advice = 'nothing was printed'
    super('PRINT_NOT_STARTED', 'not started', advice, { ...details, bytesSent: 0 })
  }
}

/**
 * A part is on paper, and the rest is known never to come out: the segments up to `reach.printed` are out, the next one may be in
 * part, none after it is.
 *
 * @example
 * const server = await startVirtualPrinter({ profile, processIds: true, paperEndAfterBytes: 700 })
 * await using printer = openPrinter(server.uri, { profile, processIds: true, windowBytes: 1 })
 * const nodes = Array.from({ length: 80 }, (_, i) => text(`第 ${i} 行`))
 * const printing = printer.print({ nodes }, { onPaperOut: 'cancel' })
 * await printing.catch((error) => error instanceof PartiallyPrinted && error.reason) // 'paper-out'
 */
export class PartiallyPrinted extends PrintError {
  override readonly name: string = 'PartiallyPrinted'
  override readonly code = 'PRINT_PARTIAL'

  constructor(details: PrintErrorDetails) {
    const advice = 'the rest will not come out: print the whole receipt again'
    super('PRINT_PARTIAL', 'partially printed', advice, details)
  }
}

/**
 * Bytes were sent, and we do not know how many came out. The library never sends them again on its own, because
 * they might print twice.
 *
 * @example
 * const server = await startVirtualPrinter({ profile, powerCutAfterBytes: 30 })
 * await using printer = openPrinter(server.uri, { profile })
 * const printing = printer.print(receipt)
 * await printing.catch((error) => error instanceof Uncertain && error.code) // 'PRINT_UNCERTAIN'
 */
export class Uncertain extends PrintError {
  override readonly name: string = 'Uncertain'
  override readonly code = 'PRINT_UNCERTAIN'
  /** The rest of the job will not come out. */
  readonly final: boolean

  constructor(details: PrintErrorDetails) {
    const advice = details.final
      ? 'look at the paper before printing again; nothing more of it comes out'
      : 'look at the paper before printing again; what the printer still holds may yet come out'
    super('PRINT_UNCERTAIN', 'not known to be printed', advice, details)
    this.final = details.final ?? false
  }
}

/** Returns the end of the message, such as ` (lines 1 to 12 of 40 known to be out, 13 to 20 may be)`. */
function linesOf({ lines: { total, printed, sent }, copy, copySent, segments }: Reach): string {
  if (total === 0 || segments === 0) return ''
  const inCopy = copySent > 1 ? ` of copy ${copy}` : ''
  const out = printed === 0 ? `none of ${total} lines` : `lines 1 to ${printed} of ${total}`
  const maybe = sent > printed ? `, ${printed + 1} to ${sent} may be` : ''
  const others = copySent > copy ? `, and copies up to ${copySent} may be` : ''
  return ` (${out}${inCopy} known to be out${maybe}${others})`
}

/** Reasons for which the message also quotes the cause, because the cause says more. */
const CAUSED: ReadonlySet<StopReason> = new Set([
  'no-connection',
  'not-a-printer',
  'refused',
  'connection-lost',
  'write-timeout',
  'busy',
  'lock-folder',
  'journal',
])

function causeOf(reason: StopReason, cause: unknown): string {
  return CAUSED.has(reason) && isError(cause) ? ` (${cause.message})` : ''
}

/** Hints that are left out of the cause's hint, because a print error gives the same advice already. */
const SAID = new Set(['look at the paper before printing again', 'nothing has been sent'])

/** Returns the hint of the cause without the advice that this error already gives. */
function hintOf(cause: unknown): string {
  const hint = cause instanceof XiaopiaoError ? (cause.hint ?? '') : ''
  const parts = hint.split('; ').filter((part) => !SAID.has(part))
  return parts.join('; ')
}
