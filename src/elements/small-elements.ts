/** The elements of the small builds, instead of the whole table: lines of text, feeds, cuts and drawers. See `scripts/small-parts.mjs`. */

import * as s from '../model/shape.js'
import { columnsElement } from './columns.js'
import { cutElement } from './cut.js'
import { drawerElement } from './drawer.js'
import type { Element } from './element.js'
import { feedElement } from './feed.js'
import { fieldElement } from './field.js'
import type { ReceiptNode } from './nodes.js'
import { ruleElement } from './rule.js'
import { textElement } from './text.js'

export const nodeSchema: s.Shape<ReceiptNode> = s.later('node', () =>
  s.choice<ReceiptNode>(
    'kind',
    Object.values(elements).map(({ schema }) => schema as s.Shape<ReceiptNode>),
  ),
)

export const elements = {
  text: textElement,
  columns: columnsElement(nodeSchema),
  field: fieldElement,
  rule: ruleElement,
  feed: feedElement,
  cut: cutElement,
  drawer: drawerElement,
}

export function elementOf<N extends ReceiptNode>(node: N): Element<N> {
  return elements[node.kind as keyof typeof elements] as unknown as Element<N>
}
