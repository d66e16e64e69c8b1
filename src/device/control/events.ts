/** The events of a virtual printer, for all who watch it. */

import type { PaperPiece } from '../roll/paper-piece.js'

export type PrinterEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'job' }
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'pulsed'; readonly pin: 2 | 5 }
  /** Rows from this one of the roll on look new. */
  | { readonly kind: 'printed'; readonly from: number }
  /** It came off, by the cutter or by hand. */
  | { readonly kind: 'piece'; readonly piece: PaperPiece }

export class PrinterEvents {
  readonly #listeners = new Set<(event: PrinterEvent) => void>()

  /** Returns what ends it. */
  listen(listener: (event: PrinterEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: PrinterEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
