/** Turns wrapped lines into line blocks: alignment becomes x, and runs get their heights. */

import { PlainCells } from '../model/cells.js'
import { blankCells, sliceCells } from '../model/cut-cells.js'
import type { Metrics } from '../model/metrics.js'
import { type Block, inkedDots, PlainRun, type Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import { type Stretch, seenOrder } from './directions.js'
import type { Line, Piece } from './line.js'
import { advanceDots, cellsHeightDots, measureCells, reachDots } from './measure.js'

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

/** The runs of `line` from `x` on. */
export function placeLine(line: Line, x: number, metrics: Metrics): Run[] {
  const runs: Run[] = []
  let at = x
  const pieces = withoutSpacingAfter(line.pieces)
  const seen = seenOrder(pieces)
  if (seen !== undefined) return placeSeen(seen, x, metrics)
  for (const piece of pieces) {
    const widthDots = measureCells(piece.cells, piece.style, metrics)
    if (piece.cells.length > 0) runs.push(runAt(at, widthDots, piece, metrics))
    at += widthDots
  }
  return runs
}

/** Stretches of a line in which some text runs from right to left. */
function placeSeen(stretches: readonly Stretch[], x: number, metrics: Metrics): Run[] {
  let at = x
  return stretches.map((stretch) => {
    const { order, isRightToLeft } = stretch
    const widthDots = measureCells(stretch.cells, stretch.style, metrics)
    // Between whole dots, so that cells beside each other are read one after the other.
    const place = x + order / stretches.length
    const run = { ...runAt(at, widthDots, stretch, metrics), isRightToLeft, order: place }
    at += widthDots
    return run
  })
}

/** A piece whose width is known, at `x`. */
export function runAt(x: number, widthDots: number, piece: Piece, metrics: Metrics): Run {
  const { cells, style } = piece
  const heightDots = cellsHeightDots(cells, style, metrics)
  if (cells instanceof PlainCells) {
    const { text, codes, wide } = cells
    return new PlainRun(x, widthDots, heightDots, style, text, codes, wide)
  }
  const { below } = reachDots(cells, style, metrics)
  return { x, widthDots, heightDots, style, cells, ...(below > 0 ? { dropDots: below } : {}) }
}

/** The last character as a piece without letter spacing: printers ink it after white on black, and centre with it. */
function withoutSpacingAfter(pieces: readonly Piece[]): readonly Piece[] {
  let last = pieces.length - 1
  while (last >= 0 && pieces[last]?.cells.length === 0) last--
  const piece = pieces[last]
  if (piece === undefined || piece.style.letterSpacing === 0) return pieces
  const { cells, style } = piece
  const end = cells.length - 1
  const before = end === 0 ? [] : [{ cells: sliceCells(cells, 0, end), style }]
  const tail = { cells: sliceCells(cells, end, end + 1), style: { ...style, letterSpacing: 0 } }
  return [...pieces.slice(0, last), ...before, tail]
}

/**
 * A line block of `runs` (from left to right); without runs a feed of one line. Taller lines, and lower ones of
 * Font B, keep the white between them that normal lines have.
 */
export function lineBlock(placed: readonly Run[], metrics: Metrics, path: string): Block {
  const inked = withoutTrailingBlanks(placed, metrics)
  const runs = inked.length === 0 ? placed : inked
  return inked.length === 0
    ? { kind: 'feed', heightDots: lineHeightDots(inkedDots(runs), metrics) }
    : inkedLine(joinInverse(runs, metrics), metrics, path)
}

/** As `lineBlock`, of runs that end in ink, between which there is nothing to blacken. */
export function inkedLine(runs: readonly Run[], metrics: Metrics, path: string): Block {
  return { kind: 'line', heightDots: lineHeightDots(inkedDots(runs), metrics), runs, path }
}

/** Of a line whose ink is `tallest` dots high. */
function lineHeightDots(tallest: number, metrics: Metrics): number {
  const { lineSpacingDots, fonts, leastLineDots = 0 } = metrics
  const leadingDots = Math.max(lineSpacingDots - fonts.A.heightDots, 0)
  return Math.max((tallest || fonts.A.heightDots) + leadingDots, leastLineDots)
}

/** Blanks that end a line and leave no mark are not sent, so they must not make the line taller either. */
function withoutTrailingBlanks(runs: readonly Run[], metrics: Metrics): readonly Run[] {
  for (let r = runs.length - 1; r >= 0; r--) {
    const run = runs[r] as Run
    const end = inkedLength(run)
    if (end === 0) continue
    if (end === run.cells.length && r === runs.length - 1) return runs
    const rest = runs.slice(0, r + 1)
    if (end < run.cells.length) {
      const cells = sliceCells(run.cells, 0, end)
      const widthDots = measureCells(cells, run.style, metrics)
      rest[r] = { ...run, cells, widthDots, heightDots: cellsHeightDots(cells, run.style, metrics) }
    }
    return rest
  }
  return []
}

function inkedLength({ cells, style, isRightToLeft }: Run): number {
  let end = cells.length
  // From right to left its end is at the left, and beside other runs.
  if (style.underline > 0 || style.inverse || isRightToLeft === true) return end
  if (cells instanceof PlainCells) {
    while (end > 0 && cells.text.charCodeAt(end - 1) === 0x20) end--
    return end
  }
  while (end > 0 && cells.code[end - 1] === 0x20) end--
  return end
}

/** Black between white-on-black runs: blanks of the left one's style, as many as fit. */
function joinInverse(runs: readonly Run[], metrics: Metrics): readonly Run[] {
  if (!runs.some(({ style }) => style.inverse)) return runs
  return runs.flatMap((run, i) => {
    const next = runs[i + 1]
    if (next === undefined || !run.style.inverse || !next.style.inverse) return [run]
    const x = run.x + run.widthDots
    const blankDots = advanceDots(1, run.style, metrics)
    const count = Math.floor((next.x - x) / blankDots)
    if (count <= 0) return [run]
    const cells = blankCells(count)
    const heightDots = Math.max(run.heightDots, cellsHeightDots(cells, run.style, metrics))
    return [run, { x, widthDots: count * blankDots, heightDots, style: run.style, cells }]
  })
}

/** `lines` under each other in a box at `x`. */
export function placeLines(
  lines: readonly Line[],
  box: { readonly x: number; readonly widthDots: number; readonly path: string },
  align: Align,
  metrics: Metrics,
): Block[] {
  return lines.map((line) => {
    const indent = line.indentDots ?? 0
    const grid = metrics.placementGridDots
    const offset = alignedOffset(align, box.widthDots - indent, line.widthDots, grid)
    const x = box.x + indent + offset
    const run = plainRun(line, x, metrics)
    if (run !== undefined) return inkedLine([run], metrics, box.path)
    return lineBlock(placeLine(line, x, metrics), metrics, box.path)
  })
}

/** The only run of a line of plain text that ends in ink; undefined for any other line. */
function plainRun({ pieces, widthDots }: Line, x: number, metrics: Metrics): Run | undefined {
  const [piece] = pieces
  if (piece === undefined || pieces.length > 1) return undefined
  const { cells, style } = piece
  if (!(cells instanceof PlainCells) || style.inverse || style.letterSpacing !== 0) return undefined
  return cells.length === 0 || endsInBlank(cells) ? undefined : runAt(x, widthDots, piece, metrics)
}

/** Whether a plain text has a blank at its end, which may be inked or not, as only the full way can say. */
export function endsInBlank({ text }: PlainCells): boolean {
  return text.charCodeAt(text.length - 1) === 0x20
}
