/** `text`: a paragraph, wrapped to the width; newlines and blank lines are kept. */

import type { Box, LayoutContext } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { type Flow, type Line, type WrapOptions, wrapPolicies } from '../layout/line.js'
import { advanceDots, plainDots, plainMeasures } from '../layout/measure.js'
import { alignedOffset, inkedLine, placeLines } from '../layout/place.js'
import { quickRun, quickWide } from '../layout/quick-line.js'
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
    maxLines: s.optional(s.whole(1, 100)),
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
      maxLines: node.maxLines,
      path: box.path,
    }
    const align = node.align ?? box.align
    const lines = wrapFlows(flows, options, context)
    const balanced = align === 'center' ? withoutOrphan(flows, lines, options, context) : lines
    return placeLines(balanced, box, align, context.metrics)
  },
}

/** Most hanzi by which lines are narrowed so that the last line gets more than one character. */
const MOST_NARROWER = 4

/** Wraps a centred paragraph a little narrower if its last line would be a single character. */
function withoutOrphan(
  flows: readonly Flow[],
  lines: readonly Line[],
  options: WrapOptions,
  context: LayoutContext,
): readonly Line[] {
  if (flows.length !== 1 || lines.length < 2 || cellsIn(lines.at(-1)) !== 1) return lines
  // If the narrower lines bring a diagnostic, such as a broken number, the single character is the lesser evil.
  let isWorse = false
  const report = () => {
    isWorse = true
  }
  const silent = { ...context, report }
  const step = context.metrics.hanzi.widthDots
  for (let k = 1; k <= MOST_NARROWER; k++) {
    const widthDots = options.widthDots - k * step
    const narrower = widthDots < step ? lines : wrapFlows(flows, { ...options, widthDots }, silent)
    if (isWorse) return lines
    if (narrower.length === lines.length && cellsIn(narrower.at(-1)) > 1) return narrower
  }
  return lines
}

function cellsIn(line: Line | undefined): number {
  return line?.pieces.reduce((sum, { cells }) => sum + cells.length, 0) ?? 0
}

/** Lays out a plain text that fits on one line; undefined for any other. */
function quickLine(
  node: TextNode,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block | undefined {
  const { metrics } = context
  const measures = plainMeasures(style, metrics)
  const wide = quickWide(node.text, measures, context)
  if (wide < 0) return undefined
  const text = node.text as string
  const widthDots = plainDots(text.length, wide, measures)
  if (widthDots > box.widthDots) return undefined
  const align = node.align ?? box.align
  const offset = alignedOffset(align, box.widthDots, widthDots, metrics.placementGridDots)
  const run = quickRun(box.x + offset, widthDots, { text, wide }, style, measures, context)
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
