/** The reports of an agent to the hub about a slip, made from its journal. */

import type { AgentEvent } from '../hub-api/agent-shapes.js'
import type { SlipPayload } from '../hub-api/slip-shapes.js'
import type { JobPayload, JobRecord } from '../journal/types.js'
import { readJobId, type SlipEnd, type SlipNote } from './note.js'

type Unnumbered<T> = T extends unknown ? Omit<T, 'seq'> : never
export type UnnumberedEvent = Unnumbered<AgentEvent>

/** A line of the outbox. */
export interface Report {
  readonly event: UnnumberedEvent
  /** The job that the report is about, and the text that the journal notes when the hub has confirmed it. */
  readonly jobId?: string
  readonly told?: string
}

const LONGEST_REASON = 200
const LONGEST_TITLE = 64

export interface EndDetails {
  readonly end: SlipEnd
  readonly at: string
  /** The slip's bytes, so that a person at the hub can have a copy made of a slip in doubt. */
  readonly payload?: JobPayload | undefined
}

/** Makes the reports of a slip's end: one for the slip that was taken from the hub, and a fact if it was handed in on the LAN. */
export function endReports(
  record: JobRecord,
  note: SlipNote,
  { end, at, payload }: EndDetails,
): readonly UnnumberedEvent[] {
  const { segments, printed, sent } = record
  const { outcome } = end
  const details = {
    at,
    ...reasonOf(end),
    ...(segments === 0 ? {} : { reach: { segments, printed, sent } }),
  }
  const events: UnnumberedEvent[] = []
  const named = readJobId(record.jobId)
  // A slip that was handed in on the LAN is never given back, so that it cannot end as not started.
  if (note.origin === 'lan' && named !== undefined && outcome !== 'not-started') {
    const { printer, contentHash, payloadHash, acceptedAt } = note
    const content = { ...named, printer, contentHash, payloadHash, acceptedAt }
    const bytes = payload === undefined ? {} : { payload: sentPayload(payload) }
    events.push({ ...details, ...content, ...bytes, ...titleOf(record), what: 'fact', outcome })
  }
  if (note.claim !== undefined) events.push({ ...details, ...note.claim, what: 'ended', outcome })
  return events
}

/** Makes the report of a slip that is not in the journal, or whose key has other content there. */
export function bareEnd(
  claim: { readonly slip: string; readonly epoch: number },
  end: SlipEnd,
  at: string,
): UnnumberedEvent {
  const { slip, epoch } = claim
  return { at, what: 'ended', slip, epoch, outcome: end.outcome, ...reasonOf(end) }
}

function sentPayload({ bytes, segments, heading }: JobPayload): SlipPayload {
  return {
    bytes: Buffer.from(bytes).toString('base64'),
    ...(segments === undefined ? {} : { segments }),
    ...(heading === undefined ? {} : { heading: Buffer.from(heading).toString('base64') }),
  }
}

function reasonOf({ reason }: SlipEnd): { readonly reason?: string } {
  const text = [...(reason ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ')]
    .slice(0, LONGEST_REASON)
    .join('')
  return text === '' ? {} : { reason: text }
}

function titleOf({ title }: JobRecord): { readonly title?: string } {
  const text = [...(title ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ')].slice(0, LONGEST_TITLE).join('')
  return text === '' ? {} : { title: text }
}
