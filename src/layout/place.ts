/** Turns wrapped lines into line blocks: computes the x of each run from the alignment, and the heights. */

import { PlainCells } from '../model/cells.js'
import { blankCells, sliceCells } from '../model/cut-cells.js'
import type { Metrics } from '../model/metrics.js'
import { type Block, inkedDots, PlainRun, type Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import { type Stretch, seenOrder } from './directions.js'
import type { Line, Piece } from './line.js'
import { advanceDots, cellsHeightDots, measureCells, reachDots } from './measure.js'

/** Returns the offset in dots from the box's left edge at which content of `contentDots` begins, on the grid. */
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
    // Fractions below one dot, so that the runs of a table cell stay together when those of its neighbours are sorted by `order` too.
    const place = x + order / stretches.length
    const run = { ...runAt(at, widthDots, stretch, metrics), isRightToLeft, order: place }
    at += widthDots
    return run
  })
}

/** Makes a run at `x` of a piece whose width is known. */
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

/** Makes the last character a piece without letter spacing, because printers blacken that in inverse text and count it when centring. */
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
 * Makes a line block of `runs` (from left to right); without ink, a feed of one line. Lines taller or lower than normal keep the white
 * below them that normal lines have.
 */
export function lineBlock(placed: readonly Run[], metrics: Metrics, path: string): Block {
  const inked = withoutTrailingBlanks(placed, metrics)
  const runs = inked.length === 0 ? placed : inked
  return inked.length === 0
    ? { kind: 'feed', heightDots: lineHeightDots(inkedDots(runs), metrics) }
    : inkedLine(joinInverse(runs, metrics), metrics, path)
}

/** Like `lineBlock`, for runs that end in ink and are not white on black, so that no blanks are removed or added. */
export function inkedLine(runs: readonly Run[], metrics: Metrics, path: string): Block {
  return { kind: 'line', heightDots: lineHeightDots(inkedDots(runs), metrics), runs, path }
}

/** Height of a line whose ink is `tallest` dots high; 0 counts as a normal line. */
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
  // The end of a run from right to left is at its left, beside other runs, so its blanks are kept.
  if (style.underline > 0 || style.inverse || isRightToLeft === true) return end
  if (cells instanceof PlainCells) {
    while (end > 0 && cells.text.charCodeAt(end - 1) === 0x20) end--
    return end
  }
  while (end > 0 && cells.code[end - 1] === 0x20) end--
  return end
}

/** Fills the gaps between white-on-black runs with as many inverse blanks as fit, in the style of the left run. */
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

/** Makes line blocks of `lines`, aligned in a box. */
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

/** Returns the run of a line that is one plain text ending in ink; undefined for any other line. */
function plainRun({ pieces, widthDots }: Line, x: number, metrics: Metrics): Run | undefined {
  const [piece] = pieces
  if (piece === undefined || pieces.length > 1) return undefined
  const { cells, style } = piece
  if (!(cells instanceof PlainCells) || style.inverse || style.letterSpacing !== 0) return undefined
  return cells.length === 0 || endsInBlank(cells) ? undefined : runAt(x, widthDots, piece, metrics)
}

/** Whether a plain text ends in a blank. Only the full layout can tell whether that blank is inked. */
export function endsInBlank({ text }: PlainCells): boolean {
  return text.charCodeAt(text.length - 1) === 0x20
}
