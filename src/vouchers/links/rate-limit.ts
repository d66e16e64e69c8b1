/** A rate limit for each client: a number of requests that fills up again over a minute. */

export interface RateLimit {
  /** Returns 0 if a request of the client `who` is granted, which counts it; otherwise the milliseconds to wait. */
  take(who: string, now: number): number
}

interface Bucket {
  tokens: number
  at: number
}

const MINUTE_MS = 60_000
/**
 * Maximum number of clients that are remembered. The one that asked longest ago is forgotten first, so that many addresses cannot fill the
 * memory.
 */
const MOST_ASKERS = 10_000

export function rateLimit(perMinute: number): RateLimit {
  const buckets = new Map<string, Bucket>()
  return {
    take(who, now) {
      const known = buckets.get(who)
      buckets.delete(who)
      const since = known === undefined ? 0 : Math.max(0, now - known.at)
      const filled = (known?.tokens ?? perMinute) + (since * perMinute) / MINUTE_MS
      const tokens = Math.min(perMinute, filled)
      const isGranted = tokens >= 1
      buckets.set(who, { tokens: isGranted ? tokens - 1 : tokens, at: now })
      if (buckets.size > MOST_ASKERS) buckets.delete(buckets.keys().next().value as string)
      return isGranted ? 0 : Math.ceil(((1 - tokens) * MINUTE_MS) / perMinute)
    },
  }
}
