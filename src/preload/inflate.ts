/** Inflates glyphs outside Node; loaded together with the first of them. */
import { inflateSync } from 'fflate'

/** Inflates one raw-deflate block of known size. */
export function inflateBlock(block: Uint8Array, size: number): Uint8Array {
  return inflateSync(block, { out: new Uint8Array(size) })
}
