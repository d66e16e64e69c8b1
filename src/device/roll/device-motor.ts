/** How fast the paper of a virtual device moves: rows that may come out by now. */

const TICK_MS = 10

export class DeviceMotor {
  readonly #rowsPerMs: number
  readonly #tick: () => void
  #allowance = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param tick there are rows to move by */
  constructor(rowsPerSecond: number, tick: () => void) {
    this.#rowsPerMs = rowsPerSecond / 1000
    this.#tick = tick
  }

  /** Whole rows that may move now. */
  get allowance(): number {
    return this.#rowsPerMs === Number.POSITIVE_INFINITY
      ? this.#rowsPerMs
      : Math.floor(this.#allowance)
  }

  moved(rows: number): void {
    this.#allowance -= rows
  }

  /** There is more to move: ticks when it may. */
  start(): void {
    if (this.#timer !== undefined) return
    const started = performance.now()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#allowance += (performance.now() - started) * this.#rowsPerMs
      this.#tick()
    }, TICK_MS)
  }

  /** Stops the motor. Unused movement is not saved for the next run. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#allowance = 0
  }
}
