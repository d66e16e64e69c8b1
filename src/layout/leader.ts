/** Leaders: a character repeated through the white between a label and its value. */

import type { Run } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { advanceFlow, type Flow, repeatFlow, shapeSpans } from './flow.js'
import { placeLine } from './place.js'

/** A leader shaped once; nothing where there is none. */
export function leaderFlow(
  text: string | undefined,
  style: TextStyle,
  path: string,
  context: LayoutContext,
): Flow {
  return text === undefined ? [] : (shapeSpans([{ text, style, path }], context)[0] as Flow)
}

/** As many whole leaders as fit into the white, standing against its right edge. */
export function leaderRuns(
  leader: Flow,
  white: { readonly x: number; readonly widthDots: number },
  context: LayoutContext,
): Run[] {
  const oneDots = advanceFlow(leader, context)
  const grid = context.metrics.placementGridDots
  const edge = white.x + white.widthDots
  let count = oneDots === 0 ? 0 : Math.floor(white.widthDots / oneDots)
  while (count > 0 && onGrid(edge - count * oneDots, grid) < white.x) count--
  if (count <= 0) return []
  const allDots = count * oneDots
  const pieces = repeatFlow(leader, count)
  return placeLine({ pieces, widthDots: allDots }, onGrid(edge - allDots, grid), context.metrics)
}

function onGrid(x: number, gridDots: number): number {
  return x - (x % gridDots)
}
