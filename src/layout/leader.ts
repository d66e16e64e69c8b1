/** Leaders: a character repeated through the white between a label and its value. */

import type { Run } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { repeatFlow, shapeSpans } from './flow.js'
import type { Flow } from './line.js'
import { advanceFlow } from './measure.js'
import { placeLine } from './place.js'
import { classOf, SIGN } from './unit-classes.js'

/** Shapes a leader once. Returns an empty flow if there is no leader. */
export function leaderFlow(
  text: string | undefined,
  style: TextStyle,
  path: string,
  context: LayoutContext,
): Flow {
  return text === undefined ? [] : (shapeSpans([{ text, style, path }], context)[0] as Flow)
}

interface White {
  readonly x: number
  readonly widthDots: number
}

/** Like `leaderRuns`, beside text. Dashes keep one leader's width away, because `-----5.00` and `5.00-----` read as refunds. */
export function leaderRunsBesideText(leader: Flow, white: White, context: LayoutContext): Run[] {
  const asideDots = hasSign(leader) ? advanceFlow(leader, context) : 0
  const widthDots = Math.max(white.widthDots - 2 * asideDots, 0)
  return leaderRuns(leader, { x: white.x + asideDots, widthDots }, context)
}

/** Returns as many whole leaders as fit into the white, flush with its right edge. */
export function leaderRuns(leader: Flow, white: White, context: LayoutContext): Run[] {
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

function hasSign(leader: Flow): boolean {
  return leader.some(({ cells: { text } }) => {
    for (let i = 0; i < text.length; i++) if (classOf(text.charCodeAt(i)) === SIGN) return true
    return false
  })
}

function onGrid(x: number, gridDots: number): number {
  return x - (x % gridDots)
}
