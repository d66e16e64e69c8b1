/** `rule`: a line of one character across the whole width. */

import * as z from 'zod/mini'
import type { Box, LayoutContext } from '../layout/context.js'
import { type Flow, measureFlow, repeatFlow, shapeSpans } from '../layout/flow.js'
import { placeLines } from '../layout/place.js'
import type { Block } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import { mergeStyle, oneCharacter, type StyleFields, styleFields } from './fields.js'

export interface RuleNode extends StyleFields {
  readonly kind: 'rule'
  /** One character. Default `-`. */
  readonly char?: string
}

export const ruleElement: Element<RuleNode> = {
  schema: z.strictObject({
    kind: z.literal('rule'),
    char: z.exactOptional(oneCharacter),
    ...styleFields,
  }),
  layout(node, box, context) {
    return ruleBlocks(node.char ?? '-', mergeStyle(box.style, node), box, context)
  },
}

/** As many of a character as fit into the box's width. */
export function ruleBlocks(
  char: string,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block[] {
  const one = shapeSpans([{ text: char, style, path: `${box.path}.char` }], context)[0] as Flow
  const oneDots = measureFlow(one, context)
  if (oneDots === 0) return []
  const count = Math.floor(box.widthDots / oneDots)
  const line = { pieces: repeatFlow(one, count), widthDots: count * oneDots }
  return placeLines([line], box, 'left', context.metrics)
}

/** A rule across the paper: `rule('=')`. */
export function rule(char?: string, options: Omit<RuleNode, 'kind' | 'char'> = {}): RuleNode {
  return char === undefined ? { kind: 'rule', ...options } : { kind: 'rule', char, ...options }
}
