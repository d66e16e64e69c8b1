/**
 * What the requests of a printer of Epson Server Direct Print mean for its slip, as pure functions.
 *
 * Such a printer asks and gets its job with the answer, so that its slip is taken at once, and from then on only the printer's own result ends
 * it. It asks for the next job when it is done with the one before. If it asks and no result has come, either the answer or the result was
 * lost: the paper may be out, so that the slip is uncertain, and is never handed out again.
 */

import type { InnerStatus } from '../hub/parts.js'
import type { CloudEnd, CloudSlip } from './rules.js'

/** What became of a job, in a printer's words. */
export interface DirectResult {
  /** Undefined for firmware that names none. */
  readonly printJobId: string | undefined
  readonly success: boolean
  /** Such as `EPTR_COVER_OPEN`; empty if there is none. */
  readonly code: string
  /** 32 bits, see `statusOfBits`. */
  readonly status: number | undefined
}

/** The end of the slip that a printer has when it asks for another one; undefined if its bytes were never given out. */
export function judgeAsk(held: CloudSlip | undefined): CloudEnd | undefined {
  return held?.isFetched ? { outcome: 'uncertain', reason: 'not-confirmed' } : undefined
}

/** No code proves that nothing is on paper: a printer may stop in the middle of a job for any of these reasons. */
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

/** Whether it would only spoil slips now. */
export function isTroubled({ online, paper, cover, error }: InnerStatus): boolean {
  return !online || paper === 'end' || cover === 'open' || error !== 'none'
}

const NAME = /^([\w-]{22})\.([0-9a-z]{1,6})$/

/** At most 30 of `[A-Za-z0-9_.-]`: the id of the slip in base64, and how often it was taken. */
export function printJobIdOf({ slip, epoch }: Pick<CloudSlip, 'slip' | 'epoch'>): string {
  const id = Buffer.from(slip.replaceAll('-', ''), 'hex').toString('base64url')
  return `${id}.${epoch.toString(36)}`
}

/** Undefined for one that is none of ours. */
export function readPrintJobId(name: string): Pick<CloudSlip, 'slip' | 'epoch'> | undefined {
  const [, id, epoch] = NAME.exec(name) ?? []
  if (id === undefined || epoch === undefined) return undefined
  const hex = Buffer.from(id, 'base64url').toString('hex')
  const slip = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { slip, epoch: Number.parseInt(epoch, 36) }
}
