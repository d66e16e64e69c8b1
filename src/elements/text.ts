/** `text`: a paragraph, wrapped to the width; newlines and blank lines are kept. */

import type { Box, LayoutContext } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { wrapPolicies } from '../layout/line.js'
import { advanceDots, measureCells } from '../layout/measure.js'
import { alignedOffset, endsInBlank, inkedLine, placeLines, runAt } from '../layout/place.js'
import { quickCells } from '../layout/quick-line.js'
import { wrapFlows } from '../layout/wrap.js'
import * as s from '../model/shape.js'
import type { Block } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import { alignSchema, mergeStyle, spansOf, styleFields, textSchema } from './fields.js'
import type { Text, TextNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const textElement: Element<TextNode> = {
  schema: s.object<TextNode>({
    kind: s.literal('text'),
    text: textSchema,
    align: s.optional(alignSchema),
    wrap: s.optional(s.oneOf(wrapPolicies)),
    indent: s.optional(s.whole(0, 64)),
    ...placeFields,
    ...styleFields,
  }),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const line = quickLine(node, style, box, context)
    if (line !== undefined) return [line]
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

/** A plain text of one line; undefined for any other. */
function quickLine(
  node: TextNode,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block | undefined {
  const { metrics } = context
  const cells = quickCells(node.text, style, context)
  if (cells === undefined || endsInBlank(cells)) return undefined
  const widthDots = measureCells(cells, style, metrics)
  if (widthDots > box.widthDots) return undefined
  const align = node.align ?? box.align
  const offset = alignedOffset(align, box.widthDots, widthDots, metrics.placementGridDots)
  const run = runAt(box.x + offset, widthDots, { cells, style }, metrics)
  return inkedLine([run], metrics, box.path)
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
