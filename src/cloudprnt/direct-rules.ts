/**
 * The meaning of the requests of an Epson Server Direct Print printer for its slip, as pure functions.
 *
 * Such a printer gets its job in the answer to its request, so that its slip is taken at once, and from then on only the printer's own result
 * ends it. The printer asks for the next job when it has finished the one before. If it asks although no result has come, either the answer or the
 * result was lost. The paper may have come out, so that the slip is uncertain and never handed out again.
 */

import type { InnerStatus } from '../hub/parts.js'
import type { CloudEnd, CloudSlip } from './rules.js'

/** The result of a job, as a printer reports it. */
export interface DirectResult {
  /** Undefined if the firmware does not name the job. */
  readonly printJobId: string | undefined
  readonly success: boolean
  /** Code of the error, such as `EPTR_COVER_OPEN`; empty if there is none. */
  readonly code: string
  /** 32 bits, see `statusOfBits`. */
  readonly status: number | undefined
}

/** Judges the slip that a printer holds when it asks for another one; undefined if the bytes of the slip were never handed out. */
export function judgeAsk(held: CloudSlip | undefined): CloudEnd | undefined {
  return held?.isFetched ? { outcome: 'uncertain', reason: 'not-confirmed' } : undefined
}

/** Reasons by code. None of them proves that nothing is on paper, because a printer may stop in the middle of a job for any of them. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['EPTR_COVER_OPEN', 'cover-open'],
  ['EPTR_REC_EMPTY', 'paper-out'],
  ['EPTR_CUTTER', 'printer-error'],
  ['EPTR_MECHANICAL', 'printer-error'],
  ['EPTR_AUTOMATICAL', 'printer-error'],
  ['EPTR_UNRECOVERABLE', 'printer-error'],
  ['SchemaError', 'media-refused'],
])

export function judgeResult({ success, code }: DirectResult): CloudEnd {
  if (success) return { outcome: 'printed' }
  return { outcome: 'uncertain', reason: REASONS.get(code) ?? 'printer-refused' }
}

/** Bits of `status` and `asbstatus`: those of ESC/POS's automatic status, as public code for ePOS-Print reads them, because we had no page of the manual. */
const BIT = {
  noAnswer: 0x0000_0001,
  offline: 0x0000_0008,
  coverOpen: 0x0000_0020,
  mechanical: 0x0000_0400,
  cutter: 0x0000_0800,
  unrecoverable: 0x0000_2000,
  recoversItself: 0x0000_4000,
  nearEnd: 0x0002_0000,
  end: 0x0008_0000,
} as const

export function statusOfBits(bits: number): InnerStatus {
  const has = (name: keyof typeof BIT) => (bits & BIT[name]) !== 0
  const isFaulty =
    has('mechanical') || has('cutter') || has('unrecoverable') || has('recoversItself')
  return {
    online: !has('offline') && !has('noAnswer'),
    paper: has('end') ? 'end' : has('nearEnd') ? 'near-end' : 'ok',
    cover: has('coverOpen') ? 'open' : 'closed',
    error: isFaulty ? 'other' : 'none',
  }
}

/** Whether the printer cannot print now, so that a slip would only end in doubt. */
export function isTroubled({ online, paper, cover, error }: InnerStatus): boolean {
  return !online || paper === 'end' || cover === 'open' || error !== 'none'
}

const NAME = /^([\w-]{22})\.([0-9a-z]{1,6})$/

/** Makes the job's id, at most 30 of `[A-Za-z0-9_.-]`: the slip's id in base64url, and its epoch in base 36. */
export function printJobIdOf({ slip, epoch }: Pick<CloudSlip, 'slip' | 'epoch'>): string {
  const id = Buffer.from(slip.replaceAll('-', ''), 'hex').toString('base64url')
  return `${id}.${epoch.toString(36)}`
}

/** Reads a job's id; undefined if it was not made by `printJobIdOf`. */
export function readPrintJobId(name: string): Pick<CloudSlip, 'slip' | 'epoch'> | undefined {
  const [, id, epoch] = NAME.exec(name) ?? []
  if (id === undefined || epoch === undefined) return undefined
  const hex = Buffer.from(id, 'base64url').toString('hex')
  const slip = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { slip, epoch: Number.parseInt(epoch, 36) }
}
