/** Polls the status of a printer, and tells the hub if it has changed. */

import type { ReportedStatus } from '../hub-api/agent-shapes.js'
import { codeOf } from '../model/realms.js'
import { troubleOf } from '../printer/status.js'
import type { JobPrinter } from '../printer/types.js'
import { type Alarm, jittered } from './back-off.js'

type StatusPrinter = Pick<JobPrinter, 'status'>

export interface StatusWatchContext {
  /** Wait between two polls, in milliseconds; a printer in trouble is polled more often. */
  readonly statusMs: number
  readonly onStatus: (status: ReportedStatus) => Promise<void>
  /** Called with the reason why the printer cannot print, or undefined. `voice` is `silent` if the printer did not answer. */
  readonly onTrouble: (reason: string | undefined, voice: 'heard' | 'silent') => void
  readonly alarm: Alarm
  readonly ending: AbortSignal
}

const QUESTION_MS = 10_000
const MOST_TROUBLED_MS = 5000

const GONE: ReportedStatus = {
  online: false,
  paper: 'unknown',
  cover: 'unknown',
  error: 'no-connection',
}

export async function watchPrinter(
  printer: StatusPrinter,
  context: StatusWatchContext,
): Promise<void> {
  const { statusMs, onStatus, onTrouble, alarm, ending } = context
  let before: string | undefined
  while (!ending.aborted) {
    const asked = await ask(printer, ending)
    if (ending.aborted) return
    const { status, trouble } = asked
    if (status !== undefined) {
      onTrouble(trouble, asked.voice)
      const now = JSON.stringify(status)
      if (now !== before) await onStatus(status)
      before = now
    }
    const waitMs = trouble === undefined ? statusMs : Math.min(statusMs, MOST_TROUBLED_MS)
    await alarm.wait(jittered(waitMs), ending)
  }
}

interface Asked {
  /** Undefined if the printer was busy and not asked. */
  readonly status: ReportedStatus | undefined
  readonly trouble: string | undefined
  readonly voice: 'heard' | 'silent'
}

/** Codes of errors that mean that the printer is busy with a job, and so not out of reach. */
const BUSY: ReadonlySet<string> = new Set(['ABORTED', 'LOCKED', 'LOCK_FOLDER'])

async function ask(printer: StatusPrinter, signal: AbortSignal): Promise<Asked> {
  try {
    const found = await printer.status({ timeoutMs: QUESTION_MS, signal })
    const { online, paper, cover, error, answered } = found
    const status = { online, paper, cover, error }
    return { status, trouble: troubleOf(found), voice: answered ? 'heard' : 'silent' }
  } catch (error) {
    const isBusy = BUSY.has(codeOf(error) ?? '')
    return { status: isBusy ? undefined : GONE, trouble: GONE.error, voice: 'heard' }
  }
}
