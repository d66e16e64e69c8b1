/** Growing waits between tries, with random jitter, so that two thousand agents do not come back at the same moment. */

export interface BackOffLimits {
  readonly firstMs: number
  readonly mostMs: number
}

export class BackOff {
  readonly #limits: BackOffLimits
  #nextMs: number

  constructor(limits: BackOffLimits) {
    this.#limits = limits
    this.#nextMs = limits.firstMs
  }

  /** Returns how many milliseconds to wait now, and doubles the wait for the next call. */
  next(): number {
    const waitMs = jittered(this.#nextMs)
    this.#nextMs = Math.min(this.#nextMs * 2, this.#limits.mostMs)
    return waitMs
  }

  reset(): void {
    this.#nextMs = this.#limits.firstMs
  }
}

/** Returns a random time between half of `ms` and `ms`. */
export function jittered(ms: number): number {
  return ms * (0.5 + Math.random() / 2)
}

/** A wait that a wake-up, or the end of the agent, can cut short. */
export class Alarm {
  #wake: (() => void) | undefined
  #rang = false

  /** Ends the current wait. If there is none, the next one ends at once. */
  ring(): void {
    this.#rang = true
    this.#wake?.()
  }

  async wait(ms: number, ending: AbortSignal): Promise<void> {
    if (!this.#rang && !ending.aborted) {
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer)
          ending.removeEventListener('abort', end)
          this.#wake = undefined
          resolve()
        }
        const timer = setTimeout(end, ms)
        ending.addEventListener('abort', end, { once: true })
        this.#wake = end
      })
    }
    this.#rang = false
  }
}
