/** Cuts text at the edge of its box, with or without an ellipsis, and never inside a number. */

import type { LayoutContext } from './context.js'
import { BOND_NUMBER, cutLine, type FlatFlow, flattenFlow } from './flat-flow.js'
import type { Flow, Line, Piece, WrapOptions } from './line.js'
import { measureCells } from './measure.js'
import { reportBroken } from './number-broken.js'
import { findUnits } from './units.js'

export function clipFlow(flow: Flow, options: WrapOptions, context: LayoutContext): Line {
  const flat = flattenFlow(flow, context, true)
  const end = fittingEnd(flat, options.widthDots)
  context.report({
    code: 'TEXT_CLIPPED',
    severity: 'warning',
    message: `${flat.length - end} characters do not fit into ${options.widthDots} dots and are not printed`,
    path: options.path,
    hint: 'use wrap "word" or "ellipsis", or a wider column',
  })
  reportLost(flow, flat, end, options.path, context)
  return cutLine(flow, flat, 0, end)
}

/**
 * Returns the beginning of `flow` and an ellipsis, as one line within the width.
 * @param options `mostCells`: most cells to keep, even if more would fit
 */
export function ellipsizeFlow(
  flow: Flow,
  options: WrapOptions & { readonly mostCells?: number },
  context: LayoutContext,
): Line {
  const { report, shaper } = context
  const { path, widthDots, mostCells = Number.POSITIVE_INFINITY } = options
  const flat = flattenFlow(flow, context, true)
  const style = (flow.at(-1) as Piece).style
  const cells = shaper.shape('…', { path, report })
  const dots = measureCells(cells, style, context.metrics)
  const end = Math.min(mostCells, fittingEnd(flat, Math.max(widthDots - dots, 0)))
  report({
    code: 'TEXT_SHORTENED',
    severity: 'info',
    message: `${flat.length - end} characters are left out for an ellipsis`,
    path,
  })
  reportLost(flow, flat, end, path, context)
  const line = cutLine(flow, flat, 0, end)
  if (line.widthDots + dots > widthDots) return line
  return { pieces: [...line.pieces, { cells, style }], widthDots: line.widthDots + dots }
}

function fittingEnd(flat: FlatFlow, widthDots: number): number {
  let width = 0
  for (let i = 0; i < flat.length; i++) {
    width += flat.advance[i] as number
    if (width > widthDots) return unitStart(flat, i)
  }
  return flat.length
}

/** Moves an index inside a number back to the number's first cell. */
function unitStart(flat: FlatFlow, from: number): number {
  let at = from
  while (at > 0 && flat.bond[at] === BOND_NUMBER) at--
  return at
}

/** Reports a cut that loses an amount of money or a cell's only number. A quantity may be lost with part of a name (`可乐 500ml…`). */
function reportLost(
  flow: Flow,
  flat: FlatFlow,
  end: number,
  path: string,
  context: LayoutContext,
): void {
  const lost = cutLine(flow, flat, end, flat.length).pieces
  const text = lost.map(({ cells }) => cells.text).join('')
  const units = findUnits(text)
  const isAlone = end === 0 && units.length > 0
  if (isAlone || units.some(({ kind }) => kind === 'amount')) {
    reportBroken('is left out', path, context)
  }
}
