/** Lays out labels of one height: the content of each within its edges, and the feed from one label to the next. */

import type { Box } from '../layout/context.js'
import { pictureHeightDots } from '../layout/measure.js'
import { inkHeightOf, refuseActions } from '../layout/zip-blocks.js'
import { ReceiptError } from '../model/errors.js'
import type { Metrics } from '../model/metrics.js'
import * as s from '../model/shape.js'
import type { Block, RowBlock } from '../model/strip.js'
import type { Element, ElementContext } from './element.js'
import { mergeStyle, styleFields } from './fields.js'
import type { LabelNode, Page, ReceiptNode, StyleFields } from './nodes.js'
import { placeFields, sideDots, sidesSchema } from './spacing.js'

const edgeMm = s.number(1, 1000)

export const pageSchema = s.object<Page>({
  heightMm: edgeMm,
  widthMm: s.optional(edgeMm),
  gapMm: s.optional(s.number(0, 100)),
  padding: s.optional(sidesSchema),
})

/** The element, given the schema of the nodes that a label may hold. It is laid out by `layoutLabels`, which knows the page. */
export function labelElement(nodeSchema: s.Shape<ReceiptNode>): Element<LabelNode> {
  return {
    schema: s.object<LabelNode>({
      kind: s.literal('label'),
      nodes: s.list(nodeSchema),
      valign: s.optional(s.oneOf(['top', 'middle', 'bottom'])),
      fit: s.optional(s.flag),
      ...placeFields,
      ...styleFields,
    }),
    layout(_, { path }) {
      throw new ReceiptError('a label stands alone, and needs the size of its page', {
        code: 'LABEL_MISPLACED',
        path,
        hint: 'put it among the nodes of the receipt, which has page: { heightMm, gapMm }',
      })
    },
  }
}

/**
 * Nodes on one label of a receipt with `page`; see there how large it is.
 *
 * @example
 * const nodes = [label([text('杨枝甘露', { size: 2 })], { valign: 'middle' })]
 * compile({ page: { heightMm: 30, widthMm: 40 }, nodes }, { profile: generic58 }).strip.blocks.length // 1
 */
export function label(
  nodes: readonly ReceiptNode[],
  options: Omit<LabelNode, 'kind' | 'nodes'> = {},
): LabelNode {
  return { kind: 'label', nodes, ...options }
}

/**
 * Lays out a receipt on labels. Actions such as cuts and drawers come between labels. Without any `label`, all other nodes are on one.
 * @throws ReceiptError `LABEL_TOO_HIGH`, which says the height, if the nodes of a label do not fit
 */
export function layoutLabels(
  page: Page,
  nodes: readonly ReceiptNode[],
  box: Box,
  context: ElementContext,
): Block[] {
  const { metrics } = context
  const pitchDots = (page.heightMm + (page.gapMm ?? 0)) * metrics.dotsPerMm
  const blocks: Block[] = []
  let at = 0
  let count = 0
  for (const { node, path, nodesPath, index } of labelsAndActions(nodes, box.path)) {
    if (node.kind !== 'label') {
      blocks.push(...context.layoutNodes([node], box, context, index))
      continue
    }
    const label = layoutLabel(page, node, { ...box, path, nodesPath }, context)
    // The start of each label is computed from its number, so that rounding errors do not add up over a roll.
    const next = Math.round(++count * pitchDots)
    blocks.push(label)
    at += label.heightDots
    if (next > at) blocks.push({ kind: 'feed', heightDots: next - at })
    at = Math.max(at, next)
  }
  return blocks
}

interface PlacedNode {
  readonly node: ReceiptNode
  readonly path: string
  /** Index among the nodes of the receipt. */
  readonly index: number
  /** Path of the list of nodes in a label. */
  readonly nodesPath: string
}

const NOTHING: ReceiptNode = { kind: 'group', nodes: [] }

/** Replaces the other nodes of the list by empty groups, so that each kept node keeps its index and path. */
function only(
  nodes: readonly ReceiptNode[],
  isKept: (node: ReceiptNode) => boolean,
): readonly ReceiptNode[] {
  return nodes.map((node) => (isKept(node) ? node : NOTHING))
}

const ACTIONS: ReadonlySet<string> = new Set(['cut', 'drawer', 'buzzer', 'density', 'speed', 'raw'])

function labelsAndActions(nodes: readonly ReceiptNode[], path: string): PlacedNode[] {
  const placed = nodes.map((node, i) => {
    const own = `${path}[${i}]`
    return { node, path: own, index: i, nodesPath: `${own}.nodes` }
  })
  const hasLabels = nodes.some(({ kind }) => kind === 'label')
  if (!hasLabels) {
    const label: LabelNode = { kind: 'label', nodes: only(nodes, ({ kind }) => !ACTIONS.has(kind)) }
    return [
      { node: label, path, index: 0, nodesPath: path },
      ...placed.filter(({ node }) => ACTIONS.has(node.kind)),
    ]
  }
  const stray = placed.find(({ node }) => node.kind !== 'label' && !ACTIONS.has(node.kind))
  if (stray === undefined) return placed
  throw new ReceiptError(
    `a ${stray.node.kind} stands between labels, where there is no paper for it`,
    {
      code: 'LABEL_MISPLACED',
      path: stray.path,
      hint: 'put it into a label',
    },
  )
}

/** Lays out one label as a picture of the size of the page. */
function layoutLabel(
  page: Page,
  node: LabelNode,
  box: Box & { readonly nodesPath: string },
  context: ElementContext,
): RowBlock {
  const { metrics } = context
  const heightDots = Math.round(page.heightMm * metrics.dotsPerMm)
  const widthDots = widthOf(page, metrics, box.path)
  const padding = sideDots(page.padding ?? '1mm', { ...metrics, placementGridDots: 1 })
  const room = {
    x: padding.left,
    y: padding.top,
    widthDots: widthDots - padding.left - padding.right,
    heightDots: heightDots - padding.top - padding.bottom,
  }
  refuseNoRoom(room, metrics)
  const inside = {
    ...context,
    metrics: { ...metrics, widthDots, placementGridDots: 1, marginDots: 0, pictureRowDots: 1 },
  }
  const style = mergeStyle(box.style, node)
  const own = { ...box, style, path: box.nodesPath, x: room.x, widthDots: room.widthDots }
  const flowing = only(node.nodes, ({ at }) => at === undefined)
  const blocks = fitting(flowing, own, room.heightDots, node.fit === true, inside)
  const spare = room.heightDots - inkHeightOf(blocks)
  const top = { top: 0, middle: spare >> 1, bottom: spare }[node.valign ?? 'top']
  const cells = [
    { y: room.y + top, blocks },
    ...node.nodes.flatMap(({ at }, i) =>
      at === undefined ? [] : [pinnedCell(node.nodes, i, own, { widthDots, heightDots }, inside)],
    ),
  ]
  refuseActions(
    cells.map((cell) => ({ blocks: cell.blocks, valign: 'top' })),
    box.path,
  )
  return {
    kind: 'row',
    x: 0,
    widthDots,
    insideDots: widthDots,
    heightDots: pictureHeightDots(heightDots, metrics),
    turn: 0,
    cells,
    isLabel: true,
    path: box.path,
  }
}

function refuseNoRoom(
  room: { readonly widthDots: number; readonly heightDots: number },
  metrics: Metrics,
) {
  if (room.heightDots > 0 && room.widthDots >= metrics.fonts.A.widthDots) return
  throw new ReceiptError('the padding of the page leaves no room on the label', {
    code: 'BOX_TOO_NARROW',
    path: 'page.padding',
    hint: 'make it smaller, or the page larger',
  })
}

function widthOf({ widthMm }: Page, { widthDots, dotsPerMm }: Metrics, path: string): number {
  if (widthMm === undefined) return widthDots
  const dots = Math.round(widthMm * dotsPerMm)
  if (dots <= widthDots) return dots
  const most = Math.floor((widthDots / dotsPerMm) * 10) / 10
  throw new ReceiptError(`a label of ${widthMm} mm is wider than the ${most} mm that are printed`, {
    code: 'LABEL_TOO_WIDE',
    path,
    hint: `use a widthMm up to ${most}`,
  })
}

/** Lays out the nodes within the height. If `mayShrink`, they are tried at smaller sizes until they fit. */
function fitting(
  nodes: readonly ReceiptNode[],
  box: Box,
  heightDots: number,
  mayShrink: boolean,
  context: ElementContext,
): readonly Block[] {
  const blocks = context.layoutNodes(nodes, box, context)
  const needed = inkHeightOf(blocks)
  if (needed <= heightDots) return blocks
  for (const most of mayShrink ? SMALLER : []) {
    const style = limited(box.style, most)
    const smaller = nodes.map((node) => smallerNode(node, most) as ReceiptNode)
    const tried = context.layoutNodes(smaller, { ...box, style }, { ...context, report: () => {} })
    if (inkHeightOf(tried) > heightDots) continue
    context.report({
      code: 'LABEL_SHRUNK',
      severity: 'info',
      message:
        most === 0
          ? 'the label is printed in the small font'
          : `the label is printed at size ${most} at most`,
      path: box.path,
    })
    return context.layoutNodes(smaller, { ...box, style }, context)
  }
  const mm = (dots: number) => (dots / context.metrics.dotsPerMm).toFixed(1)
  throw new ReceiptError(`the label needs ${mm(needed)} mm, and ${mm(heightDots)} mm are there`, {
    code: 'LABEL_TOO_HIGH',
    path: box.path,
    hint: mayShrink ? 'leave something out' : 'leave something out, or set fit to true',
  })
}

/** The greatest text sizes to try in turn; 0 is the small font. */
const SMALLER = [4, 3, 2, 1, 0]

function limited<T extends Partial<Box['style']>>(style: T, most: number): T {
  const least = Math.max(most, 1)
  const width = Math.min(style.width ?? 1, least)
  const height = Math.min(style.height ?? 1, least)
  return { ...style, width, height, ...(most === 0 ? { font: 'small' } : {}) }
}

/** Returns a copy of the value in which no text size exceeds `most`. */
function smallerNode(value: unknown, most: number): unknown {
  if (Array.isArray(value)) return value.map((one) => smallerNode(one, most))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, field]) => {
    const isSize = name === 'size' || ((name === 'width' || name === 'height') && isTextNode(value))
    if (isSize && typeof field === 'number') return [name, Math.min(field, Math.max(most, 1))]
    if (name === 'font' && most === 0) return [name, 'small']
    return [name, smallerNode(field, most)]
  })
  return Object.fromEntries(fields)
}

/** Whether `width` and `height` of the object are multiples of letters, and not sizes of a column, a picture or a code. */
function isTextNode(value: object): boolean {
  const { kind, text } = value as StyleFields & { readonly kind?: string; readonly text?: unknown }
  return kind === undefined ? text !== undefined : !['barcode', 'image', 'row'].includes(kind)
}

function pinnedCell(
  nodes: readonly ReceiptNode[],
  index: number,
  box: Box,
  page: { readonly widthDots: number; readonly heightDots: number },
  context: ElementContext,
) {
  const { at: { xMm, yMm } = { xMm: 0, yMm: 0 }, ...node } = nodes[index] as ReceiptNode
  const { dotsPerMm } = context.metrics
  const x = Math.round(xMm * dotsPerMm)
  const y = Math.round(yMm * dotsPerMm)
  const widthDots = page.widthDots - x
  const blocks =
    widthDots <= 0
      ? []
      : context.layoutNodes([node as ReceiptNode], { ...box, x, widthDots }, context, index)
  if (widthDots > 0 && y + inkHeightOf(blocks) <= page.heightDots) return { y, blocks }
  throw new ReceiptError(`at ${xMm}, ${yMm} mm it reaches beyond the label`, {
    code: 'LABEL_TOO_HIGH',
    path: `${box.path}[${index}].at`,
    hint: 'move it, or make it smaller',
  })
}
