/** The speed of a virtual device's paper: how many rows may have come out by now. */

const TICK_MS = 10

export class DeviceMotor {
  readonly #rowsPerMs: number
  readonly #tick: () => void
  #allowance = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param tick called when rows may move */
  constructor(rowsPerSecond: number, tick: () => void) {
    this.#rowsPerMs = rowsPerSecond / 1000
    this.#tick = tick
  }

  /** Number of whole rows that may move now. */
  get allowance(): number {
    return this.#rowsPerMs === Number.POSITIVE_INFINITY
      ? this.#rowsPerMs
      : Math.floor(this.#allowance)
  }

  moved(rows: number): void {
    this.#allowance -= rows
  }

  /** Starts the motor, which calls `tick` once when more rows may move. */
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
