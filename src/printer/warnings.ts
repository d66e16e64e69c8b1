/** What an attempt has to say beside its result. */

import type { Diagnostic } from '../model/diagnostic.js'
import type { PrinterStatus } from './types.js'

export class Warnings {
  readonly #all: Diagnostic[] = []

  get all(): readonly Diagnostic[] {
    return this.#all
  }

  add(code: string, message: string, hint?: string): void {
    const warning = { code, severity: 'warning', message, path: '' } as const
    this.#all.push(hint === undefined ? warning : { ...warning, hint })
  }

  /** Of a roll that is at its end, once. */
  addPaper({ paper }: PrinterStatus): void {
    const known = this.#all.some(({ code }) => code === 'PAPER_NEAR_END')
    if (paper === 'near-end' && !known) {
      this.add('PAPER_NEAR_END', 'The roll is nearly empty.', 'Have a new roll ready.')
    } else if (paper === 'end') {
      this.add('PAPER_OUT', 'The roll ended behind this job.', 'Put in a new roll.')
    }
  }
}
