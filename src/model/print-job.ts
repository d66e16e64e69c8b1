/**
 * A job as a printer session takes it: bytes, and the places at which they may be parted so that each part can be
 * confirmed.
 */

/** A part of a job that begins and ends with an empty line buffer. */
export interface Segment {
  /** `pulse` opens the drawer. It is sent in a separate write after the rest, and never again. */
  readonly kind: 'print' | 'pulse'
  /** Offsets in the bytes of the job, `to` exclusive. */
  readonly from: number
  readonly to: number
  /**
   * Printed lines of the receipt (a picture or a symbol counts as one), from 1. `firstLine` is one more than `lastLine` where the
   * segment prints none. A line parted by segments is in each of them.
   */
  readonly firstLine: number
  readonly lastLine: number
  /** Paths of these lines in the receipt, in order, for example `nodes[3]`. */
  readonly paths: readonly string[]
}

/** The job that `compile` gives a printer session. Bytes alone are one segment. */
export interface PrintJob {
  readonly bytes: Uint8Array
  /** Cover the bytes without a gap, in order. Left out: all of it is one. */
  readonly segments?: readonly Segment[]
  /** Bytes of the lines that head a second copy (补打), so that it is not taken for another receipt. */
  reprintHeading?(): Uint8Array
}
