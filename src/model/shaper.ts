/** Turns text into cells as a printer will print them. Layout is handed one, because it measures cells and knows no codes. */

import type { Cells, PlainCells } from './cells.js'
import type { Report } from './diagnostic.js'

/** Where a text comes from, and who hears what happens to it. */
export interface TextPlace {
  /** Path of the text in the receipt, for example `nodes[3].value`. */
  readonly path: string
  readonly report: Report
  /** Cells already in the line, for the tab stops. Default 0. */
  readonly column?: number
}

export interface Shaper {
  /** Cells of one line of text, with reports of what was substituted, drawn or removed. */
  readonly shape: (text: string, place: TextPlace) => Cells
  /** The cells of text that needs no shaping; undefined for any other. */
  readonly plainCells: (text: string) => PlainCells | undefined
}
