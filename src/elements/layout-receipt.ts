/** Layout of a whole receipt: every node in turn, under each other, on one strip. */

import type { Charset } from '../charsets/charset.js'
import { shaperFor } from '../charsets/shape.js'
import type { Box } from '../layout/context.js'
import type { Pixels } from '../model/bitmap.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Report } from '../model/diagnostic.js'
import type { Metrics } from '../model/metrics.js'
import type { Block, Strip } from '../model/strip.js'
import { plainStyle } from '../model/style.js'
import type { ChildNode, ElementContext } from './element.js'
import { mergeStyle } from './fields.js'
import { elementOf } from './index.js'
import type { Receipt, ReceiptNode } from './nodes.js'

export interface ReceiptContext {
  readonly metrics: Metrics
  readonly charset: Charset
  readonly report: Report
  readonly onUnsupported: OnUnsupported
}

/**
 * Lays `receipt` out in dots. Pure: equal input, equal strip.
 *
 * @example
 * layoutReceipt(receipt, context).blocks.length // 1
 */
export function layoutReceipt(
  receipt: Receipt,
  { charset, onUnsupported, ...context }: ReceiptContext,
  images: Readonly<Record<string, Pixels>> = {},
): Strip {
  const { metrics } = context
  const box: Box = {
    x: 0,
    widthDots: metrics.widthDots,
    style: mergeStyle(plainStyle, receipt),
    align: 'left',
    path: 'nodes',
  }
  const blocks = layoutNodes(receipt.nodes, box, {
    ...context,
    shaper: shaperFor(charset, onUnsupported),
    images,
    layoutNodes,
  })
  return { widthDots: metrics.widthDots, lineSpacingDots: metrics.lineSpacingDots, blocks }
}

/** @param nodes of a receipt that was checked */
function layoutNodes(nodes: readonly ChildNode[], box: Box, context: ElementContext): Block[] {
  const blocks: Block[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as ReceiptNode
    for (const block of elementOf(node).layout(
      node,
      { ...box, path: `${box.path}[${i}]` },
      context,
    )) {
      blocks.push(block)
    }
  }
  return blocks
}
