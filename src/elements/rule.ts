/** `rule`: a line of one character or of dots across the whole width, with a title in its middle if the node has one. */

import type { Box, LayoutContext } from '../layout/context.js'
import { horizontalLine } from '../layout/dot-lines.js'
import { repeatFlow, shapeSpans } from '../layout/flow.js'
import { leaderRuns } from '../layout/leader.js'
import type { Flow, Line } from '../layout/line.js'
import {
  advanceDots,
  advanceFlow,
  measureFlow,
  pictureHeightDots,
  spacingAfter,
} from '../layout/measure.js'
import { alignedOffset, lineBlock, placeLine, placeLines } from '../layout/place.js'
import { wrapFlow } from '../layout/wrap.js'
import { paddedBitmap } from '../model/bitmap.js'
import * as s from '../model/shape.js'
import { type Block, inkedDots, type LineBlock } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import { mergeStyle, oneCharacter, spansOf, styleFields, textSchema } from './fields.js'
import type { RuleNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const ruleElement: Element<RuleNode> = {
  schema: s.object<RuleNode>(
    {
      kind: s.literal('rule'),
      char: s.optional(oneCharacter),
      text: s.optional(textSchema),
      line: s.optional(s.oneOf(['solid', 'dashed', 'dotted', 'double', 'wave', 'cut'])),
      thickness: s.optional(s.whole(1, 24)),
      ...placeFields,
      ...styleFields,
    },
    [
      s.must(
        ({ char, line, thickness }: RuleNode) =>
          char === undefined || (line === undefined && thickness === undefined),
        'a line of dots has no char: leave out char, or line and thickness',
      ),
    ],
  ),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    if (node.line !== undefined || node.thickness !== undefined) {
      return dotsRule(node, { ...box, style }, context)
    }
    const char = node.char ?? '-'
    if (node.text === undefined) return ruleBlocks(char, style, box, context)
    const one = charFlow(char, style, box, context)
    const title = shapeSpans(spansOf(node.text, style, `${box.path}.text`), context)
    return title.flatMap((flow) =>
      wrapFlow(flow, box, context).map((line) => titleBlock(line, one, style, box, context)),
    )
  },
}

/** Lays out a line of dots, which takes no more paper than its thickness. With a title, line and title are one picture. */
function dotsRule(node: RuleNode, box: Box, context: LayoutContext): Block[] {
  const { metrics } = context
  const { pictureDotDots: step = 1 } = metrics
  const thickness = Math.ceil((node.thickness ?? 2) / step) * step
  const look = { style: node.line ?? 'solid', thickness }
  const image = (x: number, widthDots: number) => {
    return { kind: 'image', x, bitmap: horizontalLine(look, widthDots), path: box.path } as const
  }
  const line = image(box.x, box.widthDots)
  const padded = pictureHeightDots(line.bitmap.heightDots, metrics)
  if (node.text === undefined) {
    return [{ ...line, bitmap: paddedBitmap(line.bitmap, padded) }]
  }
  const flows = shapeSpans(spansOf(node.text, box.style, `${box.path}.text`), context)
  const lines = flows.flatMap((flow) => wrapFlow(flow, box, context))
  const gap = advanceDots(1, box.style, metrics)
  const titles = placeLines(lines, box, 'center', metrics)
  return titles.map((title, i) => {
    const { widthDots = 0 } = lines[i] ?? {}
    const side = ((box.widthDots - widthDots) >> 1) - gap
    const { heightDots } = title as LineBlock
    const y = Math.max(0, (cellsHeight(title) - line.bitmap.heightDots) >> 1)
    const sides = side <= 0 ? [] : [image(box.x, side), image(box.x + box.widthDots - side, side)]
    return {
      kind: 'row',
      x: 0,
      widthDots: metrics.widthDots,
      insideDots: metrics.widthDots,
      heightDots: pictureHeightDots(Math.max(heightDots, line.bitmap.heightDots), metrics),
      turn: 0,
      cells: [{ y: 0, blocks: [title] }, ...sides.map((part) => ({ y, blocks: [part] }))],
      path: box.path,
    }
  })
}

function cellsHeight(block: Block): number {
  return block.kind === 'line' ? inkedDots(block.runs) : 0
}

/** Lays out a title in the middle with a blank on each side, and the rule from there to both edges. */
function titleBlock(
  { pieces, widthDots }: Line,
  one: Flow,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block {
  const { metrics } = context
  const grid = metrics.placementGridDots
  const at = alignedOffset('center', box.widthDots, widthDots, grid)
  const gap = widthDots === 0 ? 0 : advanceDots(1, style, metrics)
  const oneDots = advanceFlow(one, context)
  const count = oneDots === 0 ? 0 : Math.max(Math.floor((at - gap) / oneDots), 0)
  const left = { pieces: repeatFlow(one, count), widthDots: count * oneDots }
  const rightX = at + widthDots + gap
  const white = { x: box.x + rightX, widthDots: box.widthDots - rightX }
  const runs = [
    ...placeLine(left, box.x, metrics),
    ...placeLine({ pieces, widthDots }, box.x + at, metrics),
    ...leaderRuns(count === 0 ? [] : one, white, context),
  ]
  return lineBlock(runs, metrics, box.path)
}

function charFlow(char: string, style: TextStyle, box: Box, context: LayoutContext): Flow {
  return shapeSpans([{ text: char, style, path: `${box.path}.char` }], context)[0] as Flow
}

/** Repeats a character over the box's width. Left-over dots are spread between the characters, so that the rule reaches both edges. */
export function ruleBlocks(
  char: string,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block[] {
  const one = charFlow(char, style, box, context)
  const oneDots = advanceFlow(one, context)
  if (oneDots === 0) return []
  const { placementGridDots: grid } = context.metrics
  const count = Math.floor((box.widthDots + spacingAfter(one)) / oneDots)
  const spareDots = box.widthDots + spacingAfter(one) - count * oneDots
  const pieces = grid === 1 ? spread(one, count, spareDots) : repeatFlow(one, count)
  const line = { pieces, widthDots: measureFlow(pieces, context) }
  return placeLines([line], box, 'left', context.metrics)
}

/** Repeats `one` `count` times, with `spareDots` spread as letter spacing, as far as whole dots times the width multiple allow. */
function spread(one: Flow, count: number, spareDots: number): Flow {
  // A substitute such as EUR has more than one cell.
  const cellsOfOne = one.reduce((n, { cells }) => n + cells.length, 0)
  const gaps = count * cellsOfOne - 1
  if (gaps < 1) return repeatFlow(one, count)
  const steps = Math.floor(spareDots / (one[0]?.style.width ?? 1))
  if (steps === 0) return repeatFlow(one, count)
  const wider = Math.floor((steps % gaps) / cellsOfOne)
  const each = Math.floor(steps / gaps)
  const spaced = (copies: number, more: number): Flow =>
    repeatFlow(one, copies).map(({ cells, style: own }) => ({
      cells,
      style: { ...own, letterSpacing: own.letterSpacing + more },
    }))
  return [...(wider === 0 ? [] : spaced(wider, each + 1)), ...spaced(count - wider, each)]
}

/**
 * A rule across the paper: `rule('=')`, `rule('-', { text: '饮料' })`.
 *
 * @example
 * rule('=') // { kind: 'rule', char: '=' }
 */
export function rule(char?: string, options: Omit<RuleNode, 'kind' | 'char'> = {}): RuleNode {
  return char === undefined ? { kind: 'rule', ...options } : { kind: 'rule', char, ...options }
}
