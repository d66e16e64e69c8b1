/** Finds the real-time requests in a stream as a printer does: at once and anywhere, even inside an image. */

export type RealtimeRequest =
  | { readonly kind: 'status'; readonly n: number }
  | { readonly kind: 'recover'; readonly n: number }
  | { readonly kind: 'pulse'; readonly pin: 2 | 5; readonly onMs: number }
  | { readonly kind: 'power-off' }
  | { readonly kind: 'transmit'; readonly m: number }
  | { readonly kind: 'clear' }

type Pattern = readonly (number | 'any')[]

const PATTERNS: readonly { readonly bytes: Pattern; read(seen: number[]): RealtimeRequest }[] = [
  { bytes: [0x10, 0x04, 'any'], read: (seen) => ({ kind: 'status', n: seen[2] ?? 0 }) },
  { bytes: [0x10, 0x05, 'any'], read: (seen) => ({ kind: 'recover', n: seen[2] ?? 0 }) },
  {
    bytes: [0x10, 0x14, 0x01, 'any', 'any'],
    read: (seen) => ({ kind: 'pulse', pin: seen[3] === 1 ? 5 : 2, onMs: (seen[4] ?? 0) * 100 }),
  },
  { bytes: [0x10, 0x14, 0x02, 0x01, 0x08], read: () => ({ kind: 'power-off' }) },
  { bytes: [0x10, 0x14, 0x07, 'any'], read: (seen) => ({ kind: 'transmit', m: seen[3] ?? 0 }) },
  {
    bytes: [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08],
    read: () => ({ kind: 'clear' }),
  },
]

/** Takes the stream byte by byte; a request may be cut into any pieces. */
export class RealtimeScanner {
  #seen: number[] = []

  /** Takes a byte, and returns the request that it completes, if any. */
  take(byte: number): RealtimeRequest | undefined {
    if (byte !== 0x10 && this.#seen.length === 0) return undefined
    this.#seen.push(byte)
    const pattern = PATTERNS.find(({ bytes }) => startsAs(bytes, this.#seen))
    if (pattern === undefined) {
      this.#seen = byte === 0x10 ? [byte] : []
      return undefined
    }
    if (pattern.bytes.length > this.#seen.length) return undefined
    const request = pattern.read(this.#seen)
    this.#seen = []
    return request
  }
}

function startsAs(pattern: Pattern, seen: readonly number[]): boolean {
  return seen.every((byte, i) => pattern[i] === 'any' || pattern[i] === byte)
}
