/** Bounds work by the caller's signal and deadline. */

import type { PrintOptions } from './types.js'

const DEADLINE_MS = 120_000
/** The longest delay of `setTimeout`: a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export type Limits = Pick<PrintOptions, 'signal' | 'timeoutMs' | 'deadline'>

export interface Bounds {
  /** Aborts at the caller's signal and at the deadline; `stopReason` tells which. */
  readonly signal: AbortSignal
  readonly stopReason: () => 'aborted' | 'timeout'
}

/** Runs the work within the limits, and stops the deadline's timer when the work has ended. */
export async function limited<T>(
  { signal, timeoutMs = DEADLINE_MS, deadline }: Limits,
  work: (bounds: Bounds) => Promise<T>,
): Promise<T> {
  const untilMs = deadline === undefined ? timeoutMs : deadline.getTime() - Date.now()
  const end = new AbortController()
  const expire = () => end.abort(new DOMException('the deadline has passed', 'TimeoutError'))
  const waitMs = Math.min(timeoutMs, untilMs, LONGEST_TIMER_MS)
  const timer = setTimeout(expire, Math.max(waitMs, 0))
  try {
    return await work({
      signal: signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]),
      stopReason: () => (signal?.aborted ? 'aborted' : 'timeout'),
    })
  } finally {
    clearTimeout(timer)
  }
}
