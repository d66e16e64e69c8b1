/** Pieces of a stream put together. */

export function joinBytes(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = pieces.filter(({ length }) => length > 0)
  const [first] = whole
  if (whole.length === 1 && first !== undefined) return first
  const all = new Uint8Array(whole.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of whole) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
