/** `box` and `banner`: nodes in a frame or on a band, printed as dots. */

import type { Box } from '../layout/context.js'
import { drawFrame, eraseDots, greyDots, type LineLook, lineDots } from '../layout/dot-lines.js'
import { shapeSpans } from '../layout/flow.js'
import { pictureHeightDots } from '../layout/measure.js'
import { placeLines } from '../layout/place.js'
import { wrapFlows } from '../layout/wrap.js'
import { inkHeightOf, refuseActions } from '../layout/zip-blocks.js'
import { createBitmap } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import * as s from '../model/shape.js'
import type { Block, RowBlock } from '../model/strip.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema, mergeStyle, spansOf, styleFields, textSchema } from './fields.js'
import type {
  BannerNode,
  Border,
  BoxNode,
  Fill,
  ReceiptNode,
  Sides,
  Spacing,
  Text,
} from './nodes.js'
import { placeFields, sideDots, sidesSchema } from './spacing.js'

const borderSchema: s.Shape<Border> = s.either(
  [s.oneOf(['none', 'single', 'double', 'thick', 'dashed']), s.whole(1, 24)],
  'none, single, double, thick, dashed, or 1 to 24 dots',
)
const fillSchema = s.oneOf(['none', 'inverse', 'grey'])

/** The element, given the schema of the nodes that a box may hold. */
export function boxElement(nodeSchema: s.Shape<ReceiptNode>): Element<BoxNode> {
  return {
    schema: s.object<BoxNode>({
      kind: s.literal('box'),
      nodes: s.list(nodeSchema),
      border: s.optional(borderSchema),
      padding: s.optional(sidesSchema),
      fill: s.optional(fillSchema),
      title: s.optional(textSchema),
      align: s.optional(alignSchema),
      ...placeFields,
      ...styleFields,
    }),
    layout(node, box, context) {
      const style = mergeStyle(box.style, node)
      const inner = { ...box, style, align: node.align ?? box.align, path: `${box.path}.nodes` }
      const fill = node.fill ?? 'none'
      const frame = {
        // A box of white on black shows its edge without a line.
        border: node.border ?? (fill === 'inverse' ? 'none' : 'single'),
        padding: node.padding ?? 8,
        fill,
        title: node.title,
      }
      return [
        framed(frame, { ...box, style }, context, (place, inside) =>
          context.layoutNodes(node.nodes, { ...inner, ...place }, inside),
        ),
      ]
    },
  }
}

export const bannerElement: Element<BannerNode> = {
  schema: s.object<BannerNode>({
    kind: s.literal('banner'),
    text: textSchema,
    fill: s.optional(fillSchema),
    padding: s.optional(sidesSchema),
    align: s.optional(alignSchema),
    ...placeFields,
    ...styleFields,
  }),
  layout(node, box, context) {
    const style = mergeStyle(box.style, node)
    const frame = {
      border: 'none' as const,
      padding: node.padding ?? 6,
      fill: node.fill ?? 'inverse',
      title: undefined,
    }
    return [
      framed(frame, { ...box, style }, context, (place, inside) => {
        const flows = shapeSpans(spansOf(node.text, style, `${box.path}.text`), inside)
        const lines = wrapFlows(flows, { widthDots: place.widthDots, path: box.path }, inside)
        return placeLines(lines, { ...box, ...place }, node.align ?? 'center', inside.metrics)
      }),
    ]
  },
}

/** White between the title and the nodes below it. */
const TITLE_GAP = 4

interface Frame {
  readonly border: Border
  readonly padding: Spacing | Sides
  readonly fill: Fill
  readonly title: Text | undefined
}

type Place = Pick<Box, 'x' | 'widthDots'>

/** Calls `layout` for the space inside the frame, and returns its blocks and the frame as one picture. */
function framed(
  { border, padding, fill, title }: Frame,
  box: Box,
  context: ElementContext,
  layout: (place: Place, context: ElementContext) => Block[],
): RowBlock {
  // In a picture, content may be placed at any dot, and an inner picture need not fill whole rows of the printer.
  const metrics = { ...context.metrics, placementGridDots: 1, marginDots: 0, pictureRowDots: 1 }
  const inside = { ...context, metrics }
  const step = metrics.pictureDotDots ?? 1
  const look = lookOf(border, step)
  const edge = look === undefined ? 0 : lineDots(look)
  const sides = sideDots(padding, metrics)
  const place = {
    x: box.x + edge + sides.left,
    widthDots: box.widthDots - 2 * edge - sides.left - sides.right,
  }
  if (place.widthDots < metrics.fonts.A.widthDots) {
    throw new ReceiptError(`border and padding leave ${place.widthDots} dots of the box`, {
      code: 'BOX_TOO_NARROW',
      path: box.path,
      hint: 'make the padding smaller or the box wider',
    })
  }
  const blocks = layout(place, inside)
  refuseActions([{ blocks, valign: 'top' }], box.path)
  const shown = title === undefined ? undefined : titleLines(title, place, box, inside)
  const titleDots = shown?.heightDots ?? 0
  const top = Math.max(0, ((shown?.firstLineDots ?? 0) - edge) >> 1)
  const contentTop = Math.max(titleDots === 0 ? 0 : titleDots + TITLE_GAP, top + edge + sides.top)
  const heightDots = contentTop + inkHeightOf(blocks) + sides.bottom + edge
  const { widthDots } = box
  const picture = createBitmap(widthDots, heightDots)
  if (look !== undefined) {
    drawFrame(picture, look, { x: 0, y: top, widthDots, heightDots: heightDots - top })
  }
  if (shown !== undefined) eraseDots(picture, shown.x - box.x, 0, shown.widthDots, titleDots)
  const grey = fill === 'grey' ? [greyOf(box, edge, top, heightDots, step)] : []
  return {
    kind: 'row',
    x: 0,
    widthDots: metrics.widthDots,
    insideDots: metrics.widthDots,
    heightDots: pictureHeightDots(heightDots, context.metrics),
    turn: 0,
    cells: [
      { y: 0, blocks: [{ kind: 'image', x: box.x, bitmap: picture, path: box.path }] },
      ...grey,
      ...(shown === undefined ? [] : [{ y: 0, blocks: shown.blocks }]),
      { y: contentTop, blocks },
    ],
    ...(fill === 'inverse' ? { inverse: { x: box.x, y: 0, widthDots, heightDots } } : {}),
    path: box.path,
  }
}

/** Returns how the lines of a border look, undefined for `none`. `step` is the side of a picture's dot in dots. */
export function lookOf(border: Border, step: number): LineLook | undefined {
  const whole = (dots: number) => Math.ceil(dots / step) * step
  if (typeof border === 'number') return { style: 'solid', thickness: whole(border) }
  switch (border) {
    case 'none':
      return undefined
    case 'thick':
      return { style: 'solid', thickness: whole(6) }
    case 'single':
      return { style: 'solid', thickness: whole(2) }
    default:
      return { style: border, thickness: whole(2) }
  }
}

/** Lays out the title, one cell from the corner, with half a cell of white on each side. Undefined for an empty title. */
function titleLines(title: Text, place: Place, box: Box, context: ElementContext) {
  const { metrics } = context
  const cell = metrics.fonts.A.widthDots
  const path = `${box.path}.title`
  const flows = shapeSpans(spansOf(title, box.style, path), context)
  const options = { widthDots: place.widthDots - 2 * cell, policy: 'ellipsis', path } as const
  const inner = { ...box, ...place, x: place.x + cell, widthDots: options.widthDots }
  const lines = wrapFlows(flows, options, context)
  const widthDots = Math.max(...lines.map((line) => line.widthDots))
  if (widthDots === 0) return undefined
  const blocks = placeLines(lines, inner, 'left', metrics)
  return {
    blocks,
    x: place.x + (cell >> 1),
    widthDots: widthDots + cell,
    heightDots: inkHeightOf(blocks),
    firstLineDots: inkHeightOf(blocks.slice(0, 1)),
  }
}

function greyOf(box: Box, edge: number, top: number, heightDots: number, step: number) {
  const bitmap = greyDots(box.widthDots - 2 * edge, heightDots - top - 2 * edge, step)
  const image = { kind: 'image', x: box.x + edge, bitmap, path: box.path } as const
  return { y: top + edge, blocks: [image] }
}

/**
 * Nodes in a frame: `box([text('桌号 A12')], { border: 'double', title: '堂食' })`.
 *
 * @example
 * box([text('桌号 A12')], { title: '堂食' }).title // '堂食'
 */
export function box(
  nodes: readonly ReceiptNode[],
  options: Omit<BoxNode, 'kind' | 'nodes'> = {},
): BoxNode {
  return { kind: 'box', nodes, ...options }
}

/**
 * A band across the paper: `banner('结账单', { size: 2 })`.
 *
 * @example
 * banner('结账单', { size: 2 }).text // '结账单'
 */
export function banner(content: Text, options: Omit<BannerNode, 'kind' | 'text'> = {}): BannerNode {
  return { kind: 'banner', text: content, ...options }
}
