/** A part of the roll that was handed out while the rest was being printed. */
import type { Paper } from '../model/paper.js'

/**
 * Some rows of a Paper, and the log since the part before it. All `y` count from the top of the roll, so that a row
 * of the bitmap is at `y - part.y`; indices of `lines` count this part's glyphs. Parts follow each other without a
 * gap. If the paper was fed back over rows that were handed out, a part begins above the end of the one before it,
 * and its black dots come on top of that one's.
 */
export interface PaperPart extends Paper {
  /** Row of the roll at which the bitmap begins. */
  readonly y: number
}
