/** A session with a printer: queue, status, and what is known of each job. */

export {
  NotStarted,
  PartiallyPrinted,
  PrintError,
  type PrintErrorDetails,
  Uncertain,
} from './errors.js'
export { openPrinter } from './open-printer.js'
export { troubleOf } from './status.js'
export type {
  Grade,
  Printer,
  PrinterOptions,
  PrinterStatus,
  PrintOptions,
  PrintResult,
  StopReason,
  Trouble,
} from './types.js'
