/** The events of a virtual printer, for all who watch it. */

import type { PaperPiece } from '../roll/paper-piece.js'

export type PrinterEvent =
  | { readonly kind: 'changed' }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'job' }
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'pulsed'; readonly pin: 2 | 5 }
  /** The rows of the roll from `from` on have changed. */
  | { readonly kind: 'printed'; readonly from: number }
  /** A piece of paper came off, by the cutter or by hand. */
  | { readonly kind: 'piece'; readonly piece: PaperPiece }

export class PrinterEvents {
  readonly #listeners = new Set<(event: PrinterEvent) => void>()

  /** Calls `listener` with each event. Returns a function that ends this. */
  listen(listener: (event: PrinterEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: PrinterEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
