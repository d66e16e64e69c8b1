/** Journal entries as lines of JSON. */

import type { Segment } from '../model/print-job.js'
import type { JobEvent, JobPayload, JobRecord } from './types.js'

/**
 * One line of the file: an event and the record after it, so that reading does not depend on the rules of the version that has written it.
 */
export interface StoredLine {
  readonly event: JobEvent['type'] | 'compacted'
  readonly record: JobRecord
  readonly payload?: StoredPayload
}

export interface StoredPayload {
  readonly bytes: string
  readonly segments?: readonly Segment[]
  readonly heading?: string
}

export function storePayload({ bytes, segments, heading }: JobPayload): StoredPayload {
  return {
    bytes: Buffer.from(bytes).toString('base64'),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading: Buffer.from(heading).toString('base64') }),
  }
}

export function readPayload({ bytes, segments, heading }: StoredPayload): JobPayload {
  return {
    bytes: new Uint8Array(Buffer.from(bytes, 'base64')),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading: new Uint8Array(Buffer.from(heading, 'base64')) }),
  }
}

/** Parses a line; undefined if the text is not a line that was written completely. */
export function parseLine(text: string): StoredLine | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isLine(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isLine(value: unknown): value is StoredLine {
  if (typeof value !== 'object' || value === null || !('record' in value)) return false
  const { record } = value
  if (typeof record !== 'object' || record === null) return false
  return 'jobId' in record && typeof record.jobId === 'string' && 'state' in record
}
