/**
 * A job for a printer session: bytes, and the offsets at which they may be divided into segments that can each be confirmed.
 */

/** A part of a job that begins and ends with an empty line buffer. */
export interface Segment {
  /** `pulse` opens the drawer. It is sent in a separate write after the rest, and never a second time. */
  readonly kind: 'print' | 'pulse'
  /** Offsets in the bytes of the job, `to` exclusive. */
  readonly from: number
  readonly to: number
  /**
   * Printed lines of the receipt (a picture or a symbol counts as one), from 1. `firstLine` is one more than `lastLine` if the segment
   * prints no line. A line that is divided between segments belongs to each of them.
   */
  readonly firstLine: number
  readonly lastLine: number
  /** Paths of these lines in the receipt, in order, for example `nodes[3]`. */
  readonly paths: readonly string[]
}

/** The job that `compile` makes for a printer session. Without `segments`, the bytes are one segment. */
export interface PrintJob {
  readonly bytes: Uint8Array
  /** Segments in order, which cover the bytes without a gap. Default: one segment for all bytes. */
  readonly segments?: readonly Segment[]
  /** Returns the bytes of the lines that head a second copy (补打), so that it is not mistaken for another receipt. */
  reprintHeading?(): Uint8Array
}
