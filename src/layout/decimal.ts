/** Aligns figures by their decimal points, from the widths before and after the point. */

import type { LayoutContext } from './context.js'
import { seenPoint } from './directions.js'
import type { Flow } from './line.js'
import { type Point, pointAt } from './measure.js'
import type { DecimalColumn } from './table-cell.js'

const FULL_STOP = 0x2e
const COMMA = 0x2c

/**
 * Splits a figure at its decimal point. That is the last `.` or `,` that is followed by digits, unless it groups
 * thousands: `1,062` in a column with points. Undefined for text without a digit.
 */
export function pointOf(
  flow: Flow,
  separator: number,
  { metrics }: LayoutContext,
): Point | undefined {
  const codes = codesOf(flow)
  const figure = readFigure(codes)
  if (figure.digitsEnd === 0) return undefined
  const isPoint = figure.last >= 0 && (figure.isPoint ?? codes[figure.last] === separator)
  const split = isPoint ? figure.last : figure.digitsEnd
  const hasLevels = flow.some(({ cells }) => cells.levels !== undefined)
  return hasLevels ? seenPoint(flow, split, metrics) : pointAt(flow, split, metrics)
}

function codesOf(flow: Flow): number[] {
  const codes: number[] = []
  for (const { cells } of flow)
    for (let i = 0; i < cells.length; i++) codes.push(cells.code[i] ?? 0)
  return codes
}

interface Figure {
  /** Index of the last separator that is followed by digits, or -1. */
  readonly last: number
  /** Index after the last digit, or 0. */
  readonly digitsEnd: number
  /** Whether the separator at `last` is the decimal one; undefined if the figure alone does not show it. */
  readonly isPoint: boolean | undefined
}

const NO_FIGURE: Figure = { last: -1, digitsEnd: 0, isPoint: undefined }

/** Reads the last figure of the text, from the end. */
function readFigure(codes: readonly number[]): Figure {
  let digitsEnd = codes.length
  while (digitsEnd > 0 && !isDigit(codes[digitsEnd - 1])) digitsEnd--
  if (digitsEnd === 0) return NO_FIGURE
  let last = -1
  let alike = 0
  let others = 0
  let from = digitsEnd
  for (; from > 0 && isOfFigure(codes, from - 1); from--) {
    const code = codes[from - 1] as number
    if (isDigit(code)) continue
    if (last < 0 && isSeparator(code)) last = from - 1
    if (last >= 0 && code === codes[last]) alike++
    else others++
  }
  if (last < 0) return { last, digitsEnd, isPoint: undefined }
  const leading = last - from
  const isOne = others > 0 || digitsEnd - last !== 4 || leading > 3 || leading === 0
  const isBelowOne = leading === 1 && codes[from] === 0x30
  const isPoint = alike > 1 ? false : isOne || isBelowOne ? true : undefined
  return { last, digitsEnd, isPoint }
}

function isOfFigure(codes: readonly number[], at: number): boolean {
  const code = codes[at] as number
  if (isDigit(code)) return true
  return (isSeparator(code) && isDigit(codes[at + 1])) || isGroupMark(codes, at)
}

/** Whether the character groups thousands, like the blank of `1 062,00` and the apostrophe of `1'062.00`. */
function isGroupMark(codes: readonly number[], at: number): boolean {
  const isMark = codes[at] === 0x20 || codes[at] === 0x27
  return isMark && isDigit(codes[at - 1]) && isDigit(codes[at + 1])
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39
}

function isSeparator(code: number): boolean {
  return code === FULL_STOP || code === COMMA
}

/**
 * The common form of the figures in a column. The separator that most of them use unambiguously is the decimal one.
 * If all figures are like `1.062`, it is the full stop.
 */
export function decimalColumn(flows: readonly Flow[], context: LayoutContext): DecimalColumn {
  let commas = 0
  for (const flow of flows) {
    const codes = codesOf(flow)
    const { last, isPoint } = readFigure(codes)
    if (last < 0 || isPoint === undefined) continue
    commas += (codes[last] === COMMA) === isPoint ? 1 : -1
  }
  const separator = commas > 0 ? COMMA : FULL_STOP
  let wholeDots = 0
  let fractionDots = 0
  for (const flow of flows) {
    const point = pointOf(flow, separator, context)
    if (point === undefined) continue
    wholeDots = Math.max(wholeDots, point.wholeDots)
    fractionDots = Math.max(fractionDots, point.fractionDots)
  }
  return { separator, widest: { wholeDots, fractionDots } }
}

/**
 * Returns how many dots to move a figure to the left of flush right, so that its point is under the others; at most `flushDots`. Returns 0
 * for text that is not a figure.
 */
export function decimalShift(
  own: Point | undefined,
  column: Point | undefined,
  flushDots: number,
  gridDots: number,
): number {
  if (own === undefined || column === undefined) return 0
  // The last line of a broken figure may have more digits behind its point than any whole figure, so the shift could be negative.
  const shift = Math.max(Math.min(column.fractionDots - own.fractionDots, flushDots), 0)
  return shift - (shift % gridDots)
}
