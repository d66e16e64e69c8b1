/** Turns a paragraph into flat arrays for the line breaker, and cuts lines out of them. */

import type { Cells } from '../model/cells.js'
import { sliceCells } from '../model/cut-cells.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import type { Flow, Line, Piece } from './line.js'
import { markBreaks } from './line-breaks.js'
import { advanceDots, cellDots, measureCells, spacingAfter } from './measure.js'
import { boundUnits } from './right-to-left.js'
import { findUnits, type Unit } from './units.js'

export interface Hyphen {
  readonly cells: Cells
  readonly style: TextStyle
  readonly widthDots: number
}

/** Cell i is cell `index[i]` of piece `piece[i]`. */
export interface FlatFlow {
  readonly length: number
  readonly piece: Uint32Array
  readonly index: Uint32Array
  readonly advance: Uint32Array
  /** Part of `advance` that is letter spacing, which the last cell of a line does not have. */
  readonly spacing: Uint32Array
  /** 1 for a blank, which is dropped at the end of a line. */
  readonly blank: Uint8Array
  /** 1 where a line may begin. */
  readonly mayBegin: Uint8Array
  /** The bond that a break before the cell would cut: `BOND_NUMBER`, `BOND_GROUP` or 0. */
  readonly bond: Uint8Array
  /** The hyphen to print at a break, by the index of the cell that would begin the next line. */
  readonly hyphens: ReadonlyMap<number, Hyphen>
}

/** The cell belongs to the same number as the one before: its sign, currency, digits or unit. */
export const BOND_NUMBER = 1
/** The cell is in the same group of four digits of a long identifier as the one before. */
export const BOND_GROUP = 2
const GROUP_DIGITS = 4

/** Flattens a paragraph. `anywhere` allows a break between any two cells that do not belong to the same number. */
export function flattenFlow(flow: Flow, context: LayoutContext, anywhere = false): FlatFlow {
  const length = flow.reduce((n, piece) => n + piece.cells.length, 0)
  const hyphens = new Map<number, Hyphen>()
  const flat = {
    length,
    piece: new Uint32Array(length),
    index: new Uint32Array(length),
    advance: new Uint32Array(length),
    spacing: new Uint32Array(length),
    blank: new Uint8Array(length),
    mayBegin: new Uint8Array(length),
    bond: new Uint8Array(length),
    hyphens,
  }
  const text = flow.length === 1 ? (flow[0] as Piece).cells.text : joinTexts(flow)
  const breaks = new Uint8Array(text.length)
  if (anywhere) flat.mayBegin.fill(1)
  else markAllBreaks(text, breaks, context)
  let at = 0
  let offset = 0
  for (let p = 0; p < flow.length; p++) {
    const { cells, style, softHyphen, nowrap = false } = flow[p] as Piece
    const advance = [0, 1, 2].map((width) => advanceDots(width, style, context.metrics))
    for (let i = 0; i < cells.length; i++, at++) {
      const start = offset + (cells.start[i] as number)
      flat.piece[at] = p
      flat.index[at] = i
      flat.advance[at] =
        cells.letters?.[i] === undefined
          ? (advance[cells.width[i] as number] as number)
          : cellDots(cells, i, style, context.metrics)
      flat.spacing[at] = style.letterSpacing * style.width
      flat.blank[at] = cells.text[cells.start[i] as number] === ' ' ? 1 : 0
      if (nowrap && i > 0) flat.mayBegin[at] = 0
      else if (breaks[start] === 1) flat.mayBegin[at] = 1
    }
    offset += cells.text.length
    if (softHyphen === true && at < length && !anywhere) {
      flat.mayBegin[at] = 1
      hyphens.set(at, hyphenOf(style, context))
    }
  }
  bindUnits(flow, flat, text)
  return flat
}

/** Marks breaks by the rules, and before each word of scripts without blanks, such as Thai, whose words only a dictionary knows. */
function markAllBreaks(text: string, breaks: Uint8Array, { scripts }: LayoutContext): void {
  markBreaks(text, breaks)
  for (const offset of scripts?.wordStarts(text) ?? []) breaks[offset] = 1
}

function joinTexts(flow: Flow): string {
  return flow.map((piece) => piece.cells.text).join('')
}

/** Removes the breaks inside numbers, and notes the bonds. */
function bindUnits(flow: Flow, flat: FlatFlow, text: string): void {
  const units = boundUnits(text, findUnits(text))
  if (units.length === 0) return
  let next = 0
  let at = 0
  let offset = 0
  for (const { cells } of flow) {
    for (let i = 0; i < cells.length; i++, at++) {
      const start = offset + (cells.start[i] as number)
      while (next < units.length && (units[next] as Unit).to <= start) next++
      const unit = units[next]
      if (unit === undefined) return
      if (start <= unit.from) continue
      if (unit.kind !== 'identifier') {
        flat.bond[at] = BOND_NUMBER
        flat.mayBegin[at] = 0
      } else if ((start - unit.from) % GROUP_DIGITS !== 0) flat.bond[at] = BOND_GROUP
    }
    offset += cells.text.length
  }
}

function hyphenOf(style: TextStyle, { shaper, report, metrics }: LayoutContext) {
  const cells = shaper.shape('-', { path: '', report })
  return { cells, style, widthDots: measureCells(cells, style, metrics) }
}

/**
 * Returns the cells `from` to `to` (exclusive) as a line, without the blanks at its end. A line broken at a soft hyphen ends in a hyphen
 * if that fits into `roomDots`. A line that had to be broken elsewhere gets no hyphen.
 */
export function cutLine(flow: Flow, flat: FlatFlow, from: number, to: number, roomDots = 0): Line {
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
    pieces.push({ cells: sliceCells(piece.cells, first, first + i - begin), style: piece.style })
  }
  widthDots -= spacingAfter(pieces)
  const hyphen = to < flat.length ? flat.hyphens.get(to) : undefined
  if (hyphen === undefined || widthDots + hyphen.widthDots > roomDots) return { pieces, widthDots }
  return { pieces: [...pieces, hyphen], widthDots: widthDots + hyphen.widthDots }
}

/** Least widths that a flow needs of its column, in dots. */
export interface Floors {
  /** Width of the widest stretch without a break: the least width that keeps words whole. */
  readonly wordDots: number
  /** Widest number with its sign, currency and unit, or the widest character. */
  readonly unitDots: number
}

export function measureFloors(flow: Flow, context: LayoutContext): Floors {
  const flat = flattenFlow(flow, context)
  let wordDots = 0
  let width = 0
  let blankDots = 0
  for (let i = 0; i < flat.length; i++) {
    const advance = flat.advance[i] as number
    if (flat.mayBegin[i] === 1) {
      width = 0
      blankDots = 0
    }
    if (flat.blank[i] === 1) {
      blankDots += advance
      continue
    }
    // Blanks are dropped at the end of a line, but inside an unbreakable stretch they count.
    width += blankDots + advance
    blankDots = 0
    const endDots = flat.hyphens.get(i + 1)?.widthDots ?? -(flat.spacing[i] as number)
    wordDots = Math.max(wordDots, width + endDots)
  }
  return { wordDots, unitDots: widestUnit(flat) }
}

/** Returns the width of the widest number, or of the widest character if that is wider. */
export function widestUnit(flat: FlatFlow): number {
  let widest = 0
  let width = 0
  for (let i = 0; i < flat.length; i++) {
    const advance = flat.advance[i] as number
    width = flat.bond[i] === BOND_NUMBER ? width + advance : advance
    widest = Math.max(widest, width - (flat.spacing[i] as number))
  }
  return widest
}
