/** Wraps a shaped paragraph into lines no wider than its box; no cell is lost or split. */

import { sliceCells } from '../model/cells.js'
import { ReceiptError } from '../model/errors.js'
import type { LayoutContext } from './context.js'
import { type Flow, measureFlow, type Piece } from './flow.js'
import { breakOffsets } from './line-breaks.js'
import { advanceDots } from './measure.js'

export interface Line {
  readonly pieces: readonly Piece[]
  readonly widthDots: number
}

/** One paragraph as flat arrays: cell i is cell `index[i]` of piece `piece[i]`. */
interface FlatFlow {
  readonly length: number
  readonly piece: Uint32Array
  readonly index: Uint32Array
  readonly advance: Uint32Array
  /** Blank (U+0020): dropped where a line is broken. */
  readonly blank: Uint8Array
  /** 1 where a line may begin. */
  readonly mayBegin: Uint8Array
}

/**
 * Lines of `flow` within `widthDots`. Breaks at the last opportunity that fits; a unit wider than the line begins on a
 * line of its own and is broken between cells. An empty flow is one empty line.
 * @throws ReceiptError `BOX_TOO_NARROW` when a single character is wider than the box.
 */
export function wrapFlow(
  flow: Flow,
  widthDots: number,
  context: LayoutContext,
  path: string,
): Line[] {
  const total = measureFlow(flow, context)
  if (total <= widthDots) return [{ pieces: flow, widthDots: total }]
  const flat = flatten(flow, context)
  const lines: Line[] = []
  let from = 0
  while (from < flat.length) {
    const to = lineEnd(flat, from, widthDots, path)
    lines.push(cutLine(flow, flat, from, to))
    from = to
    while (from < flat.length && flat.blank[from] === 1) from++
  }
  return lines
}

/** Index after the last cell of the line that begins at `from`. */
function lineEnd(flat: FlatFlow, from: number, widthDots: number, path: string): number {
  let width = 0
  let lastBreak = -1
  let inked = false
  for (let i = from; i < flat.length; i++) {
    if (inked && flat.mayBegin[i] === 1) lastBreak = i
    if (flat.blank[i] === 0) inked = true
    width += flat.advance[i] as number
    if (width <= widthDots || flat.blank[i] === 1) continue
    if (lastBreak > from) return lastBreak
    if (i === from) throw tooNarrow(flat.advance[i] as number, widthDots, path)
    return i
  }
  return flat.length
}

function cutLine(flow: Flow, flat: FlatFlow, from: number, to: number): Line {
  let end = to
  while (end > from && flat.blank[end - 1] === 1) end--
  const pieces: Piece[] = []
  let widthDots = 0
  for (let i = from; i < end; ) {
    const p = flat.piece[i] as number
    const begin = i
    while (i < end && flat.piece[i] === p) widthDots += flat.advance[i++] as number
    const piece = flow[p] as Piece
    const first = flat.index[begin] as number
    pieces.push({
      cells: sliceCells(piece.cells, first, first + i - begin),
      style: piece.style,
    })
  }
  return { pieces, widthDots }
}

function flatten(flow: Flow, context: LayoutContext): FlatFlow {
  const length = flow.reduce((n, piece) => n + piece.cells.length, 0)
  const flat: FlatFlow = {
    length,
    piece: new Uint32Array(length),
    index: new Uint32Array(length),
    advance: new Uint32Array(length),
    blank: new Uint8Array(length),
    mayBegin: new Uint8Array(length),
  }
  const breaks = breakOffsets(flow.map((piece) => piece.cells.text).join(''))
  let at = 0
  let offset = 0
  let nextBreak = 0
  for (let p = 0; p < flow.length; p++) {
    const { cells, style } = flow[p] as Piece
    const advance = [0, 1, 2].map((width) => advanceDots(width, style, context.metrics))
    for (let i = 0; i < cells.length; i++, at++) {
      const start = offset + (cells.start[i] as number)
      while ((breaks[nextBreak] ?? Number.POSITIVE_INFINITY) < start) nextBreak++
      flat.piece[at] = p
      flat.index[at] = i
      flat.advance[at] = advance[cells.width[i] as number] as number
      flat.blank[at] = cells.code[i] === 0x20 ? 1 : 0
      flat.mayBegin[at] = breaks[nextBreak] === start ? 1 : 0
    }
    offset += cells.text.length
  }
  return flat
}

function tooNarrow(cellDots: number, widthDots: number, path: string): ReceiptError {
  return new ReceiptError(`a character ${cellDots} dots wide does not fit into ${widthDots} dots`, {
    code: 'BOX_TOO_NARROW',
    path,
    hint: 'make the column wider or the text smaller',
  })
}

/** Widest stretch of `flow` that may not be broken, in dots: the least width that keeps its words whole. */
export function minContentDots(flow: Flow, context: LayoutContext): number {
  const flat = flatten(flow, context)
  let widest = 0
  let width = 0
  for (let i = 0; i < flat.length; i++) {
    if (flat.mayBegin[i] === 1) width = 0
    if (flat.blank[i] === 0) width += flat.advance[i] as number
    if (width > widest) widest = width
  }
  return widest
}
