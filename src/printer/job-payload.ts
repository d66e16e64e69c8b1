/** Turns a job into the form that a journal keeps, and back. */

import type { JobPayload } from '../journal/types.js'
import type { PrintJob } from '../model/print-job.js'
import { isBytes } from '../model/realms.js'

export function payloadOf(job: Uint8Array | PrintJob): JobPayload {
  if (isBytes(job)) return { bytes: job.slice() }
  const { bytes, segments } = job
  const heading = job.reprintHeading?.()
  return {
    bytes: bytes.slice(),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading }),
  }
}

export function jobOf({ bytes, segments, heading }: JobPayload): PrintJob {
  return {
    bytes,
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { reprintHeading: () => heading }),
  }
}
