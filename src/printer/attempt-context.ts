/** The inputs of one attempt at a job, and the settings that follow from the options. */

import type { Transport } from '../transports/types.js'
import type { JobLog } from './job-log.js'
import type { Plan } from './plan.js'
import type { Rules } from './rules.js'
import type { SharedPrinter } from './shared-printer.js'
import type { PrinterOptions, PrintOptions, StopPolicy } from './types.js'

export interface AttemptContext {
  readonly shared: SharedPrinter
  readonly transport: Transport
  readonly options: PrinterOptions
  /** The questions that the printer may be asked and the waits for them, from the options and the transport. */
  readonly rules: Rules
  readonly limits: PrintOptions
  readonly plan: Plan
  readonly log: JobLog
  /** Aborts at the caller's signal and at the deadline; `stopReason` tells which. */
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
  /** Whether the drawer has been opened for this job, in an earlier attempt as well. */
  readonly drawer: { opened: boolean }
}

export function policyOf({ options, limits }: AttemptContext): StopPolicy {
  const policy = limits.onPaperOut ?? options.ifStopped ?? 'leave'
  return policy === 'clear' ? 'cancel' : policy
}

/** Returns the size of the largest part in bytes: the most that is left unsent when a part is cut off in the middle. */
export function largestPartOf({ plan }: AttemptContext): number {
  return plan.parts.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
}
