/** `text`: a paragraph, wrapped to the width; newlines and blank lines are kept. */

import * as z from 'zod/mini'
import { shapeSpans } from '../layout/flow.js'
import { placeLines } from '../layout/place.js'
import { wrapFlow } from '../layout/wrap.js'
import type { Element } from './element.js'
import {
  type AlignField,
  alignSchema,
  mergeStyle,
  type StyleFields,
  spansOf,
  styleFields,
  type Text,
  textSchema,
} from './fields.js'

export interface TextNode extends StyleFields, AlignField {
  readonly kind: 'text'
  readonly text: Text
}

export const textElement: Element<TextNode> = {
  schema: z.strictObject({
    kind: z.literal('text'),
    text: textSchema,
    align: z.exactOptional(alignSchema),
    ...styleFields,
  }),
  layout(node, box, context) {
    const spans = spansOf(node.text, mergeStyle(box.style, node), `${box.path}.text`)
    const flows = shapeSpans(spans, context)
    const lines = flows.flatMap((flow) => wrapFlow(flow, box.widthDots, context, box.path))
    return placeLines(lines, box, node.align ?? box.align, context.metrics)
  },
}

/** A paragraph: `text('合计', { bold: true })`. */
export function text(content: Text, options: Omit<TextNode, 'kind' | 'text'> = {}): TextNode {
  return { kind: 'text', text: content, ...options }
}
