/** Ready bytes in the form in which a hub accepts them. */

import type { PrintJob } from '../model/print-job.js'
import type { SlipPayload } from './types.js'

/**
 * Makes the payload of a slip from the result of `compile`, or from bytes alone.
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

/** Number of arguments that a function call can have in every engine. */
const PIECE = 8192

function encodeBase64(bytes: Uint8Array): string {
  let letters = ''
  for (let from = 0; from < bytes.length; from += PIECE) {
    letters += String.fromCharCode(...bytes.subarray(from, from + PIECE))
  }
  return btoa(letters)
}
