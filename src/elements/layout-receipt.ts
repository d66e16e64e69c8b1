/** Lays out a whole receipt: its nodes one under the other on one strip. */

import type { Charset } from '../charsets/charset.js'
import { shaperFor } from '../charsets/shape.js'
import type { Box } from '../layout/context.js'
import { heightOf } from '../layout/zip-blocks.js'
import type { Pixels } from '../model/bitmap.js'
import type { ScriptFonts } from '../model/cells.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Report } from '../model/diagnostic.js'
import { ReceiptError } from '../model/errors.js'
import type { Metrics } from '../model/metrics.js'
import type { Block, Strip } from '../model/strip.js'
import { plainStyle } from '../model/style.js'
import type { ChildNode, ElementContext } from './element.js'
import { mergeStyle } from './fields.js'
import { elementOf } from './index.js'
import { layoutLabels } from './labels.js'
import { lengthDots } from './length.js'
import type { Receipt, ReceiptNode } from './nodes.js'
import { sideDots } from './spacing.js'

export interface ReceiptContext {
  readonly metrics: Metrics
  readonly charset: Charset
  readonly report: Report
  readonly onUnsupported: OnUnsupported
  /** Whether nodes of the builder `raw` may print. Default false. */
  readonly allowRaw?: boolean
  /** Fonts of the scripts that have to be shaped, from `loadFonts`. Default: none. */
  readonly scripts?: ScriptFonts | undefined
}

/**
 * Lays `receipt` out in dots. Pure: equal input, equal strip.
 *
 * @example
 * layoutReceipt(receipt, context).blocks.length // 1
 */
export function layoutReceipt(
  receipt: Receipt,
  context: ReceiptContext,
  images: Readonly<Record<string, Pixels>> = {},
): Strip {
  const { box, inner } = openReceipt(receipt, context, images)
  const { page, nodes } = receipt
  const blocks =
    page === undefined ? layoutNodes(nodes, box, inner) : layoutLabels(page, nodes, box, inner)
  const { widthDots, lineSpacingDots } = context.metrics
  return { widthDots, lineSpacingDots, blocks }
}

/** Yields the blocks of `layoutReceipt` in parts. Each part is laid out when it is requested. */
export function* layoutParts(
  receipt: Receipt,
  context: ReceiptContext,
  images: Readonly<Record<string, Pixels>> = {},
): Generator<readonly Block[]> {
  const { box, inner } = openReceipt(receipt, context, images)
  const { page, nodes } = receipt
  if (page !== undefined) {
    yield layoutLabels(page, nodes, box, inner)
    return
  }
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as ReceiptNode
    const own = { ...box, path: childPath(box.path, i) }
    const { layoutParts } = elementOf(node)
    if (isPlain(node) && layoutParts !== undefined) yield* layoutParts(node, own, inner)
    else yield layoutNode(node, own, inner)
  }
}

function openReceipt(
  receipt: Receipt,
  context: ReceiptContext,
  images: Readonly<Record<string, Pixels>>,
) {
  const { charset, metrics, onUnsupported, report, scripts } = context
  const box: Box = {
    x: 0,
    widthDots: metrics.widthDots,
    style: mergeStyle(plainStyle, receipt),
    align: 'left',
    path: 'nodes',
  }
  const shaper = shaperFor(charset, onUnsupported, scripts)
  const allowRaw = context.allowRaw === true
  const inner: ElementContext = { metrics, report, allowRaw, scripts, shaper, images, layoutNodes }
  return { box, inner }
}

/** @param nodes nodes of a receipt that has passed its schema */
function layoutNodes(
  nodes: readonly ChildNode[],
  box: Box,
  context: ElementContext,
  first = 0,
): Block[] {
  const blocks: Block[] = []
  const { x, widthDots, style, align, path } = box
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as ReceiptNode
    const own = { x, widthDots, style, align, path: childPath(path, first + i) }
    for (const block of layoutNode(node, own, context)) blocks.push(block)
  }
  return blocks
}

function layoutNode(node: ReceiptNode, box: Box, context: ElementContext): Block[] {
  return isPlain(node) ? elementOf(node).layout(node, box, context) : spaced(node, box, context)
}

/** Whether a node has no margin, least height or position, so that it is simply laid out below the node before. */
function isPlain(node: ReceiptNode): boolean {
  return node.margin === undefined && node.minHeight === undefined && node.at === undefined
}

const KEPT_PATHS = 64
/** Cached paths of the first nodes, which are the same in every receipt. */
const firstPaths: string[] = []

function childPath(path: string, index: number): string {
  if (path !== 'nodes' || index >= KEPT_PATHS) return `${path}[${index}]`
  firstPaths[index] ??= `nodes[${index}]`
  return firstPaths[index]
}

/** Lays out a node with its margin and least height. */
function spaced(node: ReceiptNode, box: Box, context: ElementContext): Block[] {
  if (node.at !== undefined) throw offLabel(box.path)
  const { margin = 0, minHeight } = node
  const { top, right, bottom, left } = sideDots(margin, context.metrics)
  const inside = { ...box, x: box.x + left, widthDots: box.widthDots - left - right }
  if (inside.widthDots < context.metrics.fonts.A.widthDots) {
    throw new ReceiptError(`the margins leave ${inside.widthDots} of ${box.widthDots} dots`, {
      code: 'BOX_TOO_NARROW',
      path: `${box.path}.margin`,
      hint: 'make them smaller',
    })
  }
  const blocks = elementOf(node).layout(node, inside, context)
  const least = minHeight === undefined ? 0 : lengthDots(minHeight, context.metrics.dotsPerMm)
  const below = bottom + Math.max(0, least - heightOf(blocks))
  return [...feed(top), ...blocks, ...feed(below)]
}

function offLabel(path: string): ReceiptError {
  return new ReceiptError('only on a label has a node a place of its own', {
    code: 'LABEL_MISPLACED',
    path: `${path}.at`,
    hint: 'leave out at, or put the node directly into a label',
  })
}

function feed(heightDots: number): Block[] {
  return heightDots === 0 ? [] : [{ kind: 'feed', heightDots }]
}
