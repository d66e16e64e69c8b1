/** A link to a print system that takes whole jobs: the written bytes are kept, and handed over when the connection is closed. */

import { joinBytes } from '../../model/join-bytes.js'
import type { Link } from './link-connection.js'

/**
 * Collects the bytes and hands them over as one job at the end. An aborted job is never handed over, so that half a receipt cannot come
 * out, and an empty job is not handed over either.
 */
export function spoolLink(submit: (job: Uint8Array, signal: AbortSignal) => Promise<void>): Link {
  const pieces: Uint8Array[] = []
  const giveUp = new AbortController()
  return {
    async send(piece) {
      pieces.push(piece.slice())
    },
    async finish() {
      if (pieces.length > 0) await submit(joinBytes(pieces), giveUp.signal)
    },
    destroy: () => giveUp.abort(),
  }
}
