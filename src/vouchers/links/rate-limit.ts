/** How often somebody may ask: a number of requests that fills up again over a minute. */

export interface RateLimit {
  /** Milliseconds to wait; 0 if the request is granted, which counts it. */
  take(who: string, now: number): number
}

interface Bucket {
  tokens: number
  at: number
}

const MINUTE_MS = 60_000
/** Askers who are remembered. Beyond that the one who asked longest ago is forgotten, so that many addresses cannot fill the memory. */
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
