/** The times of the last trades by their keys: one that is sent again after a lost answer must be the same trade, to the second. */

import type { Body } from './answers.js'

const KEPT = 200

export class TradeTimes {
  readonly #byKey = new Map<string, Date>()
  readonly #clock: () => Date

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** The time of the trade in a body, now if it comes for the first time. */
  of({ key }: Body): Date {
    const now = this.#clock()
    if (typeof key !== 'string') return now
    const at = this.#byKey.get(key) ?? now
    this.#byKey.set(key, at)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > KEPT && oldest !== undefined) this.#byKey.delete(oldest)
    return at
  }

  /** A trade that was refused is made when it comes again. */
  forget({ key }: Body): void {
    if (typeof key === 'string') this.#byKey.delete(key)
  }
}
