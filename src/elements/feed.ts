/** `feed`: white paper, by lines or dots. */

import * as s from '../model/shape.js'
import type { Element } from './element.js'
import type { FeedNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const feedElement: Element<FeedNode> = {
  schema: s.object<FeedNode>({
    kind: s.literal('feed'),
    lines: s.optional(s.whole(0, 100)),
    dots: s.optional(s.whole(0, 4000)),
    ...placeFields,
  }),
  layout(node, _box, { metrics }) {
    const lines = node.lines ?? (node.dots === undefined ? 1 : 0)
    const heightDots = lines * metrics.lineSpacingDots + (node.dots ?? 0)
    return heightDots === 0 ? [] : [{ kind: 'feed', heightDots }]
  },
}

/**
 * White paper: `feed(3)` lines.
 *
 * @example
 * feed(3) // { kind: 'feed', lines: 3 }
 */
export function feed(lines = 1): FeedNode {
  return { kind: 'feed', lines }
}
