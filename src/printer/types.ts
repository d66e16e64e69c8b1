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

/** The printer's answers about itself. A fact that it does not answer is absent. */
export interface PrinterIdentity {
  readonly firmware?: string
  readonly maker?: string
  readonly model?: string
  readonly serial?: string
  /** `CHINA GB18030`, `KANJI JAPANESE`, … */
  readonly languageFont?: string
  /** The zone that the language font suggests. A GB18030 font counts as two-byte: the four-byte codes have to be seen on paper. */
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
  /** It restarted in the middle, or threw away what it held, without the link noticing. */
  | 'restarted'
  /** It takes no bytes. */
  | 'write-timeout'
  /** It answers no question, and the caller wants no job sent so. */
  | 'silent'
  /** It answered before the job and not after it. */
  | 'not-confirmed'
  /** After the connection was lost another printer answers at the address. */
  | 'other-printer'
  /** The printer object has been closed. */
  | 'closed'
  /** Another process of this machine holds the printer. */
  | 'busy'
  /** The `lockFolder` cannot be used. */
  | 'lock-folder'
  /** The process that printed it ended in the middle. */
  | 'interrupted'
  /** The journal could not write it down, or has it under way or cancelled. */
  | 'journal'
  /** The journal's file is damaged where it may have said that the job was begun. */
  | 'journal-damaged'

/**
 * How far a job got. Segments are parts of a few centimetres; those up to `printed` are confirmed (on paper where the printer returns
 * process IDs, else processed by it), those after `sent` were never sent, and of those between it is not known.
 */
export interface Reach {
  /** Of all copies. */
  readonly segments: number
  readonly printed: number
  readonly sent: number
  /** Lines of the receipt, in `copy`; a picture or symbol counts as one. All 0 for bytes of unknown content. */
  readonly lines: { readonly total: number; readonly printed: number; readonly sent: number }
  /** The first copy that is not confirmed, from 1. */
  readonly copy: number
  /** The last copy of which a part was sent. It is more than `copy` where nothing proves that those between came out. */
  readonly copySent: number
  /** Path of the first receipt node that is not confirmed, for example `nodes[7]`. */
  readonly path: string | undefined
}

export interface PrintProgress {
  readonly state: 'sending' | 'paused' | 'reconnecting' | 'between-copies'
  /** Why it is paused. */
  readonly reason?: StopReason
  readonly reach: Reach
}

/**
 * How to treat the rest when the printer stops in the middle and a person has to mend it. `wait`: wait until the
 * deadline and go on when it is mended. `cancel`: throw the rest away if the printer can, so that the whole receipt
 * may be printed again. `leave`: give up, and the lines that the printer holds come out when it is mended.
 */
export type StopPolicy = 'wait' | 'cancel' | 'leave'

/** The part of a profile that a session needs for bytes. */
export type KnownAnswers = Pick<Profile, 'answersStatus'> &
  Partial<Pick<Profile, 'status' | 'bufferBytes'>>

export interface PrinterOptions extends ReceiptOptions {
  /**
   * The profile, or the facts known of the model; `answersStatus: false` means that it is asked no question. A
   * whole profile is needed to print receipts.
   */
  readonly profile?: Profile | KnownAnswers
  /** Wait for each answer. Default 1000. */
  readonly answerTimeoutMs?: number
  /** Longest wait for an answer behind what was sent. Default 15000 and 4 ms more for each byte of it. */
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
  /** How long a lost connection is tried again. Default 5000; 0 is not at all. */
  readonly reconnectMs?: number
  /** The record of jobs. Without a journal a job id is only a name, and a repeated id prints again. */
  readonly journal?: Journal
  /** Whether other processes of this machine are kept out while a connection is open. Default true. */
  readonly lock?: boolean
  /**
   * Folder of the lock files. Set it if the processes that print share no default folder, because a service often
   * has a private folder for temporary files. Every user of the printer has to be able to make files in it (mode
   * 1777). Default: `/run/lock`, else `/tmp`, else the folder for temporary files; `%ProgramData%` on Windows.
   */
  readonly lockFolder?: string
}

/** Those of receipts hold for this one; what is left out here is as the printer was given it. */
export interface PrintOptions extends ReceiptOptions {
  /** Before the job is sent it is not started; later it ends as uncertain. */
  readonly signal?: AbortSignal
  /** Deadline of the whole job, waiting in the queue included. Default 120000. */
  readonly timeoutMs?: number
  /** The same as a point in time; the earlier one counts. */
  readonly deadline?: Date
  /** The caller's name for the job. With a journal, a job that is done is not printed again. */
  readonly jobId?: string
  /** For people who read the journal. */
  readonly title?: string
  /** Default 1. */
  readonly copies?: number
  /** Time to tear a copy off before the next one. Default 0. */
  readonly pauseBetweenCopiesMs?: number
  /** Default: the printer's `ifStopped`. It holds for an open cover and a jammed cutter as well. */
  readonly onPaperOut?: StopPolicy
  /**
   * How to treat a job that may have been printed, or of which a part was. `reprint-marked` prints all of it once
   * more, headed 补打, when the printer is ready. Default `report`.
   */
  readonly onUncertain?: 'report' | 'reprint-marked'
  /**
   * Print it headed 补打, without the drawer pulse: a marked copy by a person's wish, also of a job that the journal has as done or as
   * uncertain; the journal counts it among the attempts. Default: as a person has decided in the journal, else false.
   */
  readonly marked?: boolean
  /**
   * Adds a line feed if the bytes end without one, because the last line would otherwise come out with the next
   * job. Default false: a warning `LINE_NOT_PRINTED`.
   */
  readonly finishLine?: boolean
  /** Send bytes also where they are a picture, a document or an archive. Default false: an error `JOB_IS_FILE`. */
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
  /** How often a printer without automatic status is asked. Default 2000. */
  readonly intervalMs?: number
}

/** A printer that takes jobs whose bytes are made; `Printer` takes receipts as well. */
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
   * The status now and at each change, until `signal` or the end of the loop. The connection stays open meanwhile, so other hosts find
   * the printer busy; jobs of this process use the same one.
   */
  watch(options?: WatchOptions): AsyncIterable<PrinterStatus>
  /**
   * Sends one job and says how much is known of it. Jobs are sent one after the other, and never twice but as `reprint-marked`.
   * @param job bytes, or what `compile` gives
   * @throws NotStarted, PartiallyPrinted, Uncertain; OptionError; ReceiptError `JOB_EMPTY`, `JOB_IS_FILE`
   */
  print(job: PrintJob | Uint8Array, options?: PrintOptions): Promise<PrintResult>
  /**
   * The jobs of the journal that were under way at this printer when their process ended. They are `uncertain` now,
   * or `done` if all of it had been confirmed. Ask after a start, and let a person decide. It waits while another
   * process prints.
   * @throws LockError if the printer stays held until the deadline
   */
  interrupted(options?: Pick<PrintOptions, 'signal' | 'timeoutMs'>): Promise<readonly JobRecord[]>
  /**
   * Tells a printer that has stopped for a jammed cutter or the like to go on from the line where it stopped (DLE ENQ 1), at once and
   * past the queue. Only after a person has cleared it.
   */
  recover(): Promise<void>
  /** Waits for the jobs in the queue; takes no further ones. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
