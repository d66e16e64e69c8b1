/** Narrower sizes for text that does not fit: first the width multiple, then Font B. */

import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { type Flow, measureFlow } from './flow.js'

/** `flow` at the widest of its narrower sizes that fits, or at the narrowest; reported. */
export function shrinkFlow(
  flow: Flow,
  widthDots: number,
  path: string,
  context: LayoutContext,
): Flow {
  let shrunk = flow
  while (measureFlow(shrunk, context) > widthDots) {
    const narrower = narrowerFlow(shrunk, context)
    if (narrower === undefined) break
    shrunk = narrower
  }
  if (shrunk !== flow) reportShrunk('info', path, context)
  return shrunk
}

/** `flow` at normal width where it was wider, which is reported; undefined where it was not. */
export function narrowestFlow(flow: Flow, path: string, context: LayoutContext): Flow | undefined {
  if (flow.every(({ style }) => style.width === 1)) return undefined
  reportShrunk('warning', path, context)
  return flow.map((piece) => ({ ...piece, style: { ...piece.style, width: 1 } }))
}

function narrowerFlow(flow: Flow, { metrics }: LayoutContext): Flow | undefined {
  const widest = Math.max(...flow.map(({ style }) => style.width))
  if (widest > 1) {
    return restyle(flow, (style) =>
      style.width === widest ? { ...style, width: widest - 1 } : style,
    )
  }
  const hasSmallFont = metrics.fonts.B !== undefined
  if (!hasSmallFont || flow.every(({ style }) => style.font !== 'A')) return undefined
  return restyle(flow, (style) => (style.font === 'A' ? { ...style, font: 'B' } : style))
}

function restyle(flow: Flow, change: (style: TextStyle) => TextStyle): Flow {
  return flow.map((piece) => ({ ...piece, style: change(piece.style) }))
}

function reportShrunk(severity: 'info' | 'warning', path: string, { report }: LayoutContext): void {
  report({
    code: 'TEXT_SHRUNK',
    severity,
    message: 'the text is printed narrower than asked, so that it fits',
    path,
  })
}
