/** `drawer`: the pulse that opens the cash drawer. */

import * as s from '../model/shape.js'
import type { Element } from './element.js'
import type { DrawerNode } from './nodes.js'
import { placeFields } from './spacing.js'

export const drawerElement: Element<DrawerNode> = {
  schema: s.object<DrawerNode>({
    kind: s.literal('drawer'),
    pin: s.optional(s.literal(2, 5)),
    ...placeFields,
  }),
  layout(node) {
    return [node.pin === undefined ? { kind: 'pulse' } : { kind: 'pulse', pin: node.pin }]
  },
}

/**
 * Opens the drawer: `drawer()`.
 *
 * @example
 * drawer() // { kind: 'drawer' }
 */
export function drawer(pin?: 2 | 5): DrawerNode {
  return pin === undefined ? { kind: 'drawer' } : { kind: 'drawer', pin }
}
