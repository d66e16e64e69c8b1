/** Makes text narrower that does not fit: first by the width multiple, then without letter spacing, then in Font B. */

import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { flattenFlow, widestUnit } from './flat-flow.js'
import type { Flow } from './line.js'
import { measureFlow } from './measure.js'

/** Returns `flow` at the widest size at which it fits on one line, or at the narrowest, and reports the change. */
export function shrinkFlow(
  flow: Flow,
  widthDots: number,
  path: string,
  context: LayoutContext,
): Flow {
  return shrinkUntil(flow, (shrunk) => measureFlow(shrunk, context) <= widthDots, path, context)
}

/** Returns `flow` at the widest size at which each number and character fits, or at the narrowest, and reports the change. */
export function shrinkUnits(
  flow: Flow,
  widthDots: number,
  path: string,
  context: LayoutContext,
): Flow {
  const fits = (shrunk: Flow) => widestUnit(flattenFlow(shrunk, context)) <= widthDots
  return shrinkUntil(flow, fits, path, context)
}

function shrinkUntil(
  flow: Flow,
  fits: (flow: Flow) => boolean,
  path: string,
  context: LayoutContext,
): Flow {
  let shrunk = flow
  while (!fits(shrunk)) {
    const narrower = narrowerFlow(shrunk, context)
    if (narrower === undefined) break
    shrunk = narrower
  }
  if (shrunk !== flow) reportShrunk(fits(shrunk), path, context)
  return shrunk
}

/** Makes a flow one step narrower: reduces the widest multiple, then drops letter spacing, then takes Font B. Else undefined. */
export function narrowerFlow(flow: Flow, { metrics }: LayoutContext): Flow | undefined {
  const widest = Math.max(...flow.map(({ style }) => style.width))
  if (widest > 1) {
    return restyle(flow, (style) =>
      style.width === widest ? { ...style, width: widest - 1 } : style,
    )
  }
  if (flow.some(({ style }) => style.letterSpacing > 0)) {
    return restyle(flow, (style) => ({ ...style, letterSpacing: 0 }))
  }
  const hasSmallFont = metrics.fonts.B !== undefined
  if (!hasSmallFont || flow.every(({ style }) => style.font !== 'A')) return undefined
  return restyle(flow, (style) => (style.font === 'A' ? { ...style, font: 'B' } : style))
}

/** Returns the flow at width multiple 1, in the same fonts. */
export function normalWidth(flow: Flow): Flow {
  return restyle(flow, (style) => (style.width === 1 ? style : { ...style, width: 1 }))
}

function restyle(flow: Flow, change: (style: TextStyle) => TextStyle): Flow {
  return flow.map((piece) => ({ ...piece, style: change(piece.style) }))
}

export function reportShrunk(fits: boolean, path: string, { report }: LayoutContext): void {
  report({
    code: 'TEXT_SHRUNK',
    severity: 'info',
    message: fits
      ? 'the text is printed narrower than asked, so that it fits'
      : 'the text is printed narrower than asked, and even so it does not fit on one line',
    path,
  })
}
