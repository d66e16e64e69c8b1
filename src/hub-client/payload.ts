/** Ready bytes as a hub takes them. */

import type { PrintJob } from '../model/print-job.js'
import type { SlipPayload } from './types.js'

/**
 * The payload of a slip, of what `compile` gives, or of bytes alone.
 *
 * @example
 * payloadOf({ bytes: Uint8Array.of(0x1b, 0x40) }) // { bytes: 'G0A=' }
 */
export function payloadOf(job: PrintJob): SlipPayload {
  const { bytes, segments } = job
  const heading = job.reprintHeading?.()
  return {
    bytes: encodeBase64(bytes),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading: encodeBase64(heading) }),
  }
}

/** A call has room for so many arguments everywhere. */
const PIECE = 8192

function encodeBase64(bytes: Uint8Array): string {
  let letters = ''
  for (let from = 0; from < bytes.length; from += PIECE) {
    letters += String.fromCharCode(...bytes.subarray(from, from + PIECE))
  }
  return btoa(letters)
}
