/** Tracks by the results of requests whether the hub is in reach, and tells people, but with one message even for an outage of an hour. */

import type { Diagnostic } from '../model/diagnostic.js'
import { XiaopiaoError } from '../model/errors.js'
import { messageOf } from '../model/realms.js'

export interface LineEvents {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void
  /** The hub answers again. */
  readonly onReached: () => void
  /** The hub answered `NOT_FOUND`, so that the printers of this agent may have changed. */
  readonly onForgotten: () => void
  /** The agent cannot go on, and a restart would not help. */
  readonly onFatal: (error: unknown) => void
}

/** How many answers in a row must be lost until the hub counts as out of reach, because on a bad line one in a hundred is lost. */
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

  /** To be called when a request was answered. */
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
      // One lost answer is not an outage, because the agent asks for slips of all printers when an outage ends.
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
