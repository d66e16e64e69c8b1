/** The options of a queue, and the outcome that it reports of each attempt. */

import type { JobRecord, Journal } from '../journal/types.js'
import type { JobPrinter, PrintOptions, PrintResult } from './types.js'

export interface PrintQueueOptions {
  readonly journal: Journal
  /** Opens the printer at an address, with the queue's own journal. Default: `openPrinter(uri, { journal })`. */
  readonly open?: (uri: string) => JobPrinter
  /** Options that each job is printed with. */
  readonly print?: Pick<PrintOptions, 'onPaperOut' | 'onUncertain' | 'timeoutMs' | 'finishLine'>
  /** First pause before a printer that is away is tried again, in milliseconds; later pauses are longer. Default 1000. */
  readonly retryMs?: number
  /** Longest pause between two tries, in milliseconds. Default 15000. */
  readonly maxRetryMs?: number
  /** Called after each attempt. A job that did not start stays in the queue; an uncertain job waits for a person to decide. */
  readonly onOutcome?: (outcome: QueueOutcome) => void
  /** Called when the journal cannot be used any more and the queue has stopped. Default: the error is thrown and not caught. */
  readonly onError?: (error: unknown) => void
}

export interface QueueOutcome {
  readonly jobId: string
  readonly result?: PrintResult
  readonly error?: unknown
  /** The journal's record, if another process has printed, begun or cancelled the job while this one waited for the printer. */
  readonly elsewhere?: JobRecord
}
