/**
 * The questions that a printer may be asked, and the time that an answer may take. The options, the link and the
 * profile decide that together, and only here.
 */

import type { Transport } from '../transports/types.js'
import type { PrinterOptions } from './types.js'

const ANSWER_MS = 1000
const CONFIRM_MS = 15_000
/** At 9600 baud a byte takes one, and the paper may take longer. */
const MS_PER_BYTE = 4

export interface Rules {
  /** Wait for one answer. */
  readonly answerMs: number
  /** The same behind so many bytes that print nothing. */
  readonly answerMsBehind: (bytes: number) => number
  /** Longest wait for an answer behind so many bytes. */
  readonly patienceMs: (bytes: number) => number
  /** The printer is asked at all. */
  readonly asks: boolean
  /** It may be asked for process IDs: another one may print the question. */
  readonly mayAskProcessIds: boolean
  /** It may be asked for its name also where it returns no process IDs. */
  readonly mayAskName: boolean
  /** Automatic status may be switched on. */
  readonly mayEnableAutoStatus: boolean
  /** The connection would outlive a restart of the printer. */
  readonly hidesRestart: boolean
}

export function rulesOf(
  {
    answerTimeoutMs = ANSWER_MS,
    confirmTimeoutMs,
    processIds,
    profile,
    ...options
  }: PrinterOptions,
  transport: Pick<Transport, 'twoWay' | 'hidesRestart'>,
): Rules {
  const isSure = profile?.answersStatus === true
  return {
    answerMs: answerTimeoutMs,
    answerMsBehind: (bytes) => answerTimeoutMs + bytes * MS_PER_BYTE,
    patienceMs: (bytes) => confirmTimeoutMs ?? CONFIRM_MS + bytes * MS_PER_BYTE,
    asks: transport.twoWay && profile?.answersStatus !== false,
    mayAskProcessIds: processIds ?? profile?.status?.processId ?? isSure,
    mayAskName: processIds ?? isSure,
    mayEnableAutoStatus: profile?.status?.auto ?? isSure,
    hidesRestart: options.hidesRestart ?? transport.hidesRestart ?? false,
  }
}
