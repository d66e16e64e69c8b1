/** `rule`: a line of one character across the whole width. */

import * as z from 'zod/mini'
import { measureFlow, repeatFlow, shapeSpans } from '../layout/flow.js'
import { placeLines } from '../layout/place.js'
import type { Element } from './element.js'
import { mergeStyle, type StyleFields, styleFields } from './fields.js'

export interface RuleNode extends StyleFields {
  readonly kind: 'rule'
  /** One character. Default `-`. */
  readonly char?: string
}

export const ruleElement: Element<RuleNode> = {
  schema: z.strictObject({
    kind: z.literal('rule'),
    char: z.exactOptional(
      z.string().check(
        z.refine((value: string) => [...value].length === 1, {
          message: 'expected one character',
        }),
      ),
    ),
    ...styleFields,
  }),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const char = node.char ?? '-'
    const path = `${box.path}.char`
    const [one] = shapeSpans([{ text: char, style, path }], context)
    const oneDots = one === undefined ? 0 : measureFlow(one, context)
    if (oneDots === 0) return []
    const count = Math.floor(box.widthDots / oneDots)
    const pieces = repeatFlow(one ?? [], count)
    return placeLines([{ pieces, widthDots: count * oneDots }], box, 'left', context.metrics)
  },
}

/** A rule across the paper: `rule('=')`. */
export function rule(char?: string, options: Omit<RuleNode, 'kind' | 'char'> = {}): RuleNode {
  return char === undefined ? { kind: 'rule', ...options } : { kind: 'rule', char, ...options }
}
