/** A job of a virtual printer as its owner sees it. */

import type { Paper, PrintedSymbol } from '../../model/paper.js'

/** Shortcuts to the properties of paper that tests ask for. */
export interface PaperViews {
  /** The printed lines; gaps are blanks. */
  readonly text: string
  /** One pixel per dot. */
  readonly png: Uint8Array
  readonly symbols: readonly PrintedSymbol[]
}

/** The job of one connection; `text`, `png` and `symbols` are those of its paper. */
export interface VirtualJob extends PaperViews {
  /** All bytes that were received, including requests for status. */
  readonly bytes: Uint8Array
  /** The part that the printer has executed; more may follow when it comes back online. */
  readonly executed: Uint8Array
  /** The executed part on paper. */
  readonly paper: Paper
  /** `open` while it runs, `ended` by the client's own half-close, `broken` otherwise. */
  readonly connection: 'open' | 'ended' | 'broken'
}
