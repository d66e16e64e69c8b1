/** Lines of plain text on one look at each character; all that needs more is left to the full breaker. */

import { PlainCells } from '../model/cells.js'
import type { LayoutContext } from './context.js'
import type { Flow, Line, Piece, WrapOptions } from './line.js'
import { breakOffsets } from './line-breaks.js'
import { advanceDots, measureCells } from './measure.js'
import { findUnits, type Unit } from './units.js'

export interface PlainPiece extends Piece {
  readonly cells: PlainCells
}

/** The piece of a flow that is one plain text without letter spacing. */
export function plainPiece(flow: Flow): PlainPiece | undefined {
  const [piece] = flow
  if (flow.length !== 1 || piece === undefined) return undefined
  const { cells, style, softHyphen } = piece
  const isPlain = cells instanceof PlainCells && style.letterSpacing === 0 && softHyphen !== true
  return isPlain ? (piece as PlainPiece) : undefined
}

/**
 * As `wrapFlow` for a flow wider than its box, by `word` or `char`. Undefined if it is not one plain text, or if a
 * number, a word or a character is wider than its line.
 */
export function quickWrap(
  flow: Flow,
  options: Omit<WrapOptions, 'path'>,
  context: LayoutContext,
): Line[] | undefined {
  const piece = plainPiece(flow)
  if (piece === undefined) return undefined
  const { cells, style } = piece
  const { widthDots, policy, indentDots = 0 } = options
  const numbers = numbersOf(cells.text)
  if (widestOf(piece, numbers, context) > widthDots - indentDots) return undefined
  const mayBegin = beginsOf(cells.text, policy === 'char', numbers)
  const half = advanceDots(1, style, context.metrics)
  const wide = advanceDots(2, style, context.metrics)
  const lines: Line[] = []
  for (let from = 0; from < cells.length; ) {
    const indent = lines.length === 0 ? 0 : indentDots
    const to = lineEnd(cells.text, from, mayBegin, { half, wide, room: widthDots - indent })
    if (to === undefined) return undefined
    const line = cutPlain(piece, from, to, context)
    lines.push(indent === 0 ? line : { ...line, indentDots: indent })
    from = to
    while (cells.text.charCodeAt(from) === BLANK) from++
  }
  return lines
}

const BLANK = 0x20

function numbersOf(text: string): readonly Unit[] {
  const units = findUnits(text)
  return units.length === 0 ? units : units.filter(({ kind }) => kind !== 'identifier')
}

/** Widest number or character, in dots. */
function widestOf(
  { cells, style }: PlainPiece,
  numbers: readonly Unit[],
  { metrics }: LayoutContext,
): number {
  let widest = cells.wide > 0 ? advanceDots(2, style, metrics) : 0
  if (cells.wide < cells.length) widest = Math.max(widest, advanceDots(1, style, metrics))
  for (const { from, to } of numbers) {
    widest = Math.max(widest, measureCells(cells.slice(from, to), style, metrics))
  }
  return widest
}

/** By character 1 where a line may begin. */
function beginsOf(text: string, anywhere: boolean, numbers: readonly Unit[]): Uint8Array {
  const mayBegin = new Uint8Array(text.length)
  if (anywhere) mayBegin.fill(1)
  else for (const offset of breakOffsets(text)) mayBegin[offset] = 1
  for (const { from, to } of numbers) mayBegin.fill(0, from + 1, to)
  return mayBegin
}

interface Measures {
  readonly half: number
  readonly wide: number
  readonly room: number
}

/** The end of the line that begins at `from`. Undefined if there is no place for a break. */
function lineEnd(
  text: string,
  from: number,
  mayBegin: Uint8Array,
  { half, wide, room }: Measures,
): number | undefined {
  let width = 0
  let lastBreak = from
  let inked = false
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (inked && mayBegin[i] === 1) lastBreak = i
    if (unit !== BLANK) inked = true
    width += unit < 0x7f ? half : wide
    if (width > room && unit !== BLANK) return lastBreak > from ? lastBreak : undefined
  }
  return text.length
}

function cutPlain({ cells, style }: PlainPiece, from: number, to: number, context: LayoutContext) {
  let end = to
  while (end > from && cells.text.charCodeAt(end - 1) === BLANK) end--
  if (end === from) return { pieces: [], widthDots: 0 }
  const cut = { cells: cells.slice(from, end), style }
  return { pieces: [cut], widthDots: measureCells(cut.cells, style, context.metrics) }
}
