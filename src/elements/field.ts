/** `field`: a label at the left and its value at the right of one line, or under each other where they do not fit. */

import * as z from 'zod/mini'
import { type Flow, measureFlow, shapeSpans } from '../layout/flow.js'
import { leaderFlow, leaderRuns } from '../layout/leader.js'
import { advanceDots } from '../layout/measure.js'
import { alignedOffset, lineBlock, placeLine, placeLines } from '../layout/place.js'
import { type WrapPolicy, wrapFlow, wrapPolicies } from '../layout/wrap.js'
import type { Run } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { Element } from './element.js'
import {
  alignSchema,
  mergeStyle,
  type StyleFields,
  spansOf,
  styleFields,
  type Text,
  textSchema,
} from './fields.js'

export interface FieldNode extends StyleFields {
  readonly kind: 'field'
  readonly label: Text
  readonly value: Text
  /** Fills the gap: one character such as `.`; left out, the gap is white. */
  readonly leader?: string
  /** Where a value stands that had to go under its label. Default `right`. */
  readonly wrappedAlign?: Align
  /** What to do with a label or a value wider than the paper. Default `word`. */
  readonly wrap?: WrapPolicy
}

const schema: z.ZodMiniType<FieldNode> = z.strictObject({
  kind: z.literal('field'),
  label: textSchema,
  value: textSchema,
  leader: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(4))),
  wrappedAlign: z.exactOptional(alignSchema),
  wrap: z.exactOptional(z.enum(wrapPolicies)),
  ...styleFields,
})

export const fieldElement: Element<FieldNode> = {
  schema,
  layout(node, box, context) {
    const { metrics } = context
    const style = mergeStyle(box.style, node)
    const label = shapeSpans(spansOf(node.label, style, `${box.path}.label`), context)
    const value = shapeSpans(spansOf(node.value, style, `${box.path}.value`), context)
    const labelDots = label.length === 1 ? measureFlow(label[0] as Flow, context) : Infinity
    const valueDots = value.length === 1 ? measureFlow(value[0] as Flow, context) : Infinity
    const gapDots = valueDots === 0 ? 0 : advanceDots(1, style, metrics)
    if (labelDots + gapDots + valueDots <= box.widthDots) {
      const grid = metrics.placementGridDots
      const valueX = alignedOffset('right', box.widthDots, valueDots, grid)
      const leader = leaderFlow(node.leader, style, `${box.path}.leader`, context)
      const runs: Run[] = [
        ...placeLine({ pieces: label[0] as Flow, widthDots: labelDots }, box.x, metrics),
        ...leaderRuns(leader, { x: box.x + labelDots, widthDots: valueX - labelDots }, context),
        ...placeLine({ pieces: value[0] as Flow, widthDots: valueDots }, box.x + valueX, metrics),
      ]
      return [lineBlock(runs, metrics, box.path)]
    }
    const options = { widthDots: box.widthDots, policy: node.wrap ?? 'word', path: box.path }
    const wrap = (flows: readonly Flow[]) =>
      flows.flatMap((flow) => wrapFlow(flow, options, context))
    return [
      ...(labelDots === 0 ? [] : placeLines(wrap(label), box, 'left', metrics)),
      ...(valueDots === 0
        ? []
        : placeLines(wrap(value), box, node.wrappedAlign ?? 'right', metrics)),
    ]
  },
}

/** A label and its value: `field('合计', '￥56.00', { leader: '.' })`. */
export function field(
  label: Text,
  value: Text,
  options: Omit<FieldNode, 'kind' | 'label' | 'value'> = {},
): FieldNode {
  return { kind: 'field', label, value, ...options }
}
