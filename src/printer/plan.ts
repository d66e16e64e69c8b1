/** The bytes of a job, part by part, and how far a number of parts reaches into the receipt. */

import type { PrintJob, Segment } from '../model/print-job.js'
import type { Reach } from './types.js'

export interface Part {
  readonly bytes: Uint8Array
  /** Index of the segment in its copy, from 0; -1 for the heading 补打. */
  readonly index: number
  /** Number of the copy, from 1. */
  readonly copy: number
  readonly segment: Segment
}

export interface Plan {
  readonly job: PrintJob
  readonly copies: number
  /** Parts of all copies in order, without the drawer pulses. */
  readonly parts: readonly Part[]
  readonly partsPerCopy: number
  /**
   * Drawer pulses of all copies. They are sent once and apart from the parts, because a copy must not open the
   * drawer again.
   */
  readonly pulses: Uint8Array
  /** Bytes of all copies, drawer pulses included. */
  readonly totalBytes: number
  readonly totalLines: number
}

/** Plans `copies` copies of a job; `heading` is printed before each. */
export function planJob(job: PrintJob, copies: number, heading?: Uint8Array): Plan {
  const { bytes } = job
  const all = job.segments ?? [wholeOf(bytes)]
  const print = all.filter(({ kind }) => kind === 'print')
  const pulses = all.filter(({ kind }) => kind === 'pulse')
  const once: Omit<Part, 'copy'>[] = print.map((segment, index) => ({
    bytes: bytes.subarray(segment.from, segment.to),
    index,
    segment,
  }))
  if (heading !== undefined) {
    const segment = { ...wholeOf(heading), firstLine: 1, lastLine: 0 }
    once.unshift({ bytes: heading, index: -1, segment })
  }
  const parts: Part[] = []
  for (let copy = 1; copy <= copies; copy++) {
    for (const part of once) parts.push({ ...part, copy })
  }
  const pulseBytes = Uint8Array.from(
    pulses.flatMap(({ from, to }) => [...bytes.subarray(from, to)]),
  )
  return {
    job,
    copies,
    parts,
    partsPerCopy: once.length,
    pulses: pulseBytes,
    totalBytes: parts.reduce((sum, part) => sum + part.bytes.length, pulseBytes.length),
    totalLines: print.reduce((most, { lastLine }) => Math.max(most, lastLine), 0),
  }
}

/** Returns how far the job got if `printed` parts are confirmed and `sent` parts have been sent at least in part. */
export function reachOf(plan: Plan, printed: number, sent: number): Reach {
  const { parts, totalLines } = plan
  const copy = (parts[printed] ?? parts.at(-1))?.copy ?? 1
  let linesPrinted = 0
  let linesSent = 0
  for (const [i, part] of parts.entries()) {
    const { firstLine, lastLine } = part.segment
    if (part.copy !== copy || lastLine < firstLine) continue
    if (i < sent) linesSent = lastLine
    if (i < printed) linesPrinted = goesOn(part, parts[i + 1]) ? lastLine - 1 : lastLine
  }
  return {
    segments: parts.length,
    printed,
    sent,
    lines: { total: totalLines, printed: linesPrinted, sent: linesSent },
    copy,
    copySent: Math.max(parts[sent - 1]?.copy ?? 1, copy),
    path: pathAfter(plan, printed),
  }
}

/** Whether the last line of a part continues in the next part, so that the line is only printed with that one. */
function goesOn(part: Part, next: Part | undefined): boolean {
  return next?.copy === part.copy && next.segment.firstLine === part.segment.lastLine
}

function pathAfter({ parts }: Plan, printed: number): string | undefined {
  for (const { segment } of parts.slice(printed))
    if (segment.paths.length > 0) return segment.paths[0]
  return undefined
}

function wholeOf(bytes: Uint8Array): Segment {
  return { kind: 'print', from: 0, to: bytes.length, firstLine: 1, lastLine: 0, paths: [] }
}
