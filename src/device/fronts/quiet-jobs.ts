/** Jobs on a link without connections: a job begins with its first byte, and ends after some time without a byte. */

import type { FrontHost } from './front.js'

const DEFAULT_QUIET_MS = 500

export class QuietJobs {
  /** Number of jobs so far. */
  count = 0
  readonly #host: FrontHost
  readonly #hasWaiting: () => boolean
  readonly #quietMs: number
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param hasWaiting whether bytes wait that the host has not taken yet, because the line is not quiet then */
  constructor(host: FrontHost, hasWaiting: () => boolean, quietMs = DEFAULT_QUIET_MS) {
    this.#host = host
    this.#hasWaiting = hasWaiting
    this.#quietMs = quietMs
  }

  /** Notes that bytes have come and are about to be taken. They may begin a job. */
  heard(): void {
    if (this.#timer === undefined) {
      this.count++
      this.#host.begun?.()
    }
    this.#restart()
  }

  /** Ends the job, because the link is gone. */
  broken(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#host.closed?.()
  }

  #restart(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#hasWaiting()) return this.#restart()
      this.#host.ended?.()
      this.broken()
    }, this.#quietMs)
  }
}
