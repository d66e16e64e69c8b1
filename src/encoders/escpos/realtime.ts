/** Bytes that a printer obeys at once wherever they stand, even inside a picture: DLE EOT, DLE ENQ, DLE DC4. */

/** The DLE of the first such sequence from `from` on, or -1. What follows DLE EOT and DLE ENQ is any byte: clones differ. */
export function realtimeAt(bytes: Uint8Array, from = 0): number {
  for (let at = bytes.indexOf(0x10, from); at >= 0; at = bytes.indexOf(0x10, at + 1)) {
    const next = bytes[at + 1]
    if (next === 0x04 || next === 0x05 || next === 0x14) return at
  }
  return -1
}
