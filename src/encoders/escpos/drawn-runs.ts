/** Finds the runs and characters of a line that the printer cannot print as its own text. */

import { type Cells, hasLetters, PlainCells, ZONE_DRAWN } from '../../model/cells.js'
import type { LineBlock, Run } from '../../model/strip.js'
import { isDrawnStyle } from '../../model/style.js'

/** Whether the whole run is printed as dots, because printers do not have its style, its letters or its direction. */
export function isDrawnRun({ style, cells, isRightToLeft }: Run): boolean {
  return isDrawnStyle(style) || isRightToLeft === true || hasLetters(cells)
}

/** Whether some of the cells are printed as dots. */
export function hasDrawn(cells: Cells): boolean {
  return !(cells instanceof PlainCells) && cells.zone.includes(ZONE_DRAWN)
}

export function holdsDrawn({ runs }: LineBlock): boolean {
  for (const { cells } of runs) if (hasDrawn(cells)) return true
  return false
}

/** Whether the printer has all characters and styles of the line. */
export function isPlainLine({ runs }: LineBlock): boolean {
  for (const { cells, style, isRightToLeft } of runs) {
    if (!(cells instanceof PlainCells) || isDrawnStyle(style) || isRightToLeft === true)
      return false
  }
  return true
}
