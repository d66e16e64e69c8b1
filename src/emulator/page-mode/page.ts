/** The page that page mode fills, until FF prints it. */
import type { Rectangle } from '../../model/strip.js'
import type { Sheet } from '../sheet.js'

export interface PageMode {
  /** The content of the page from earlier areas and directions. */
  readonly whole: Sheet
  /**
   * The print area of `ESC W` in dots of the page. Its content is drawn on a separate sheet, in the direction in
   * which it is read.
   */
  area: Rectangle
  /** The sheets of areas by their width; an empty one is used again. */
  readonly sheets: Map<number, Sheet>
  /** Row at which the lowest area set so far ends, because the page is at least that long. */
  bottom: number
  /**
   * Rows of characters that hang below the row on which all items stand. `GS $` and `GS \\` place the baseline of
   * characters, three of 24 rows above the end of their cells; the first line begins at the top of the area with its
   * whole cells (TM-T88III specification 3.12.3).
   */
  descent: number
  /** Whether it was noted that something did not fit into the area. */
  overflowed: boolean
  /** Whether it was noted that the page is full. */
  full: boolean
}
