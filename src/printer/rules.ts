/**
 * The questions that a printer may be asked, and the time that an answer may take. Both follow from the options, the link and the profile,
 * and are decided only here.
 */

import type { Transport } from '../transports/types.js'
import type { PrinterOptions } from './types.js'

const ANSWER_MS = 1000
const CONFIRM_MS = 15_000
/** At 9600 baud a byte takes 1 ms, and moving the paper may take longer. */
const MS_PER_BYTE = 4

export interface Rules {
  /** Longest wait for an answer, in milliseconds. */
  readonly answerMs: number
  /** Longest wait in milliseconds for an answer behind so many bytes that print nothing. */
  readonly answerMsBehind: (bytes: number) => number
  /** Longest wait in milliseconds for an answer behind so many bytes of a job. */
  readonly patienceMs: (bytes: number) => number
  /** Whether the printer may be asked anything. */
  readonly asks: boolean
  /** Whether process IDs may be asked for; a printer that does not know the command may print its bytes. */
  readonly mayAskProcessIds: boolean
  /** Whether the name may be asked for even if the printer returns no process IDs. */
  readonly mayAskName: boolean
  /** Whether automatic status may be switched on. */
  readonly mayEnableAutoStatus: boolean
  /** Whether the connection stays open when the printer restarts, so that a restart goes unnoticed. */
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
