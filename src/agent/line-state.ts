/** Whether the hub is in reach, by how requests end, and the messages that people get of it: an hour without a line is one message. */

import type { Diagnostic } from '../model/diagnostic.js'
import { XiaopiaoError } from '../model/errors.js'
import { messageOf } from '../model/realms.js'

export interface LineEvents {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void
  /** It answers again. */
  readonly onReached: () => void
  /** The hub does not know what it was asked for: its printers may have changed. */
  readonly onForgotten: () => void
  /** The agent cannot go on: the next start would find the same. */
  readonly onFatal: (error: unknown) => void
}

/** One answer in a hundred is lost on a bad line; the hub is out of reach after so many in a row. */
const LOST_IN_A_ROW = 2
const FATAL: ReadonlySet<string> = new Set(['AGENT_ROLLED_BACK', 'AGENT_WIPED'])

export class LineState {
  readonly #events: LineEvents
  #told: string | undefined
  #isOnline = false
  #lost = 0

  constructor(events: LineEvents) {
    this.#events = events
  }

  get isOnline(): boolean {
    return this.#isOnline
  }

  /** A request was answered. */
  succeeded(): void {
    const wasOnline = this.#isOnline
    this.#isOnline = true
    this.#lost = 0
    this.#told = undefined
    if (wasOnline) return
    const reached = { code: 'HUB_REACHED', severity: 'info', message: 'the hub answers' } as const
    this.#events.onDiagnostic({ ...reached, path: '' })
    this.#events.onReached()
  }

  failed(error: unknown): void {
    const code = error instanceof XiaopiaoError ? error.code : 'AGENT_FAILED'
    if (FATAL.has(code)) {
      this.#events.onFatal(error)
      return
    }
    if (code === 'HUB_UNREACHABLE') {
      // Whoever is told that the hub answers again asks for slips at all printers, and after each lost answer that would be too much.
      this.#lost++
      if (this.#isOnline && this.#lost < LOST_IN_A_ROW) return
      this.#isOnline = false
    }
    if (code === 'NOT_FOUND') this.#events.onForgotten()
    if (this.#told !== code) this.#events.onDiagnostic(warningOf(code, error))
    this.#told = code
  }
}

export function warningOf(code: string, error: unknown): Diagnostic {
  const warning = { code, severity: 'warning', message: messageOf(error), path: '' } as const
  const hint = error instanceof XiaopiaoError ? error.hint : undefined
  return hint === undefined ? warning : { ...warning, hint }
}
