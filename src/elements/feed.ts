/** `feed`: white paper, by lines or dots. */

import * as z from 'zod/mini'
import type { Element } from './element.js'
import type { FeedNode } from './nodes.js'

export const feedElement: Element<FeedNode> = {
  schema: z.strictObject({
    kind: z.literal('feed'),
    lines: z.exactOptional(z.int().check(z.minimum(0), z.maximum(100))),
    dots: z.exactOptional(z.int().check(z.minimum(0), z.maximum(4000))),
  }),
  layout(node, _box, { metrics }) {
    const lines = node.lines ?? (node.dots === undefined ? 1 : 0)
    const heightDots = lines * metrics.lineSpacingDots + (node.dots ?? 0)
    return heightDots === 0 ? [] : [{ kind: 'feed', heightDots }]
  },
}

/** White paper: `feed(3)` lines. */
export function feed(lines = 1): FeedNode {
  return { kind: 'feed', lines }
}
