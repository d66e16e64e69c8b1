/** Finds the runs and characters of a line that the printer cannot print as its own text. */

import { type Cells, hasLetters, PlainCells, ZONE_DRAWN } from '../../model/cells.js'
import type { LineBlock, Run } from '../../model/strip.js'
import { isDrawnStyle } from '../../model/style.js'

/** Whether all of it is dots, whatever its characters: printers know no such style, letter or direction. */
export function isDrawnRun({ style, cells, isRightToLeft }: Run): boolean {
  return isDrawnStyle(style) || isRightToLeft === true || hasLetters(cells)
}

/** Whether some of its characters are dots. */
export function hasDrawn(cells: Cells): boolean {
  return !(cells instanceof PlainCells) && cells.zone.includes(ZONE_DRAWN)
}

export function holdsDrawn({ runs }: LineBlock): boolean {
  for (const { cells } of runs) if (hasDrawn(cells)) return true
  return false
}

/** Text that the printer has, in styles that it has. */
export function isPlainLine({ runs }: LineBlock): boolean {
  for (const { cells, style, isRightToLeft } of runs) {
    if (!(cells instanceof PlainCells) || isDrawnStyle(style) || isRightToLeft === true)
      return false
  }
  return true
}
