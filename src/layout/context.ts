/** The context of every layout function: the printer's measures, the shaper, and the callback for diagnostics. */

import type { Cells, ScriptFonts } from '../model/cells.js'
import type { Report } from '../model/diagnostic.js'
import type { Metrics } from '../model/metrics.js'
import type { Align, TextStyle } from '../model/style.js'

/** Turns text into cells as the printer will print them, so that layout measures cells and need not know their codes. */
export interface Shaper {
  /** Cells of one line of text, with reports of what was substituted, drawn or removed. */
  readonly shape: (
    text: string,
    options: {
      /** Path of the text in the receipt, for example `nodes[3].value`. */
      readonly path: string
      readonly report: Report
      /** Cells already in the line, for the tab stops. Default 0. */
      readonly column?: number
    },
  ) => Cells
  /** The two-byte code of each UTF-16 code unit, for text that needs no shaping. */
  readonly codes: Uint16Array
  /** Returns how many characters of the text are two cells wide, or -1 if the text needs shaping. */
  readonly wideIn: (text: string) => number
}

export interface LayoutContext {
  readonly metrics: Metrics
  readonly shaper: Shaper
  readonly report: Report
  /** Fonts of the scripts whose letters have to be shaped, such as Arabic. Default: none. */
  readonly scripts?: ScriptFonts | undefined
}

/** The space that a node may fill, and the style that it inherits. */
export interface Box {
  /** Dots from the left edge of the print area. */
  readonly x: number
  readonly widthDots: number
  readonly style: TextStyle
  readonly align: Align
  /** Path of the node, such as `nodes[3]`. */
  readonly path: string
}
