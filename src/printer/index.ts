/** A session with a printer: queue, status, and what is known of each job. */

export type { PrintJob, Segment } from '../model/print-job.js'
export type { ReceiptOptions } from '../model/receipt-options.js'
export {
  NotStarted,
  PartiallyPrinted,
  PrintError,
  type PrintErrorDetails,
  Uncertain,
} from './errors.js'
export { openPrinter } from './open-printer.js'
export {
  openQueue,
  type PrintQueue,
  type PrintQueueOptions,
  type QueueOutcome,
} from './print-queue.js'
export type { Printer } from './printer.js'
export { troubleOf } from './status.js'
export type { AddOptions } from './take-job.js'
export type {
  Grade,
  JobPrinter,
  KnownAnswers,
  PrinterIdentity,
  PrinterOptions,
  PrinterStatus,
  PrintOptions,
  PrintProgress,
  PrintResult,
  Reach,
  StopPolicy,
  StopReason,
  Trouble,
  WatchOptions,
} from './types.js'
