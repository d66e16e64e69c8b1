/** Wraps a shaped paragraph into lines no wider than its box; no cell is lost or split in silence. */

import { shape } from '../charsets/shape.js'
import { cellText } from '../model/cells.js'
import { ReceiptError } from '../model/errors.js'
import type { LayoutContext } from './context.js'
import { cutLine, type FlatFlow, flattenFlow } from './flat-flow.js'
import { type Flow, measureFlow, type Piece } from './flow.js'
import { isKept } from './line-breaks.js'
import { measureCells } from './measure.js'
import { narrowestFlow, shrinkFlow } from './shrink.js'

/**
 * `word` breaks by Unicode's and the Chinese rules; `char` between any two characters; `none` cuts at the edge and
 * reports it; `ellipsis` cuts with `…`; `shrink` takes narrower sizes until it fits, then breaks as `word`.
 */
export const wrapPolicies = ['word', 'char', 'none', 'ellipsis', 'shrink'] as const
export type WrapPolicy = (typeof wrapPolicies)[number]

export interface Line {
  readonly pieces: readonly Piece[]
  readonly widthDots: number
  /** White at its left that is not part of `widthDots`: lines after the first of an indented text. */
  readonly indentDots?: number
}

export interface WrapOptions {
  readonly widthDots: number
  /** Default `word`. */
  readonly policy?: WrapPolicy
  /** Indent of the lines after the first. Default 0. */
  readonly indentDots?: number
  readonly path: string
}

/**
 * Lines of `flow` within the width. A unit wider than the line begins on a line of its own and is broken between
 * cells, where it can be so that the Chinese rules hold. A size at which not one character fits is made narrower and reported. An empty flow is one empty line.
 * @throws ReceiptError `BOX_TOO_NARROW` when a single character at normal width is wider than the box.
 */
export function wrapFlow(flow: Flow, options: WrapOptions, context: LayoutContext): Line[] {
  const { widthDots, policy = 'word', path } = options
  const total = measureFlow(flow, context)
  if (total <= widthDots) return [{ pieces: flow, widthDots: total }]
  if (policy === 'none') return [clipFlow(flow, options, context)]
  if (policy === 'ellipsis') return [ellipsizeFlow(flow, options, context)]
  if (policy === 'shrink') {
    const shrunk = shrinkFlow(flow, widthDots, path, context)
    return wrapFlow(shrunk, { ...options, policy: 'word' }, context)
  }
  const flat = flattenFlow(flow, context, policy === 'char')
  if (widestCell(flat) > widthDots - (options.indentDots ?? 0)) {
    const narrow = narrowestFlow(flow, path, context)
    if (narrow === undefined) throw tooNarrow(widestCell(flat), widthDots, path)
    return wrapFlow(narrow, options, context)
  }
  return breakLines(flow, flat, options)
}

function breakLines(flow: Flow, flat: FlatFlow, options: WrapOptions): Line[] {
  const { widthDots, indentDots = 0 } = options
  const lines: Line[] = []
  let from = 0
  while (from < flat.length) {
    const indent = lines.length === 0 ? 0 : indentDots
    const to = lineEnd(flow, flat, from, widthDots - indent)
    const line = cutLine(flow, flat, from, to, widthDots - indent)
    lines.push(indent === 0 ? line : { ...line, indentDots: indent })
    from = to
    while (from < flat.length && flat.blank[from] === 1) from++
  }
  return lines
}

/** Index after the last cell of the line that begins at `from`. */
function lineEnd(flow: Flow, flat: FlatFlow, from: number, widthDots: number): number {
  let width = 0
  let lastBreak = -1
  let inked = false
  for (let i = from; i < flat.length; i++) {
    if (inked && mayBreakBefore(flat, i, width, widthDots)) lastBreak = i
    if (flat.blank[i] === 0) inked = true
    width += flat.advance[i] as number
    if (width <= widthDots || flat.blank[i] === 1) continue
    return lastBreak > from ? lastBreak : forcedEnd(flow, flat, from, i)
  }
  return flat.length
}

/** Where a unit wider than the line is broken: at most before `to`, and not where the Chinese rules keep two cells. */
function forcedEnd(flow: Flow, flat: FlatFlow, from: number, to: number): number {
  const textAt = (i: number) =>
    cellText((flow[flat.piece[i] as number] as Piece).cells, flat.index[i] as number)
  for (let end = to; end > from; end--) {
    let last = end - 1
    while (last >= from && flat.blank[last] === 1) last--
    if (last < from) break
    if (flat.blank[end] === 0 && !isKept(textAt(last), textAt(end))) return end
  }
  return Math.max(to, from + 1)
}

/** A soft hyphen allows a break only where the hyphen that it then prints has room. */
function mayBreakBefore(flat: FlatFlow, i: number, width: number, widthDots: number): boolean {
  if (flat.mayBegin[i] !== 1) return false
  const hyphen = flat.hyphens.get(i)
  return hyphen === undefined || width + hyphen.widthDots <= widthDots
}

function widestCell(flat: FlatFlow): number {
  let widest = 0
  for (const advance of flat.advance) if (advance > widest) widest = advance
  return widest
}

function clipFlow(flow: Flow, options: WrapOptions, context: LayoutContext): Line {
  const flat = flattenFlow(flow, context, true)
  const end = fittingEnd(flat, options.widthDots)
  context.report({
    code: 'TEXT_CLIPPED',
    severity: 'warning',
    message: `${flat.length - end} characters do not fit into ${options.widthDots} dots and are not printed`,
    path: options.path,
    hint: 'use wrap "word" or "ellipsis", or a wider column',
  })
  return cutLine(flow, flat, 0, end)
}

function ellipsizeFlow(flow: Flow, options: WrapOptions, context: LayoutContext): Line {
  const { report, charset, onUnsupported } = context
  const { path, widthDots } = options
  const flat = flattenFlow(flow, context, true)
  const style = (flow.at(-1) as Piece).style
  const cells = shape('…', charset, { path, report, onUnsupported })
  const dots = measureCells(cells, style, context.metrics)
  const end = fittingEnd(flat, Math.max(widthDots - dots, 0))
  report({
    code: 'TEXT_SHORTENED',
    severity: 'info',
    message: `${flat.length - end} characters are left out for an ellipsis`,
    path,
  })
  const line = cutLine(flow, flat, 0, end)
  if (line.widthDots + dots > widthDots) return line
  return { pieces: [...line.pieces, { cells, style }], widthDots: line.widthDots + dots }
}

function fittingEnd(flat: FlatFlow, widthDots: number): number {
  let width = 0
  for (let i = 0; i < flat.length; i++) {
    width += flat.advance[i] as number
    if (width > widthDots) return i
  }
  return flat.length
}

function tooNarrow(cellDots: number, widthDots: number, path: string): ReceiptError {
  return new ReceiptError(`a character ${cellDots} dots wide does not fit into ${widthDots} dots`, {
    code: 'BOX_TOO_NARROW',
    path,
    hint: 'make the column wider or the text smaller',
  })
}
