/** Narrower sizes for text that does not fit: first the width multiple, then letter spacing and Font B. */

import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { flattenFlow, widestUnit } from './flat-flow.js'
import type { Flow } from './line.js'
import { measureFlow } from './measure.js'

/** `flow` at the widest of its narrower sizes that fits on one line, or at the narrowest; reported. */
export function shrinkFlow(
  flow: Flow,
  widthDots: number,
  path: string,
  context: LayoutContext,
): Flow {
  return shrinkUntil(flow, (shrunk) => measureFlow(shrunk, context) <= widthDots, path, context)
}

/** `flow` at the widest of its narrower sizes whose numbers and characters fit, or at the narrowest; reported. */
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

/** One step narrower: the widest multiple less one, then no letter spacing, then Font B; undefined at the narrowest. */
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

/** Letters of normal width, in the font that they have. */
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
