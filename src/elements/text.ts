/** `text`: a paragraph, wrapped to the width; newlines and blank lines are kept. */

import { shapeSpans } from '../layout/flow.js'
import { wrapPolicies } from '../layout/line.js'
import { advanceDots } from '../layout/measure.js'
import { placeLines } from '../layout/place.js'
import { wrapFlows } from '../layout/wrap.js'
import * as s from '../model/shape.js'
import type { Element } from './element.js'
import { alignSchema, mergeStyle, spansOf, styleFields, textSchema } from './fields.js'
import type { Text, TextNode } from './nodes.js'

export const textElement: Element<TextNode> = {
  schema: s.object<TextNode>({
    kind: s.literal('text'),
    text: textSchema,
    align: s.optional(alignSchema),
    wrap: s.optional(s.oneOf(wrapPolicies)),
    indent: s.optional(s.whole(0, 64)),
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

/**
 * A paragraph: `text('合计', { bold: true })`.
 *
 * @example
 * text('合计', { bold: true, align: 'right' }) // { kind: 'text', text: '合计', bold: true, align: 'right' }
 */
export function text(content: Text, options: Omit<TextNode, 'kind' | 'text'> = {}): TextNode {
  return { kind: 'text', text: content, ...options }
}
