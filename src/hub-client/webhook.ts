/** Checks whether a call of a webhook comes from the hub, by the Web Crypto API that Node and browsers share. */

export interface SignedCall {
  /** The secret that the hub showed when the webhook was made. */
  readonly secret: string
  /** The text that was received, before it is parsed as JSON. */
  readonly body: string
  /** The header `xiaopiao-time`. */
  readonly time: string
  /** The header `xiaopiao-signature`. */
  readonly signature: string
}

const GOOD_FOR_MS = 300_000

/**
 * Whether the hub has signed the call, and not longer ago than five minutes. A call may come more than once: its `id` is the same then.
 *
 * @param nowMs Default: the time of this machine
 *
 * @example
 * await isSignedCall({ secret: 'x', body: '{}', time: '0', signature: '' }) // false
 */
export async function isSignedCall(
  { secret, body, time, signature }: SignedCall,
  nowMs: number = Date.now(),
): Promise<boolean> {
  if (!(Math.abs(nowMs - Number(time)) <= GOOD_FOR_MS)) return false
  if (!/^[0-9a-f]{64}$/.test(signature)) return false
  const { subtle } = globalThis.crypto
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify'])
  // `verify` compares in constant time.
  return subtle.verify('HMAC', key, bytesOf(signature), encoder.encode(`${time}.${body}`))
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
