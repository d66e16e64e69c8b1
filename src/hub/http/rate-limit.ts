/** Limits the requests of each sender, because one POS that runs wild must not block the others. */

const MOST_SENDERS = 50_000

export interface RateLimit {
  /** Milliseconds to wait, or 0 if the request may pass. */
  waitMs(sender: string, nowMs: number): number
}

/** Makes a limit. @param perSecond requests per second of a sender, which may send twice as many at once after a pause */
export function rateLimit(perSecond: number): RateLimit {
  const buckets = new Map<string, { level: number; at: number }>()
  const burst = perSecond * 2
  return {
    waitMs(sender, nowMs) {
      const bucket = buckets.get(sender) ?? { level: 0, at: nowMs }
      const level = Math.max(0, bucket.level - ((nowMs - bucket.at) * perSecond) / 1000)
      if (level + 1 > burst) return Math.ceil(((level + 1 - burst) / perSecond) * 1000)
      if (buckets.size > MOST_SENDERS) buckets.clear()
      buckets.set(sender, { level: level + 1, at: nowMs })
      return 0
    },
  }
}
