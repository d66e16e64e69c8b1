/** Turns wrapped lines into line blocks: alignment becomes x, and runs get their heights. */

import type { Metrics } from '../model/metrics.js'
import type { Block, Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import { cellsHeightDots, measureCells } from './measure.js'
import type { Line } from './wrap.js'

/** Dots to the right of the box's left edge at which something `contentDots` wide begins. */
export function alignedOffset(
  align: Align,
  boxDots: number,
  contentDots: number,
  gridDots: number,
): number {
  const free = boxDots - contentDots
  if (align === 'left' || free <= 0) return 0
  const offset = align === 'right' ? free : free >> 1
  return offset - (offset % gridDots)
}

/** The runs of `line` from `x` on; blanks at the end that would print nothing are left out. */
export function placeLine(line: Line, x: number, metrics: Metrics): Run[] {
  const runs: Run[] = []
  let at = x
  for (const { cells, style } of line.pieces) {
    const widthDots = measureCells(cells, style, metrics)
    if (cells.length > 0) {
      const heightDots = cellsHeightDots(cells, style, metrics)
      runs.push({ x: at, widthDots, heightDots, style, cells })
    }
    at += widthDots
  }
  return runs
}

/**
 * A line block of `runs` (from left to right); without runs a feed of one line. Taller lines keep the white between
 * them that normal lines have.
 */
export function lineBlock(runs: readonly Run[], metrics: Metrics, path: string): Block {
  let tallest = 0
  for (const run of runs) if (run.heightDots > tallest) tallest = run.heightDots
  const leadingDots = Math.max(metrics.lineSpacingDots - metrics.fonts.A.heightDots, 0)
  const heightDots = Math.max(tallest + leadingDots, metrics.lineSpacingDots)
  return runs.length === 0 ? { kind: 'feed', heightDots } : { kind: 'line', heightDots, runs, path }
}

/** `lines` under each other in a box at `x`. */
export function placeLines(
  lines: readonly Line[],
  box: { readonly x: number; readonly widthDots: number; readonly path: string },
  align: Align,
  metrics: Metrics,
): Block[] {
  return lines.map((line) => {
    const offset = alignedOffset(align, box.widthDots, line.widthDots, metrics.placementGridDots)
    return lineBlock(placeLine(line, box.x + offset, metrics), metrics, box.path)
  })
}
