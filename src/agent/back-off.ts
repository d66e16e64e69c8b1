/** Waits between tries that grow, with chance in them, so that two thousand agents do not come back at the same moment. */

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

  /** How long to wait now; twice as long the next time. */
  next(): number {
    const waitMs = jittered(this.#nextMs)
    this.#nextMs = Math.min(this.#nextMs * 2, this.#limits.mostMs)
    return waitMs
  }

  reset(): void {
    this.#nextMs = this.#limits.firstMs
  }
}

/** Between half of the time and all of it. */
export function jittered(ms: number): number {
  return ms * (0.5 + Math.random() / 2)
}

/** A wait that can be ended: by a wake-up, or because the agent ends. */
export class Alarm {
  #wake: (() => void) | undefined
  #rang = false

  /** Ends the wait that is going on, or else the next one before it begins. */
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
