/** Wraps a shaped paragraph into lines no wider than its box. Cells are never lost or split without a diagnostic. */

import { cellText } from '../model/cut-cells.js'
import { ReceiptError } from '../model/errors.js'
import { clipFlow, ellipsizeFlow } from './clip.js'
import type { LayoutContext } from './context.js'
import {
  BOND_GROUP,
  BOND_NUMBER,
  cutLine,
  type FlatFlow,
  flattenFlow,
  widestUnit,
} from './flat-flow.js'
import { isKept } from './kept-together.js'
import type { Flow, Line, Piece, WrapOptions } from './line.js'
import { measureFlow } from './measure.js'
import { reportBroken } from './number-broken.js'
import { quickWrap } from './quick-wrap.js'
import { shrinkFlow, shrinkUnits } from './shrink.js'

/**
 * Returns the lines of `flow` within the width. A word wider than the line begins on a new line and is broken between cells, if possible
 * so that the Chinese rules hold and no number is broken. If a number or a character is wider than the
 * line, the indent gives way, then the text is printed narrower (`TEXT_SHRUNK`), and at last the number is broken
 * (`NUMBER_BROKEN`, an error). An empty flow is one empty line.
 * @throws ReceiptError `BOX_TOO_NARROW` if a single character at its narrowest is wider than the box.
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
  const quick = quickWrap(flow, { ...options, policy }, context)
  return quick ?? wrapFully(flow, { ...options, policy }, context)
}

/** Returns the lines of all paragraphs, at most `maxLines`. */
export function wrapFlows(
  flows: readonly Flow[],
  options: WrapOptions,
  context: LayoutContext,
): Line[] {
  const [only] = flows
  const lines =
    flows.length === 1 && only !== undefined
      ? wrapFlow(only, options, context)
      : flows.flatMap((flow) => wrapFlow(flow, options, context))
  const { maxLines } = options
  return maxLines === undefined || lines.length <= maxLines
    ? lines
    : shortened(lines, maxLines, options, context)
}

/** Returns the first `maxLines` lines. The last one is cut to make room for an ellipsis in place of the rest. */
function shortened(
  lines: readonly Line[],
  maxLines: number,
  options: WrapOptions,
  context: LayoutContext,
): Line[] {
  const last = lines[maxLines - 1] as Line
  const { indentDots = 0 } = last
  const rest = lines.slice(maxLines - 1).flatMap(({ pieces }) => pieces)
  const mostCells = last.pieces.reduce((sum, { cells }) => sum + cells.length, 0)
  const room = { ...options, widthDots: options.widthDots - indentDots, mostCells }
  const line = ellipsizeFlow(rest, room, context)
  return [...lines.slice(0, maxLines - 1), indentDots === 0 ? line : { ...line, indentDots }]
}

/** Wraps by arrays of all cells, for text that `quickWrap` does not take: several styles, letter spacing, soft hyphens, wide words. */
export function wrapFully(flow: Flow, options: WrapOptions, context: LayoutContext): Line[] {
  const { widthDots, policy, indentDots = 0, path } = options
  const flat = flattenFlow(flow, context, policy === 'char')
  const widest = widestUnit(flat)
  if (widest <= widthDots - indentDots) return breakLines(flow, flat, options, context)
  if (indentDots > 0) return wrapFlow(flow, { ...options, indentDots: 0 }, context)
  return wrapNarrow(shrinkUnits(flow, widthDots, path, context), options, context)
}

/** Wraps text that is as narrow as it can be. A number that is still wider than the line is broken. */
function wrapNarrow(flow: Flow, options: WrapOptions, context: LayoutContext): Line[] {
  const flat = flattenFlow(flow, context, options.policy === 'char')
  const widest = widestCell(flat)
  if (widest > options.widthDots) throw tooNarrow(widest, options.widthDots, options.path)
  return breakLines(flow, flat, options, context)
}

function breakLines(
  flow: Flow,
  flat: FlatFlow,
  options: WrapOptions,
  context: LayoutContext,
): Line[] {
  const { widthDots, indentDots = 0, path } = options
  const lines: Line[] = []
  let isParted = false
  let from = 0
  while (from < flat.length) {
    const indent = lines.length === 0 ? 0 : indentDots
    const to = lineEnd(flow, flat, from, widthDots - indent)
    if (flat.bond[to] === BOND_NUMBER) isParted = true
    const line = cutLine(flow, flat, from, to, widthDots - indent)
    lines.push(indent === 0 ? line : { ...line, indentDots: indent })
    from = to
    while (from < flat.length && flat.blank[from] === 1) from++
  }
  if (isParted) reportBroken('continues on the next line', path, context)
  return lines
}

/** Returns the index after the last cell of the line that begins at `from`. */
function lineEnd(flow: Flow, flat: FlatFlow, from: number, widthDots: number): number {
  let width = 0
  let lastBreak = -1
  let inked = false
  for (let i = from; i < flat.length; i++) {
    if (inked && mayBreakBefore(flat, i, width, widthDots)) lastBreak = i
    if (flat.blank[i] === 0) inked = true
    width += flat.advance[i] as number
    if (width - (flat.spacing[i] as number) <= widthDots || flat.blank[i] === 1) continue
    return lastBreak > from ? lastBreak : forcedEnd(flow, flat, from, i)
  }
  return flat.length
}

/**
 * Returns where to break a word that is wider than the line: at the latest before `to`, and not between two cells that the Chinese rules
 * keep together. An identifier is broken between its groups, and a number only if there is no other place.
 */
function forcedEnd(flow: Flow, flat: FlatFlow, from: number, to: number): number {
  const textAt = (i: number) =>
    cellText((flow[flat.piece[i] as number] as Piece).cells, flat.index[i] as number)
  let inGroup = 0
  let inNumber = 0
  for (let end = to; end > from; end--) {
    let last = end - 1
    while (last >= from && flat.blank[last] === 1) last--
    if (last < from) break
    if (flat.blank[end] === 1 || isKept(textAt(last), textAt(end))) continue
    const bond = flat.bond[end]
    if (bond === 0) return end
    if (bond === BOND_GROUP) inGroup ||= end
    else inNumber ||= end
  }
  return inGroup || inNumber || Math.max(to, from + 1)
}

/** Whether a line may be broken before cell `i`. At a soft hyphen it may only if the printed hyphen has room. */
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

function tooNarrow(cellDots: number, widthDots: number, path: string): ReceiptError {
  return new ReceiptError(`a character ${cellDots} dots wide does not fit into ${widthDots} dots`, {
    code: 'BOX_TOO_NARROW',
    path,
    hint: 'make the column wider or the text smaller',
  })
}
