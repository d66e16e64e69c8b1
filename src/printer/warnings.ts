/** The warnings that an attempt returns beside its result. */

import type { Diagnostic } from '../model/diagnostic.js'
import type { Shortfall } from './evidence.js'
import type { PrinterStatus } from './types.js'

/** Code, message and hint for each reason why a grade is lower than the printer could have proven. */
const SHORTFALLS: Readonly<Record<Shortfall, readonly [string, string, string?]>> = {
  strays: [
    'STRAY_ANSWERS',
    'the printer says things unasked that may pass for answers',
    'switch automatic status off in it, or look at the cable',
  ],
  reconnected: [
    'RECONNECTED',
    'the connection was lost between copies, and what the printer said before that proves nothing of them',
    'count the copies',
  ],
  'restart-unseen': [
    'RESTART_UNSEEN',
    'the printer has confirmed the job, but nothing shows that it did not restart in the middle',
    'it may be asked to show that where the profile says that it answers (answersStatus)',
  ],
  'status-incomplete': ['STATUS_INCOMPLETE', 'the printer took the job but did not say how it is'],
}

export class Warnings {
  readonly #all: Diagnostic[] = []

  get all(): readonly Diagnostic[] {
    return this.#all
  }

  add(code: string, message: string, hint?: string): void {
    const warning = { code, severity: 'warning', message, path: '' } as const
    this.#all.push(hint === undefined ? warning : { ...warning, hint })
  }

  addShortfall(shortfall: Shortfall): void {
    this.add(...SHORTFALLS[shortfall])
  }

  /** Warns, once per job, that the roll is nearly empty; or that it has ended. */
  addPaper({ paper }: PrinterStatus): void {
    const known = this.#all.some(({ code }) => code === 'PAPER_NEAR_END')
    if (paper === 'near-end' && !known) {
      this.add('PAPER_NEAR_END', 'the roll is nearly empty', 'have a new roll ready')
    } else if (paper === 'end') {
      this.add('PAPER_OUT', 'the roll ended behind this job', 'put in a new roll')
    }
  }
}
