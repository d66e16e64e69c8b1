/**
 * The way in which a virtual printer reads its link: how fast, how far, and after how many bytes it loses power or
 * breaks the connection.
 */

export interface LinkHabits {
  /** Reads at most this many bytes in each interval. Default: bytes are read as fast as they come. */
  readonly readBytes?: number
  /** Length of the interval. Default 50. */
  readonly readIntervalMs?: number
  /** Reads this many bytes of a connection and then no more; 0 never reads. Default: all. */
  readonly stopReadingAfterBytes?: number
  /** Loses power after this many bytes of a connection, which is reset, and the receive buffer is lost. Default: never. */
  readonly powerCutAfterBytes?: number
  /** Number of connections that lose power in this way. Default: all. */
  readonly powerCutTimes?: number
  /** Resets the connection after this many bytes of it; the printer goes on with what it has. Default: never. */
  readonly resetAfterBytes?: number
  /** Number of connections that are reset in this way. Default: all. */
  readonly resetTimes?: number
}

export interface LinkActions {
  powerCut(): void
  reset(): void
  /** A new interval has begun, so more bytes may be read. */
  more(): void
}

const NEVER = Number.POSITIVE_INFINITY

/** Limits the bytes of one connection after the other by the habits. */
export class LinkValve {
  readonly #habits: LinkHabits
  readonly #actions: LinkActions
  #powerCuts: number
  #resets: number
  #taken = 0
  #allowance = NEVER
  #powerCutAt = NEVER
  #resetAt = NEVER
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(habits: LinkHabits, actions: LinkActions) {
    this.#habits = habits
    this.#actions = actions
    this.#powerCuts = habits.powerCutTimes ?? NEVER
    this.#resets = habits.resetTimes ?? NEVER
  }

  /** Begins a connection, whose bytes are counted from 0. */
  open(): void {
    const { readBytes, readIntervalMs, powerCutAfterBytes, resetAfterBytes } = this.#habits
    this.#taken = 0
    this.#powerCutAt = this.#powerCuts > 0 ? (powerCutAfterBytes ?? NEVER) : NEVER
    this.#resetAt = this.#resets > 0 ? (resetAfterBytes ?? NEVER) : NEVER
    if (readBytes === undefined) return
    this.#allowance = readBytes
    this.#timer = setInterval(() => {
      this.#allowance = readBytes
      this.#actions.more()
    }, readIntervalMs ?? 50)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** Number of bytes that may be taken now. */
  get room(): number {
    const limit = this.#habits.stopReadingAfterBytes ?? NEVER
    const end = Math.min(limit, this.#powerCutAt, this.#resetAt)
    return Math.min(this.#allowance, end - this.#taken)
  }

  /** Notes that `count` bytes of the connection were taken, and makes the power cut or reset that is due. */
  took(count: number): void {
    this.#taken += count
    this.#allowance -= count
    if (this.#taken >= this.#powerCutAt) {
      this.#powerCutAt = NEVER
      this.#powerCuts--
      this.#actions.powerCut()
    } else if (this.#taken >= this.#resetAt) {
      this.#resetAt = NEVER
      this.#resets--
      this.#actions.reset()
    }
  }
}
