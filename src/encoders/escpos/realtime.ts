/** Bytes that a printer obeys at once, even inside a picture: DLE EOT, DLE ENQ, DLE DC4. */

/** Third bytes that make a request of DLE EOT (04), DLE ENQ (05) and DLE DC4 (14). */
const requests: Readonly<Record<number, ReadonlySet<number>>> = {
  4: new Set([1, 2, 3, 4, 5, 6, 7, 8, 18]),
  5: new Set([0, 1, 2, 3]),
  20: new Set([1, 2, 3, 7, 8]),
}

/** Returns the offset of the DLE of the first such request from `from` on, or -1. */
export function realtimeAt(bytes: Uint8Array, from = 0): number {
  for (let at = bytes.indexOf(0x10, from); at >= 0; at = bytes.indexOf(0x10, at + 1)) {
    const thirds = requests[bytes[at + 1] ?? 0]
    if (thirds?.has(bytes[at + 2] ?? 0xff)) return at
  }
  return -1
}
