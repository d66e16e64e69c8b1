/** What one attempt at a job is given, and what follows from the options. */

import type { Transport } from '../transports/types.js'
import type { Device } from './device.js'
import type { JobLog } from './job-log.js'
import type { Plan } from './plan.js'
import type { PrinterOptions, PrintOptions, StopPolicy } from './types.js'

export interface AttemptContext {
  readonly device: Device
  readonly transport: Transport
  readonly options: PrinterOptions
  readonly limits: PrintOptions
  readonly plan: Plan
  readonly log: JobLog
  /** Aborts at the caller's signal and at the deadline; `stopReason` tells which. */
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
  /** Whether the drawer has been opened for this job, in an earlier attempt as well. */
  readonly drawer: { opened: boolean }
}

/** Wait for one answer. */
export function answerMsOf({ options }: AttemptContext): number {
  return options.answerTimeoutMs ?? 1000
}

/** Longest wait for an answer behind so many bytes. */
export function patienceMsOf({ options }: AttemptContext, bytes: number): number {
  return options.confirmTimeoutMs ?? 15_000 + bytes * 4
}

/** Whether the printer is asked at all. */
export function asksPrinter({ transport, options }: AttemptContext): boolean {
  return transport.twoWay && options.profile?.answersStatus !== false
}

/** Whether the printer may be asked for process IDs: another one may print the question. */
export function mayAskProcessIds({ processIds, profile }: PrinterOptions): boolean {
  return processIds ?? profile?.status?.processId ?? profile?.answersStatus === true
}

/** Whether automatic status may be switched on. */
export function mayEnableAutoStatus({ profile }: PrinterOptions): boolean {
  return profile?.status?.auto ?? profile?.answersStatus === true
}

/** Whether the connection would outlive a restart of the printer. */
export function hidesRestart({ transport, options }: AttemptContext): boolean {
  return options.hidesRestart ?? transport.hidesRestart ?? false
}

export function policyOf({ options, limits }: AttemptContext): StopPolicy {
  const policy = limits.onPaperOut ?? options.ifStopped ?? 'leave'
  return policy === 'clear' ? 'cancel' : policy
}

/** The most that a part in the middle of its way leaves unsent. */
export function largestPartOf({ plan }: AttemptContext): number {
  return plan.parts.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
}
