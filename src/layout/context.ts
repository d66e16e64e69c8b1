/** The input of every layout function: the printer's measures, the shaper, and the receiver of reports. */

import type { Report } from '../model/diagnostic.js'
import type { Metrics } from '../model/metrics.js'
import type { Shaper } from '../model/shaper.js'
import type { Align, TextStyle } from '../model/style.js'

export interface LayoutContext {
  readonly metrics: Metrics
  readonly shaper: Shaper
  readonly report: Report
}

/** The space that a node may fill, and the style that it inherits. */
export interface Box {
  /** Dots from the left edge of the print area. */
  readonly x: number
  readonly widthDots: number
  readonly style: TextStyle
  readonly align: Align
  /** Of the node: `nodes[3]`. */
  readonly path: string
}
