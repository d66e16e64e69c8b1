/** Remembers the times of the last trades by their keys, because a trade that is sent again after a lost answer must have the same time. */

import type { Body } from './answers.js'

const KEPT = 200

export class TradeTimes {
  readonly #byKey = new Map<string, Date>()
  readonly #clock: () => Date

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Returns the time of the trade in a body, which is now if its key is new. */
  of({ key }: Body): Date {
    const now = this.#clock()
    if (typeof key !== 'string') return now
    const at = this.#byKey.get(key) ?? now
    this.#byKey.set(key, at)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > KEPT && oldest !== undefined) this.#byKey.delete(oldest)
    return at
  }

  /** Forgets the time of a trade that was refused, so that it gets a new time if it is sent again. */
  forget({ key }: Body): void {
    if (typeof key === 'string') this.#byKey.delete(key)
  }
}
