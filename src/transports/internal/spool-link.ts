/** A way to print that takes whole jobs: what is written is kept, and handed over when the connection is closed. */

import { joinBytes } from '../../model/join-bytes.js'
import type { Link } from './link-connection.js'

/**
 * Collects the bytes and hands them over as one job at the end. A job that its caller gives up is never handed
 * over, so that half a receipt cannot come out. An empty job is not handed over either.
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
