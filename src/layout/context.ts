/** The input of every layout function: the printer's measures, the charset, and the receiver of reports. */

import type { Charset } from '../charsets/charset.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Report } from '../model/diagnostic.js'
import type { Metrics } from '../model/metrics.js'
import type { Align, TextStyle } from '../model/style.js'

export interface LayoutContext {
  readonly metrics: Metrics
  readonly charset: Charset
  readonly report: Report
  readonly onUnsupported: OnUnsupported
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
