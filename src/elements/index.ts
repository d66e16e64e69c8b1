/** The table of all elements, and the schema of a node. */

import * as s from '../model/shape.js'
import { barcodeElement } from './barcode.js'
import { bannerElement, boxElement } from './box.js'
import { columnsElement } from './columns.js'
import { cutElement } from './cut.js'
import { buzzerElement, densityElement, speedElement } from './device.js'
import { drawerElement } from './drawer.js'
import type { Element } from './element.js'
import { feedElement } from './feed.js'
import { fieldElement } from './field.js'
import { groupElement } from './group.js'
import { imageElement } from './image.js'
import { labelElement } from './labels.js'
import type { NodeKind, ReceiptNode } from './nodes.js'
import { qrElement } from './qr.js'
import { rawElement } from './raw.js'
import { rowElement } from './row.js'
import { ruleElement } from './rule.js'
import { symbolElement } from './symbol.js'
import { textElement } from './text.js'

type NodeOf<K extends ReceiptNode['kind']> = Extract<ReceiptNode, { kind: K }>

/** The schema of any node. It reads the table at its first use, because elements that hold nodes need this schema. */
export const nodeSchema: s.Shape<ReceiptNode> = s.later('node', () =>
  s.choice<ReceiptNode>(
    'kind',
    [...Object.values(elements), rawElement].map((element): s.Shape<ReceiptNode> => element.schema),
  ),
)

export const elements: { readonly [K in NodeKind]: Element<NodeOf<K>> } = {
  text: textElement,
  columns: columnsElement(nodeSchema),
  field: fieldElement,
  rule: ruleElement,
  box: boxElement(nodeSchema),
  banner: bannerElement,
  row: rowElement(nodeSchema),
  label: labelElement(nodeSchema),
  qr: qrElement,
  barcode: barcodeElement,
  symbol: symbolElement,
  image: imageElement,
  feed: feedElement,
  cut: cutElement,
  drawer: drawerElement,
  buzzer: buzzerElement,
  density: densityElement,
  speed: speedElement,
  group: groupElement(nodeSchema),
}

/** Returns the element of a node's kind. The type of the table guarantees that they match. */
export function elementOf<N extends ReceiptNode>(node: N): Element<N> {
  const element = node.kind === 'raw' ? rawElement : elements[node.kind]
  return element as unknown as Element<N>
}
