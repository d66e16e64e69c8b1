/** `cut`: feeds to the cutter and cuts; on a printer without a cutter it feeds to the tear bar. */

import * as z from 'zod/mini'
import type { Element } from './element.js'
import type { CutNode } from './nodes.js'

export const cutElement: Element<CutNode> = {
  schema: z.strictObject({
    kind: z.literal('cut'),
    mode: z.exactOptional(z.enum(['full', 'partial'])),
  }),
  layout(node, { path }, { metrics }) {
    const heightDots = metrics.headToCutterDots
    return [{ kind: 'cut', mode: node.mode ?? 'partial', heightDots, path }]
  },
}

/** A cut: `cut('full')`. */
export function cut(mode: 'full' | 'partial' = 'partial'): CutNode {
  return { kind: 'cut', mode }
}
