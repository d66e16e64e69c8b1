/** The parts of the queue and of printers that an agent needs. `startAgent` makes them. */

import type { JobRecord } from '../journal/types.js'
import type { PrintJob } from '../model/print-job.js'
import type { QueueOutcome } from '../printer/queue-options.js'
import type { JobPrinter } from '../printer/types.js'

export interface SlipQueue {
  add(
    job: PrintJob,
    options: {
      readonly jobId: string
      readonly printer: string
      readonly note: string
      readonly marked: boolean
      readonly raw: boolean
      readonly title?: string
    },
  ): Promise<JobRecord>
  wake(): void
  close(): Promise<void>
}

export interface QueueEvents {
  readonly onOutcome: (outcome: QueueOutcome) => void
  readonly onError: (error: unknown) => void
}

export interface Printing {
  /** Opens the queue, which begins to print the journal's jobs. */
  openQueue(events: QueueEvents): SlipQueue
  printerAt(uri: string): Pick<JobPrinter, 'status'>
}
