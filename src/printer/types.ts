/** The types of a printer session: options, status, how far a job got, and the grade of a result. */

import type { JobRecord, Journal } from '../journal/types.js'
import type { MultibyteZone } from '../model/charset.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { PrintJob } from '../model/print-job.js'
import type { Profile } from '../model/profile.js'
import type { ReceiptOptions } from '../model/receipt-options.js'
import type { PrinterStatus, Trouble } from './status.js'

export type { PrinterStatus, Trouble } from './status.js'

/**
 * How much is known of a job, in rising order.
 * `handed-over`: given to a one-way link. `accepted`: the transport has taken all bytes. `processed`: the printer has answered
 * a question that stood behind the job, and reports no trouble. `printed`: it has returned the job's process ID.
 */
export type Grade = 'handed-over' | 'accepted' | 'processed' | 'printed'

/** The printer's answers about itself (GS I). A field is absent if the printer does not answer it. */
export interface PrinterIdentity {
  readonly firmware?: string
  readonly maker?: string
  readonly model?: string
  readonly serial?: string
  /** `CHINA GB18030`, `KANJI JAPANESE`, … */
  readonly languageFont?: string
  /** The zone that the language font suggests. A GB18030 font counts as two-byte until its four-byte codes have been seen on paper. */
  readonly suggestedCharset?: MultibyteZone
}

/** Why a job is not known to be printed. */
export type StopReason =
  | Trouble
  /** The caller's signal. */
  | 'aborted'
  /** The caller's deadline. */
  | 'timeout'
  | 'no-connection'
  /** A web server or the like answers at the address. */
  | 'not-a-printer'
  /** The print system does not take the job: its quota is used up, or the queue rejects. */
  | 'refused'
  | 'connection-lost'
  /** The printer restarted in the middle, or cleared its buffers, without the link noticing. */
  | 'restarted'
  /** The printer takes no more bytes. */
  | 'write-timeout'
  /** The printer answers no question, and the option `ifSilent` is `refuse`. */
  | 'silent'
  /** The printer answered before the job, but did not confirm it in time. */
  | 'not-confirmed'
  /** After the connection was lost, another printer answers at the address. */
  | 'other-printer'
  /** The printer object has been closed. */
  | 'closed'
  /** Another process of this machine holds the printer. */
  | 'busy'
  /** The `lockFolder` cannot be used. */
  | 'lock-folder'
  /** The process that printed it ended in the middle. */
  | 'interrupted'
  /** The journal could not be written, or it has the job as under way or cancelled. */
  | 'journal'
  /** The journal's file is damaged where it may have said that the job was begun. */
  | 'journal-damaged'

/**
 * How far a job got. Segments are parts of a few centimetres. Those up to `printed` are confirmed: on paper if the printer returns process
 * IDs, else processed by it. Those after `sent` were never sent. For those between, it is unknown whether they came out.
 */
export interface Reach {
  /** Number of segments in all copies. */
  readonly segments: number
  readonly printed: number
  readonly sent: number
  /** Lines of the receipt, in `copy`; a picture or symbol counts as one. All 0 for bytes of unknown content. */
  readonly lines: { readonly total: number; readonly printed: number; readonly sent: number }
  /** The first copy that is not confirmed, from 1. */
  readonly copy: number
  /** The last copy of which a part was sent, from 1. More than `copy` if the copies between are not proven to be out. */
  readonly copySent: number
  /** Path of the first receipt node that is not confirmed, for example `nodes[7]`. */
  readonly path: string | undefined
}

export interface PrintProgress {
  readonly state: 'sending' | 'paused' | 'reconnecting' | 'between-copies'
  /** Why the job is paused. */
  readonly reason?: StopReason
  readonly reach: Reach
}

/**
 * How to treat the rest when the printer stops in the middle and a person has to mend it. `wait`: wait until the
 * deadline and go on when it is mended. `cancel`: throw the rest away if the printer can, so that the whole receipt
 * may be printed again. `leave`: give up, and the lines that the printer holds come out when it is mended.
 */
export type StopPolicy = 'wait' | 'cancel' | 'leave'

/** The fields of a profile that a session needs to send bytes. */
export type KnownAnswers = Pick<Profile, 'answersStatus'> &
  Partial<Pick<Profile, 'status' | 'bufferBytes'>>

export interface PrinterOptions extends ReceiptOptions {
  /**
   * The profile, or the facts known of the model. With `answersStatus: false` the printer is asked no question. A whole profile is needed
   * to print receipts.
   */
  readonly profile?: Profile | KnownAnswers
  /** Longest wait for each answer, in milliseconds. Default 1000. */
  readonly answerTimeoutMs?: number
  /** Longest wait for an answer behind bytes of a job, in milliseconds. Default 15000, and 4 more for each unconfirmed byte. */
  readonly confirmTimeoutMs?: number
  /** Whether a job goes to a printer that does not answer. Default `print`: the grade is then `accepted` at most. */
  readonly ifSilent?: 'print' | 'refuse'
  /** Default `leave`. `clear` is another word for `cancel`. */
  readonly ifStopped?: StopPolicy | 'clear'
  /**
   * Whether to ask for process IDs, which prove `printed`. A clone that does not know the command may print its
   * bytes. So the default is the profile's `status.processId`; if that is not known, a printer that answers status
   * is asked.
   */
  readonly processIds?: boolean
  /**
   * Whether the link stays as it is when the printer restarts, as behind a box that turns network into serial. Only a printer that
   * keeps a macro is then told to have `processed` or `printed`. Default: as the transport says, which is true for serial lines.
   */
  readonly hidesRestart?: boolean
  /**
   * Bytes that may be on their way unconfirmed, if a job has segments. One segment always may. Default 4096, and up
   * to 65536 for a printer that confirms within 50 ms; never more than the profile's `bufferBytes`.
   */
  readonly windowBytes?: number
  /** How long to try to restore a lost connection, in milliseconds. Default 5000; 0: not at all. */
  readonly reconnectMs?: number
  /** The record of jobs. Without a journal a job id is only a name, and a repeated id prints again. */
  readonly journal?: Journal
  /** Whether to lock the printer against other processes of this machine while a connection is open. Default true. */
  readonly lock?: boolean
  /**
   * Folder of the lock files. Set it if the processes that print share no default folder, because a service often
   * has a private folder for temporary files. Every user of the printer has to be able to make files in it (mode
   * 1777). Default: `/run/lock`, else `/tmp`, else the folder for temporary files; `%ProgramData%` on Windows.
   */
  readonly lockFolder?: string
}

/** Options of one job. Options of receipts that are absent here are taken from the printer's. */
export interface PrintOptions extends ReceiptOptions {
  /** Gives the job up. If nothing was sent yet, it fails as `NotStarted`, later as `Uncertain`. */
  readonly signal?: AbortSignal
  /** Time limit for the whole job in milliseconds, including its wait in the queue. Default 120000. */
  readonly timeoutMs?: number
  /** The limit as a point in time. If both limits are given, the earlier one counts. */
  readonly deadline?: Date
  /** The caller's name for the job. With a journal, a job that is done is not printed again. */
  readonly jobId?: string
  /** Title for people who read the journal. */
  readonly title?: string
  /** Number of copies, 1 to 999. Default 1. */
  readonly copies?: number
  /** Pause in which to tear a copy off before the next one, in milliseconds. Default 0. */
  readonly pauseBetweenCopiesMs?: number
  /** How to go on if the printer stops, also for an open cover or a jammed cutter. Default: the printer's `ifStopped`. */
  readonly onPaperOut?: StopPolicy
  /**
   * How to treat a job of which all or a part may have been printed. `reprint-marked` prints all of it once more, headed 补打, when the
   * printer is ready. Default `report`: an error.
   */
  readonly onUncertain?: 'report' | 'reprint-marked'
  /**
   * Print a copy headed 补打, without the drawer pulse, because a person asks for one, even if the journal has the job as done or uncertain.
   * The journal counts it as an attempt. Default: as a person has decided in the journal, else false.
   */
  readonly marked?: boolean
  /**
   * Adds a line feed if the bytes end without one, because the last line would otherwise come out with the next
   * job. Default false: a warning `LINE_NOT_PRINTED`.
   */
  readonly finishLine?: boolean
  /** Send the bytes even if they are a picture, a document or an archive. Default false: an error `JOB_IS_FILE`. */
  readonly raw?: boolean
  readonly onProgress?: (progress: PrintProgress) => void
}

export interface PrintResult {
  readonly grade: Grade
  readonly jobId: string | undefined
  readonly bytesSent: number
  /** Segments of the job, all copies counted, and how many of them are confirmed. */
  readonly segments: number
  readonly printedThrough: number
  readonly copies: number
  /** The journal had the job as done, and no marked copy was wanted, so this call sent no bytes. */
  readonly alreadyDone: boolean
  /** The first attempt failed in the middle, and a second one came out headed 补打. */
  readonly reprinted: boolean
  readonly before: PrinterStatus
  readonly after: PrinterStatus
  readonly warnings: readonly Diagnostic[]
}

export interface WatchOptions {
  readonly signal?: AbortSignal
  /** Pause between two questions, in milliseconds. They are also asked of a printer with automatic status. Default 2000. */
  readonly intervalMs?: number
}

/** A printer that takes bytes and compiled jobs; `Printer` takes receipts as well. */
export interface JobPrinter {
  /** The transport's address. */
  readonly uri: string
  /** The profile that it was opened with, or the facts known of the model. */
  readonly profile?: Profile | KnownAnswers | undefined
  /**
   * Asks the printer for its status, in the queue with the jobs. It never resets the printer.
   * @throws TransportError if it cannot connect
   */
  status(options?: Pick<PrintOptions, 'signal' | 'timeoutMs'>): Promise<PrinterStatus>
  /**
   * Asks the printer for its name (GS I). Ask only a printer that is known to answer, because another may print the
   * question.
   * @throws TransportError if it cannot connect
   */
  identity(options?: Pick<PrintOptions, 'signal' | 'timeoutMs'>): Promise<PrinterIdentity>
  /**
   * Yields the status now and at each change, until `signal` aborts or the loop ends. The connection stays open meanwhile, so other hosts
   * find the printer busy. Jobs of this process use the same connection.
   */
  watch(options?: WatchOptions): AsyncIterable<PrinterStatus>
  /**
   * Sends one job and says how much is known of it. Jobs are sent one after the other, and never twice except by `reprint-marked`.
   * @param job bytes, or what `compile` gives
   * @throws NotStarted, PartiallyPrinted, Uncertain; OptionError; ReceiptError `JOB_EMPTY`, `JOB_IS_FILE`
   */
  print(job: PrintJob | Uint8Array, options?: PrintOptions): Promise<PrintResult>
  /**
   * Settles and returns the journal's jobs that were under way at this printer when their process ended. Each is `uncertain` now, or
   * `done` if all of it had been confirmed. Call this after a start, and let a person decide. It waits while another process prints.
   * @throws LockError if the printer stays held until the deadline
   */
  interrupted(options?: Pick<PrintOptions, 'signal' | 'timeoutMs'>): Promise<readonly JobRecord[]>
  /**
   * Tells a printer that has stopped for a jammed cutter or the like to go on from the line where it stopped (DLE ENQ 1). It is sent at
   * once, bypassing the queue. Call it only after a person has cleared the jam.
   */
  recover(): Promise<void>
  /** Waits for the jobs in the queue; takes no further ones. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
