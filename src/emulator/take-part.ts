/** Takes a part of the roll off the machine: rows and log, which the machine then forgets. */
import { bytesPerRow } from '../model/bitmap.js'
import type { PaperPart } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { isEmptyLog, takeLog } from '../paper/algebra.js'
import type { Machine } from './machine.js'

/** Characters are printed up to eight times as high. */
const MAX_MULTIPLE = 8

/**
 * Takes the rows that the head has left behind, or all rows that were drawn on, with their log. Undefined if there are
 * no new rows and no new log entries.
 */
export function takePart(machine: Machine, rows: 'done' | 'all'): PaperPart | undefined {
  const { paper } = machine
  const { widthDots, rowsAbove } = paper
  const heightDots = paper.rowsOf(rows)
  paper.reserve(heightDots)
  const data = paper.data.slice(0, heightDots * bytesPerRow(widthDots))
  const part: PaperPart = {
    y: rowsAbove,
    widthDots,
    heightDots,
    dpi: machine.profile.dpi,
    bitmap: { widthDots, heightDots, data },
    ...takeLog(paper.log, rowsAbove),
    replies: machine.replies,
  }
  machine.replies = 0
  paper.forgetRows(rows)
  const isNothing = heightDots === 0 && part.replies === 0 && isEmptyLog(part)
  return isNothing ? undefined : part
}

/** Most rows by which the embedded font is higher than a printer's cells, because glyphs are drawn on the bottom of the cells. */
export function overhangOf({ fonts, hanzi }: Profile): number {
  const narrow = [fonts.A, fonts.B, fonts.C].map((cell) => {
    if (cell === undefined) return 0
    const glyph = cell.heightDots >= 24 ? [12, 24] : [9, 17]
    // A character that ESC V turns is as high as it is wide.
    return Math.max((glyph[0] ?? 0) - cell.widthDots, (glyph[1] ?? 0) - cell.heightDots)
  })
  const wide = 24 - Math.min(hanzi.widthDots, hanzi.heightDots)
  return MAX_MULTIPLE * Math.max(0, wide, ...narrow)
}
