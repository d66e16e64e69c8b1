/** Watches one wait: a limit without progress, a deadline in total, and the caller's AbortSignal. */

export interface GuardOptions {
  /** Fails after so many milliseconds without a call of `progress`. */
  readonly stallMs?: number | undefined
  /** Fails after so many milliseconds in any case. */
  readonly totalMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly timedOut: (afterMs: number) => Error
  readonly aborted: (reason: unknown) => Error
}

export interface Guard {
  /** Settles like `work`, or rejects when the guard fails first. */
  race<T>(work: Promise<T>): Promise<T>
  progress(): void
  fail(error: Error): void
  stop(): void
}

export function startGuard(options: GuardOptions): Guard {
  const { stallMs, totalMs, signal } = options
  let reject: (error: Error) => void = () => {}
  const failed = new Promise<never>((_, rejectFailed) => {
    reject = rejectFailed
  })
  failed.catch(() => {})

  let stall: ReturnType<typeof setTimeout> | undefined
  let total: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(stall)
    clearTimeout(total)
    signal?.removeEventListener('abort', onAbort)
  }
  const fail = (error: Error) => {
    stop()
    reject(error)
  }
  const onAbort = () => fail(options.aborted(signal?.reason))
  const progress = () => {
    if (stallMs === undefined) return
    clearTimeout(stall)
    stall = setTimeout(() => fail(options.timedOut(stallMs)), stallMs)
  }

  if (signal?.aborted) onAbort()
  else {
    signal?.addEventListener('abort', onAbort, { once: true })
    progress()
    if (totalMs !== undefined) total = setTimeout(() => fail(options.timedOut(totalMs)), totalMs)
  }
  return { race: (work) => Promise.race([failed, work]), progress, fail, stop }
}
