/** Wraps plain text in one pass over the characters. Other text is left to the full line breaker. */

import { PlainCells } from '../model/cells.js'
import type { LayoutContext } from './context.js'
import type { Flow, Line, Piece, WrapOptions } from './line.js'
import { markBreaks } from './line-breaks.js'
import { advanceDots, measureCells } from './measure.js'
import { findUnits, type Unit } from './units.js'

export interface PlainPiece extends Piece {
  readonly cells: PlainCells
}

/** Returns the piece of a flow that is one plain text without letter spacing; undefined for any other flow. */
export function plainPiece(flow: Flow): PlainPiece | undefined {
  const [piece] = flow
  if (flow.length !== 1 || piece === undefined) return undefined
  const { cells, style, softHyphen, nowrap } = piece
  const isPlain =
    cells instanceof PlainCells &&
    style.letterSpacing === 0 &&
    softHyphen !== true &&
    nowrap !== true
  return isPlain ? (piece as PlainPiece) : undefined
}

/**
 * Like `wrapFlow`, for a flow wider than its box and the policies `word` and `char`. Undefined if the flow is not one plain text, or if a
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
  const half = advanceDots(1, style, context.metrics)
  const wide = advanceDots(2, style, context.metrics)
  if (widestOf(cells, numbers, { half, wide }) > widthDots - indentDots) return undefined
  const mayBegin = beginsOf(cells.text, policy === 'char', numbers)
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

/** Dots that a half-width and a full-width character take. */
interface Advances {
  readonly half: number
  readonly wide: number
}

/** Widest number or character, in dots. */
function widestOf(cells: PlainCells, numbers: readonly Unit[], advances: Advances): number {
  const wide = cells.wide > 0 ? advances.wide : 0
  let widest = cells.wide < cells.length ? Math.max(wide, advances.half) : wide
  for (const number of numbers) widest = Math.max(widest, widthOf(cells.text, number, advances))
  return widest
}

function widthOf(text: string, { from, to }: Unit, { half, wide }: Advances): number {
  let width = 0
  for (let i = from; i < to; i++) width += text.charCodeAt(i) < 0x7f ? half : wide
  return width
}

/** A buffer for marks that is reused for the next text, because allocating it takes longer than filling it. */
let spare = new Uint8Array(0)

/** Returns 1 for each character at which a line may begin. The array is valid only until the next call. */
function beginsOf(text: string, anywhere: boolean, numbers: readonly Unit[]): Uint8Array {
  if (spare.length < text.length) spare = new Uint8Array(Math.max(text.length, MIN_SPARE))
  const mayBegin = spare
  if (anywhere) mayBegin.fill(1, 0, text.length)
  else markBreaks(text, mayBegin)
  for (const { from, to } of numbers) mayBegin.fill(0, from + 1, to)
  if (mayBegin.length > MAX_SPARE) spare = new Uint8Array(0)
  return mayBegin
}

const MIN_SPARE = 256
/** A buffer larger than this is not kept for reuse. */
const MAX_SPARE = 65_536

interface Measures extends Advances {
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
