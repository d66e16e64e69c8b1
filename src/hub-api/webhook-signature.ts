/** Signatures of webhooks: HMAC-SHA256 over time and body, so that nobody else can call the address, nor repeat an old call. */

import { createHmac, timingSafeEqual } from 'node:crypto'

const GOOD_FOR_MS = 300_000

/** The headers `xiaopiao-time` and `xiaopiao-signature`. */
export interface WebhookHeaders {
  /** Milliseconds since 1970. */
  readonly time: string
  readonly signature: string
}

export function signWebhook(secret: string, body: string, nowMs: number): WebhookHeaders {
  const time = String(Math.round(nowMs))
  return { time, signature: hmacOf(secret, time, body) }
}

/**
 * Whether a call of a webhook is the hub's: signed by the secret, and not older than five minutes. The body's `id` tells whether it
 * repeats a call that was received before.
 *
 * @param secret the secret that the hub showed when the webhook was made
 * @param body the text that was received, before it is parsed as JSON
 *
 * @example
 * isWebhookOf('secret', '{}', { time: '1795910400000', signature: '00' }, 1795910400000) // false
 */
export function isWebhookOf(
  secret: string,
  body: string,
  { time, signature }: WebhookHeaders,
  nowMs: number,
): boolean {
  if (!(Math.abs(nowMs - Number(time)) <= GOOD_FOR_MS)) return false
  const expected = Buffer.from(hmacOf(secret, time, body))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function hmacOf(secret: string, time: string, body: string): string {
  return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
}
