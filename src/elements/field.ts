/** `field`: a label at the left and its value at the right of its last line, or under it if they do not fit. */

import type { Box, LayoutContext } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { leaderFlow, leaderRunsBesideText } from '../layout/leader.js'
import { type Flow, wrapPolicies } from '../layout/line.js'
import { advanceDots, measureFlow, plainDots, plainMeasures } from '../layout/measure.js'
import { alignedOffset, inkedLine, lineBlock, placeLine, placeLines } from '../layout/place.js'
import { quickRun, quickWide } from '../layout/quick-line.js'
import { wrapFlows } from '../layout/wrap.js'
import * as s from '../model/shape.js'
import type { Block, Run } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { Element } from './element.js'
import { alignSchema, mergeStyle, spansOf, styleFields, textSchema } from './fields.js'
import type { FieldNode, Text } from './nodes.js'
import { placeFields } from './spacing.js'

const schema = s.object<FieldNode>({
  kind: s.literal('field'),
  label: textSchema,
  value: textSchema,
  leader: s.optional(s.text(1, 4)),
  wrappedAlign: s.optional(alignSchema),
  wrap: s.optional(s.oneOf(wrapPolicies)),
  ...placeFields,
  ...styleFields,
})

export const fieldElement: Element<FieldNode> = {
  schema,
  layout(node, box, context) {
    const { metrics } = context
    const style = mergeStyle(box.style, node)
    const line = quickLine(node, style, box, context)
    if (line !== undefined) return [line]
    const label = shapeSpans(spansOf(node.label, style, `${box.path}.label`), context)
    const value = shapeSpans(spansOf(node.value, style, `${box.path}.value`), context)
    const valueDots = value.length === 1 ? measureFlow(value[0] as Flow, context) : Infinity
    const options = { widthDots: box.widthDots, policy: node.wrap ?? 'word', path: box.path }
    const wrap = (flows: readonly Flow[]) => wrapFlows(flows, options, context)
    const wrapped = wrap(label)
    const labels = wrapped[0]?.widthDots === 0 ? wrapped.slice(1) : wrapped
    const last = labels.at(-1) ?? { pieces: [], widthDots: 0 }
    const gapDots = valueDots === 0 ? 0 : advanceDots(1, style, metrics)
    if (last.widthDots + gapDots + valueDots > box.widthDots) {
      return [
        ...placeLines(labels, box, 'left', metrics),
        ...(valueDots === 0
          ? []
          : placeLines(wrap(value), box, node.wrappedAlign ?? 'right', metrics)),
      ]
    }
    const valueX = alignedOffset('right', box.widthDots, valueDots, metrics.placementGridDots)
    const leader = leaderFlow(node.leader, style, `${box.path}.leader`, context)
    const white = { x: box.x + last.widthDots, widthDots: valueX - last.widthDots }
    const runs: Run[] = [
      ...placeLine(last, box.x, metrics),
      ...leaderRunsBesideText(leader, white, context),
      ...placeLine({ pieces: value[0] as Flow, widthDots: valueDots }, box.x + valueX, metrics),
    ]
    const lastLine = lineBlock(runs, metrics, box.path)
    if (labels.length < 2) return [lastLine]
    return [...placeLines(labels.slice(0, -1), box, 'left', metrics), lastLine]
  },
}

/** Lays out a plain label and a plain value that fit on one line. Undefined for any other field. */
function quickLine(
  { label, value, leader }: FieldNode,
  style: TextStyle,
  box: Box,
  context: LayoutContext,
): Block | undefined {
  const { metrics } = context
  if (leader !== undefined) return undefined
  const measures = plainMeasures(style, metrics)
  const wideLeft = quickWide(label, measures, context)
  const wideRight = wideLeft < 0 ? -1 : quickWide(value, measures, context)
  if (wideRight < 0) return undefined
  const left = { text: label as string, wide: wideLeft }
  const right = { text: value as string, wide: wideRight }
  const labelDots = plainDots(left.text.length, wideLeft, measures)
  const valueDots = plainDots(right.text.length, wideRight, measures)
  if (labelDots + measures.half + valueDots > box.widthDots) return undefined
  const valueX = alignedOffset('right', box.widthDots, valueDots, metrics.placementGridDots)
  const runs = [
    quickRun(box.x, labelDots, left, style, measures, context),
    quickRun(box.x + valueX, valueDots, right, style, measures, context),
  ]
  return inkedLine(runs, metrics, box.path)
}

/**
 * A label and its value: `field('合计', '￥56.00', { leader: '.' })`.
 *
 * @example
 * field('合计', '￥40.00', { leader: '.' }) // { kind: 'field', label: '合计', value: '￥40.00', leader: '.' }
 */
export function field(
  label: Text,
  value: Text,
  options: Omit<FieldNode, 'kind' | 'label' | 'value'> = {},
): FieldNode {
  return { kind: 'field', label, value, ...options }
}
