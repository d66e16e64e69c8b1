/** The options of a queue, and the events that it tells of each attempt. */

import type { JobRecord, Journal } from '../journal/types.js'
import type { JobPrinter, PrintOptions, PrintResult } from './types.js'

export interface PrintQueueOptions {
  readonly journal: Journal
  /** The printer at an address; it has to use the same journal. Default: `openPrinter(uri, { journal })`. */
  readonly open?: (uri: string) => JobPrinter
  /** Options that each job is printed with. */
  readonly print?: Pick<PrintOptions, 'onPaperOut' | 'onUncertain' | 'timeoutMs' | 'finishLine'>
  /** A printer that is away is tried again after so long at first, then less often. Default 1000. */
  readonly retryMs?: number
  /** Longest pause between two tries. Default 15000. */
  readonly maxRetryMs?: number
  /** Told of each attempt. A job that did not start stays in the queue; one that is uncertain waits for a person. */
  readonly onOutcome?: (outcome: QueueOutcome) => void
  /** Told when the journal cannot be used any more; the queue has stopped. Default: it is thrown and not caught. */
  readonly onError?: (error: unknown) => void
}

export interface QueueOutcome {
  readonly jobId: string
  readonly result?: PrintResult
  readonly error?: unknown
  /** Another process has printed, begun or cancelled it while this one waited for the printer: what the journal says of it. */
  readonly elsewhere?: JobRecord
}
