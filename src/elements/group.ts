/** `group`: style and alignment for all that it holds. */

import * as z from 'zod/mini'
import type { Element } from './element.js'
import {
  type AlignField,
  alignSchema,
  mergeStyle,
  type StyleFields,
  styleFields,
} from './fields.js'
import { nodeSchema, type ReceiptNode } from './index.js'

export interface GroupNode extends StyleFields, AlignField {
  readonly kind: 'group'
  readonly nodes: readonly ReceiptNode[]
}

export const groupElement: Element<GroupNode> = {
  schema: z.strictObject({
    kind: z.literal('group'),
    nodes: z.array(z.lazy(() => nodeSchema)),
    align: z.exactOptional(alignSchema),
    ...styleFields,
  }),
  layout(node, box, context) {
    const inner = {
      ...box,
      style: mergeStyle(box.style, node),
      align: node.align ?? box.align,
      path: `${box.path}.nodes`,
    }
    return context.layoutNodes(node.nodes, inner, context)
  },
}

/** Nodes with a common style: `group([text('a'), text('b')], { align: 'center' })`. */
export function group(
  nodes: readonly ReceiptNode[],
  options: Omit<GroupNode, 'kind' | 'nodes'> = {},
): GroupNode {
  return { kind: 'group', nodes, ...options }
}
