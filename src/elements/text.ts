/** `text`: a paragraph, wrapped to the width; newlines and blank lines are kept. */

import * as z from 'zod/mini'
import { shapeSpans } from '../layout/flow.js'
import { wrapPolicies } from '../layout/line.js'
import { advanceDots } from '../layout/measure.js'
import { placeLines } from '../layout/place.js'
import { wrapFlows } from '../layout/wrap.js'
import type { Element } from './element.js'
import { alignSchema, mergeStyle, spansOf, styleFields, textSchema } from './fields.js'
import type { Text, TextNode } from './nodes.js'

export const textElement: Element<TextNode> = {
  schema: z.strictObject({
    kind: z.literal('text'),
    text: textSchema,
    align: z.exactOptional(alignSchema),
    wrap: z.exactOptional(z.enum(wrapPolicies)),
    indent: z.exactOptional(z.int().check(z.minimum(0), z.maximum(64))),
    ...styleFields,
  }),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const flows = shapeSpans(spansOf(node.text, style, `${box.path}.text`), context)
    const options = {
      widthDots: box.widthDots,
      policy: node.wrap ?? 'word',
      indentDots: (node.indent ?? 0) * advanceDots(1, style, context.metrics),
      path: box.path,
    }
    const lines = wrapFlows(flows, options, context)
    return placeLines(lines, box, node.align ?? box.align, context.metrics)
  },
}

/** A paragraph: `text('合计', { bold: true })`. */
export function text(content: Text, options: Omit<TextNode, 'kind' | 'text'> = {}): TextNode {
  return { kind: 'text', text: content, ...options }
}
