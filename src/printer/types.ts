/** What a printer session takes and gives: options, status, and the grade of a result. */

import type { Diagnostic } from '../model/diagnostic.js'

/**
 * How much is known of a job, in rising order.
 * `handed-over`: given to a one-way link. `accepted`: the transport has taken all bytes. `processed`: the printer has answered
 * a question that stood behind the job, and reports no trouble. `printed`: it has returned the job's process ID.
 */
export type Grade = 'handed-over' | 'accepted' | 'processed' | 'printed'

/** What the printer says of itself. Silence is `unknown`, which is neither good nor bad news. */
export interface PrinterStatus {
  /** Whether it answered any question. */
  readonly answered: boolean
  readonly online: boolean | 'unknown'
  readonly paper: 'ok' | 'near-end' | 'end' | 'unknown'
  readonly cover: 'closed' | 'open' | 'unknown'
  /** `auto-recoverable` is mostly a hot head; `other` is an error that it does not name. */
  readonly error:
    | 'none'
    | 'cutter'
    | 'recoverable'
    | 'unrecoverable'
    | 'auto-recoverable'
    | 'other'
    | 'unknown'
  /** Level of drawer pin 3; which of them means an open drawer depends on the drawer. */
  readonly drawerPin: 'low' | 'high' | 'unknown'
}

/** What keeps a printer from printing, by its own account. */
export type Trouble =
  | 'cover-open'
  | 'paper-out'
  | 'cutter-error'
  | 'unrecoverable-error'
  | 'recoverable-error'
  | 'overheated'
  | 'offline'

/** Why a job is not known to be printed. */
export type StopReason =
  | Trouble
  /** The caller's signal. */
  | 'aborted'
  /** The caller's deadline. */
  | 'timeout'
  | 'no-connection'
  | 'connection-lost'
  /** It takes no bytes. */
  | 'write-timeout'
  /** It answers no question, and the caller wants no job sent so. */
  | 'silent'
  /** It answered before the job and not after it. */
  | 'not-confirmed'
  /** The printer object has been closed. */
  | 'closed'

export interface PrinterOptions {
  /** What is known of the model; `answersStatus: false` asks nothing. */
  readonly profile?: { readonly answersStatus: boolean | null }
  /** Wait for each answer. Default 1000. */
  readonly answerTimeoutMs?: number
  /** Wait for the answer behind a job. Default 15000 and 4 ms more for each byte of the job. */
  readonly confirmTimeoutMs?: number
  /** Whether a job goes to a printer that does not answer. Default `print`: the grade is then `accepted` at most. */
  readonly ifSilent?: 'print' | 'refuse'
  /**
   * What to do with the rest when the printer stops in the middle. Default `leave`: it stays in the printer and comes out when
   * the trouble is over. `clear` throws it away where the printer can, so that the whole receipt may be printed again.
   */
  readonly ifStopped?: 'leave' | 'clear'
  /**
   * Whether to ask for process IDs, which prove `printed`. A clone that does not know the command may print its bytes, so the
   * default is to ask only a printer whose profile says that it answers.
   */
  readonly processIds?: boolean
}

export interface PrintOptions {
  /** Before the job is sent it is not started; later it ends as uncertain. */
  readonly signal?: AbortSignal
  /** Deadline of the whole job, waiting in the queue included. Default 120000. */
  readonly timeoutMs?: number
  /** The caller's name for the job; comes back in the result and in errors. */
  readonly jobId?: string
}

export interface PrintResult {
  readonly grade: Grade
  readonly jobId: string | undefined
  readonly bytesSent: number
  readonly before: PrinterStatus
  readonly after: PrinterStatus
  readonly warnings: readonly Diagnostic[]
}

export interface Printer {
  /** The transport's address. */
  readonly uri: string
  /**
   * Asks the printer how it is, in the queue with the jobs. It never resets the printer.
   * @throws TransportError when there is no connection
   */
  status(options?: Pick<PrintOptions, 'signal' | 'timeoutMs'>): Promise<PrinterStatus>
  /**
   * Sends one job and says how much is known of it. Jobs are sent one after the other, and never twice.
   * @throws NotStarted, PartiallyPrinted, Uncertain
   */
  print(
    job: Uint8Array | { readonly bytes: Uint8Array },
    options?: PrintOptions,
  ): Promise<PrintResult>
  /** Waits for the jobs in the queue; takes no further ones. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
