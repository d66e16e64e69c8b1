/** `group`: style and alignment for all that it holds; it may be turned, and have its own line spacing. */

import type { Box } from '../layout/context.js'
import { alignedOffset } from '../layout/place.js'
import { turnBlocks } from '../layout/zip-blocks.js'
import { ReceiptError } from '../model/errors.js'
import type { Metrics } from '../model/metrics.js'
import * as s from '../model/shape.js'
import type { Block } from '../model/strip.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema, mergeStyle, styleFields } from './fields.js'
import type { GroupNode, ReceiptNode } from './nodes.js'
import { placeFields } from './spacing.js'

/** The element, given the schema of the nodes that a group may hold. */
export function groupElement(nodeSchema: s.Shape<ReceiptNode>): Element<GroupNode> {
  return {
    schema: s.object<GroupNode>({
      kind: s.literal('group'),
      nodes: s.list(nodeSchema),
      align: s.optional(alignSchema),
      lineSpacing: s.optional(s.whole(1, 255)),
      rotate: s.optional(s.literal(0, 90, 180, 270)),
      keepTogether: s.optional(s.flag),
      length: s.optional(s.whole(24, 4000)),
      ...placeFields,
      ...styleFields,
    }),
    layout: layoutGroup,
  }
}

function layoutGroup(node: GroupNode, box: Box, context: ElementContext): Block[] {
  const inner = {
    ...box,
    style: mergeStyle(box.style, node),
    align: node.align ?? box.align,
    path: `${box.path}.nodes`,
  }
  const own =
    node.lineSpacing === undefined
      ? context
      : { ...context, metrics: spaced(context.metrics, node.lineSpacing) }
  const turn = node.rotate ?? 0
  if (turn === 0) return kept(node, own.layoutNodes(node.nodes, inner, own), box.path)
  const sideways = turn !== 180
  const insideDots = sideways ? (node.length ?? box.widthDots) : box.widthDots
  const inside = { ...own, metrics: { ...own.metrics, widthDots: insideDots, marginDots: 0 } }
  const blocks = own.layoutNodes(node.nodes, { ...inner, x: 0, widthDots: insideDots }, inside)
  const turned = turnBlocks(blocks, insideDots, turn, box.path)
  if (turned.widthDots > box.widthDots) {
    throw new ReceiptError(
      `turned by ${turn} degrees the group is ${turned.widthDots} dots wide, and there are ${box.widthDots}`,
      { code: 'GROUP_TOO_WIDE', path: box.path, hint: 'give it fewer or smaller lines' },
    )
  }
  const offset = alignedOffset(inner.align, box.widthDots, turned.widthDots, 1)
  return [{ ...turned, x: box.x + offset }]
}

/** Returns the blocks of a group. @throws ReceiptError `GROUP_IS_CUT` if a `keepTogether` group contains a cut */
function kept({ keepTogether }: GroupNode, blocks: Block[], path: string): Block[] {
  if (keepTogether !== true || !blocks.some(({ kind }) => kind === 'cut')) return blocks
  throw new ReceiptError('a cut would part what is kept together', {
    code: 'GROUP_IS_CUT',
    path,
    hint: 'put the cut after the group, or leave out keepTogether',
  })
}

function spaced(metrics: Metrics, dots: number): Metrics {
  return { ...metrics, lineSpacingDots: dots, leastLineDots: dots }
}

/**
 * Nodes with a common style: `group([text('a'), text('b')], { align: 'center' })`.
 *
 * @example
 * const { nodes } = group([text('谢谢惠顾'), text('欢迎再来')], { align: 'center' })
 * nodes.map(({ kind }) => kind) // ['text', 'text']
 */
export function group(
  nodes: readonly ReceiptNode[],
  options: Omit<GroupNode, 'kind' | 'nodes'> = {},
): GroupNode {
  return { kind: 'group', nodes, ...options }
}
