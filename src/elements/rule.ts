/** `rule`: a line of one character across the whole width, with a title in its middle where it has one. */

import * as z from 'zod/mini'
import type { Box, LayoutContext } from '../layout/context.js'
import { type Flow, measureFlow, repeatFlow, shapeSpans } from '../layout/flow.js'
import { leaderRuns } from '../layout/leader.js'
import { advanceDots } from '../layout/measure.js'
import { alignedOffset, lineBlock, placeLine, placeLines } from '../layout/place.js'
import { type Line, wrapFlow } from '../layout/wrap.js'
import type { Block } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import {
  mergeStyle,
  oneCharacter,
  type StyleFields,
  spansOf,
  styleFields,
  type Text,
  textSchema,
} from './fields.js'

export interface RuleNode extends StyleFields {
  readonly kind: 'rule'
  /** One character. Default `-`. */
  readonly char?: string
  /** A title in the rule's middle; one too long for that stands centred, without a rule. */
  readonly text?: Text
}

export const ruleElement: Element<RuleNode> = {
  schema: z.strictObject({
    kind: z.literal('rule'),
    char: z.exactOptional(oneCharacter),
    text: z.exactOptional(textSchema),
    ...styleFields,
  }),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const char = node.char ?? '-'
    if (node.text === undefined) return ruleBlocks(char, style, box, context)
    const one = charFlow(char, style, box, context)
    const title = shapeSpans(spansOf(node.text, style, `${box.path}.text`), context)
    return title.flatMap((flow) =>
      wrapFlow(flow, box, context).map((line) => titleBlock(line, one, style, box, context)),
    )
  },
}

/** The title in the middle, a blank on each side of it, and the rule out to both edges. */
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
  const oneDots = measureFlow(one, context)
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

/** As many of a character as fit into the box's width. */
export function ruleBlocks(
  char: string,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block[] {
  const one = charFlow(char, style, box, context)
  const oneDots = measureFlow(one, context)
  if (oneDots === 0) return []
  const count = Math.floor(box.widthDots / oneDots)
  const line = { pieces: repeatFlow(one, count), widthDots: count * oneDots }
  return placeLines([line], box, 'left', context.metrics)
}

/** A rule across the paper: `rule('=')`, `rule('-', { text: '饮料' })`. */
export function rule(char?: string, options: Omit<RuleNode, 'kind' | 'char'> = {}): RuleNode {
  return char === undefined ? { kind: 'rule', ...options } : { kind: 'rule', char, ...options }
}
