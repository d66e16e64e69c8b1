/** The closed union of receipt nodes, and the one table in which each element stands. */

import * as z from 'zod/mini'
import { type BarcodeNode, barcodeElement } from './barcode.js'
import { type ColumnsNode, columnsElement } from './columns.js'
import { type CutNode, cutElement } from './cut.js'
import { type DrawerNode, drawerElement } from './drawer.js'
import type { Element } from './element.js'
import { type FeedNode, feedElement } from './feed.js'
import { type FieldNode, fieldElement } from './field.js'
import { type GroupNode, groupElement } from './group.js'
import { type ImageNode, imageElement } from './image.js'
import { type QrNode, qrElement } from './qr.js'
import { type RuleNode, ruleElement } from './rule.js'
import { type SymbolNode, symbolElement } from './symbol.js'
import { type TextNode, textElement } from './text.js'

export type ReceiptNode =
  | TextNode
  | ColumnsNode
  | FieldNode
  | RuleNode
  | QrNode
  | BarcodeNode
  | SymbolNode
  | ImageNode
  | FeedNode
  | CutNode
  | DrawerNode
  | GroupNode

type NodeOf<K extends ReceiptNode['kind']> = Extract<ReceiptNode, { kind: K }>

/** Nodes hold nodes, so that the schema asks for the table when it is first used. */
export const nodeSchema: z.ZodMiniType<ReceiptNode> = z.lazy(() =>
  z.discriminatedUnion('kind', Object.values(elements).map((element) => element.schema) as never),
)

export const elements: { readonly [K in ReceiptNode['kind']]: Element<NodeOf<K>> } = {
  text: textElement,
  columns: columnsElement(nodeSchema),
  field: fieldElement,
  rule: ruleElement,
  qr: qrElement,
  barcode: barcodeElement,
  symbol: symbolElement,
  image: imageElement,
  feed: feedElement,
  cut: cutElement,
  drawer: drawerElement,
  group: groupElement(nodeSchema),
}

/** The element of a node's kind; the table's type pairs them. */
export function elementOf<N extends ReceiptNode>(node: N): Element<N> {
  return elements[node.kind] as unknown as Element<N>
}
