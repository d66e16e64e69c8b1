/** Alignment by the decimal point: how much of a figure stands before and behind its point. */

import type { LayoutContext } from './context.js'
import type { Flow } from './flow.js'
import { advanceDots } from './measure.js'

export interface Point {
  readonly wholeDots: number
  /** The point and what follows it; 0 where there is no point. */
  readonly fractionDots: number
}

/** Splits a figure at its last point that a digit follows. Undefined for text without a digit. */
export function pointOf(flow: Flow, { metrics }: LayoutContext): Point | undefined {
  let widthDots = 0
  let hasDigit = false
  let wholeDots: number | undefined
  for (const { cells, style } of flow) {
    for (let i = 0; i < cells.length; i++) {
      if (cells.code[i] === 0x2e && isDigit(cells.code[i + 1])) wholeDots = widthDots
      if (isDigit(cells.code[i])) hasDigit = true
      widthDots += advanceDots(cells.width[i] as number, style, metrics)
    }
  }
  if (!hasDigit) return undefined
  const whole = wholeDots ?? widthDots
  return { wholeDots: whole, fractionDots: widthDots - whole }
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39
}

/** The most that the figures of a column have before, and behind, their points. */
export function widestPoint(flows: readonly Flow[], context: LayoutContext): Point {
  let wholeDots = 0
  let fractionDots = 0
  for (const flow of flows) {
    const point = pointOf(flow, context)
    if (point === undefined) continue
    wholeDots = Math.max(wholeDots, point.wholeDots)
    fractionDots = Math.max(fractionDots, point.fractionDots)
  }
  return { wholeDots, fractionDots }
}

/**
 * Dots to the left of flush right at which a figure's point stands under the others; never past `flushDots`. What is
 * no figure stands flush right.
 */
export function decimalShift(
  own: Point | undefined,
  column: Point | undefined,
  flushDots: number,
  gridDots: number,
): number {
  if (own === undefined || column === undefined) return 0
  // The end of a broken figure may have more behind its point than any whole one.
  const shift = Math.max(Math.min(column.fractionDots - own.fractionDots, flushDots), 0)
  return shift - (shift % gridDots)
}
