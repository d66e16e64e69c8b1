/** Lines and rectangles of page mode (`GS ( Q`). */
import { fillRect } from '../../glyphs/draw.js'
import type { Handlers } from '../commands/handlers.js'
import { dotsAcross, dotsAlong, type Machine } from '../machine.js'

/** The highest `pageModeDots` of a profile. */
const MAX_PAGE_ROWS = 4096

interface Corners {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  /** 1 thin, 2 moderately thick, 3 thick. The number of dots differs by model; here it is equal to m1. */
  readonly m1: number
}

export const pageLines = {
  pageLine: (machine, corners, offset) => {
    const { left, top, right, bottom, thick } = boxOf(machine, corners)
    if (left !== right && top !== bottom) {
      const message = 'GS ( Q draws upright and level lines'
      machine.paper.note('PAGE_LINE_IGNORED', message, offset)
    } else drawBar(machine, left, top, right - left + thick, bottom - top + thick, offset)
  },
  pageRectangle: (machine, corners, offset) => {
    const { left, top, right, bottom, thick } = boxOf(machine, corners)
    const across = right - left + thick
    const down = bottom - top + thick
    drawBar(machine, left, top, across, thick, offset)
    drawBar(machine, left, bottom, across, thick, offset)
    drawBar(machine, left, top, thick, down, offset)
    drawBar(machine, right, top, thick, down, offset)
  },
} satisfies Partial<Handlers>

function boxOf(machine: Machine, { x1, y1, x2, y2, m1 }: Corners) {
  const along = (x: number) => dotsAlong(machine, x)
  const across = (y: number) => dotsAcross(machine, y)
  return {
    left: Math.min(along(x1), along(x2)),
    right: Math.max(along(x1), along(x2)),
    top: Math.min(across(y1), across(y2)),
    bottom: Math.max(across(y1), across(y2)),
    thick: Math.max(1, Math.min(m1, 3)),
  }
}

/**
 * Draws a black box. Dots below the longest page that a profile may have are dropped here, because a command may name row 65,535, and dots
 * beyond the area when the page is put together.
 */
function drawBar(
  machine: Machine,
  x: number,
  y: number,
  widthDots: number,
  heightDots: number,
  offset: number,
): void {
  const { page, sheet, paper } = machine
  if (page === undefined) {
    paper.note('PAGE_LINE_IGNORED', 'GS ( Q draws in page mode only', offset)
    return
  }
  const bottom = Math.min(y + heightDots, MAX_PAGE_ROWS)
  sheet.reserve(bottom)
  fillRect(sheet, x, y, widthDots, Math.max(0, bottom - y))
  sheet.usedRows = Math.max(sheet.usedRows, bottom)
}
