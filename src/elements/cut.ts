/** `cut`: feeds to the cutter and cuts; on a printer without a cutter it feeds to the tear bar. */

import * as s from '../model/shape.js'
import type { Element } from './element.js'
import type { CutNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const cutElement: Element<CutNode> = {
  schema: s.object<CutNode>({
    kind: s.literal('cut'),
    mode: s.optional(s.oneOf(['full', 'partial'])),
    ...placeFields,
  }),
  layout(node, { path }, { metrics }) {
    const heightDots = metrics.headToCutterDots
    return [{ kind: 'cut', mode: node.mode ?? 'partial', heightDots, path }]
  },
}

/**
 * A cut: `cut('full')`.
 *
 * @example
 * cut() // { kind: 'cut', mode: 'partial' }
 */
export function cut(mode: 'full' | 'partial' = 'partial'): CutNode {
  return { kind: 'cut', mode }
}
