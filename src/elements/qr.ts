/** `qr`: a QR code with its quiet zone, and with a caption or a logo if the node has one. A code that is too wide gets smaller modules. */

import { sharedBitmap } from '../images/image-to-bitmap.js'
import type { Box } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { lineBlock, placeLine } from '../layout/place.js'
import { wrapFlow } from '../layout/wrap.js'
import type { Bitmap } from '../model/bitmap.js'
import { ReceiptError } from '../model/errors.js'
import * as s from '../model/shape.js'
import type { Block, SymbolBlock } from '../model/strip.js'
import type { QrLevel } from '../model/symbologies.js'
import { qrSizeModules } from '../symbols/qr.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema, spansOf, textSchema } from './fields.js'
import { pixelsOf, reportPicture } from './image.js'
import { lengthDots, lengthSchema } from './length.js'
import type { QrNode } from './nodes.js'
import { qrContent, qrFields } from './qr-content.js'
import { placeFields } from './spacing.js'
import {
  atPath,
  chooseModule,
  fittingModule,
  type ModuleChoice,
  symbolBlock,
} from './symbol-box.js'

/** White modules that a scanner needs on each side (ISO/IEC 18004). */
const QUIET_ZONE_MODULES = 4
/** Dots. Phones read smaller modules badly from thermal paper. */
const MIN_SAFE_MODULE_DOTS = 3
const MAX_MODULE_DOTS = 16
const MODULE_WORDS = 'a length such as "0.75mm", or "fit"'
/** Share of a side that a logo takes. With its white edge it hides less than a tenth of the code, and level H corrects 30 %. */
const LOGO_PART = 0.2
const lowerLevels: readonly QrLevel[] = ['H', 'Q', 'M', 'L']

export const qrElement: Element<QrNode> = {
  schema: s.object<QrNode>({
    kind: s.literal('qr'),
    data: s.text(1),
    encoding: s.optional(s.oneOf(['utf-8', 'gbk', 'base64'])),
    module: s.optional(s.either([s.literal('fit'), lengthSchema(MAX_MODULE_DOTS, MODULE_WORDS)])),
    level: s.optional(s.oneOf(['L', 'M', 'Q', 'H'])),
    allowLowerLevel: s.optional(s.flag),
    version: s.optional(s.whole(1, 40)),
    quietZone: s.optional(s.whole(0, 20)),
    caption: s.optional(textSchema),
    logo: s.optional(s.text(1)),
    align: s.optional(alignSchema),
    ...placeFields,
  }),
  layout(node, box, context) {
    const block = atPath(`${box.path}.data`, () => blockOf(node, box, context))
    const heightDots = quietOf(node) * block.symbol.moduleDots
    const quiet: Block[] = heightDots === 0 ? [] : [{ kind: 'feed', heightDots }]
    return [...quiet, block, ...quiet, ...captionLines(node, block, box, context)]
  },
}

function quietOf(node: QrNode): number {
  return node.quietZone ?? QUIET_ZONE_MODULES
}

function blockOf(node: QrNode, box: Box, context: ElementContext) {
  const level = chooseLevel(node, box, context)
  const choice = choiceOf(node, level, context)
  const moduleDots = chooseModule(choice, box, context)
  const sideDots = sideModules(node, level) * moduleDots
  const size = {
    widthDots: sideDots,
    heightDots: sideDots,
    quietDots: quietOf(node) * moduleDots,
  }
  const content = qrContent(node)
  const symbol = {
    symbology: 'qr',
    data: node.data,
    ...(typeof content === 'string' ? {} : { bytes: content }),
    level,
    moduleDots,
    ...(node.version === undefined ? {} : { version: node.version }),
    ...(node.logo === undefined ? {} : { logo: logoOf(node.logo, sideDots, box, context) }),
  } as const
  const block = symbolBlock(symbol, size, node.align ?? box.align, box, context)
  return { ...block, symbol }
}

function sideModules(node: QrNode, level: QrLevel): number {
  return qrSizeModules(qrContent(node), level, node.version)
}

function choiceOf(node: QrNode, level: QrLevel, { metrics }: ElementContext): ModuleChoice {
  const modules = sideModules(node, level)
  const isFit = node.module === 'fit'
  return {
    name: 'QR code',
    code: 'QR',
    askedDots: isFit ? undefined : lengthDots(node.module ?? 6, metrics.dotsPerMm),
    defaultDots: MAX_MODULE_DOTS,
    safeDots: MIN_SAFE_MODULE_DOTS,
    widthDots: (moduleDots) => modules * moduleDots,
    quiet: quietOf(node),
  }
}

/** Returns the level asked for, or a lower one if that is allowed and the code would otherwise be too fine or too large. */
function chooseLevel(node: QrNode, box: Box, context: ElementContext): QrLevel {
  const asked = node.logo === undefined ? (node.level ?? 'M') : 'H'
  if (node.allowLowerLevel !== true || node.logo !== undefined) return asked
  const moduleOf = (level: QrLevel) => {
    try {
      return fittingModule(choiceOf(node, level, context), box, context) ?? 0
    } catch (error) {
      if (error instanceof ReceiptError && error.code === 'QR_TOO_LONG') return 0
      throw error
    }
  }
  let best = asked
  for (const level of lowerLevels.slice(lowerLevels.indexOf(asked) + 1)) {
    const dots = moduleOf(best)
    if (dots >= MIN_SAFE_MODULE_DOTS) break
    if (moduleOf(level) > dots) best = level
  }
  if (best !== asked) {
    context.report({
      code: 'QR_LEVEL_LOWERED',
      severity: 'warning',
      message: `the QR code prints at level ${best} instead of ${asked}, so that its modules are larger`,
      path: box.path,
      hint: 'shorten the data or give it more width',
    })
  }
  return best
}

function logoOf(name: string, sideDots: number, box: Box, context: ElementContext): Bitmap {
  const pixels = pixelsOf(name, `${box.path}.logo`, context)
  const most = Math.max(1, Math.floor(sideDots * LOGO_PART))
  const width = Math.min(most, Math.floor((most * pixels.widthPx) / pixels.heightPx))
  const drawn = sharedBitmap(pixels, { widthDots: Math.max(1, width), maxWidthDots: most })
  reportPicture(pixels, drawn, `${box.path}.logo`, context)
  return drawn
}

/** Lays out the caption in lines as wide as the box, centred on the code as far as the box allows. */
function captionLines(
  node: QrNode,
  block: SymbolBlock,
  box: Box,
  context: ElementContext,
): Block[] {
  if (node.caption === undefined) return []
  const { metrics } = context
  const path = `${box.path}.caption`
  const middle = block.x + block.widthDots / 2
  return shapeSpans(spansOf(node.caption, box.style, path), context)
    .flatMap((flow) => wrapFlow(flow, { widthDots: box.widthDots, path }, context))
    .map((line) => {
      const most = box.x + box.widthDots - line.widthDots
      const x = Math.max(box.x, Math.min(Math.floor(middle - line.widthDots / 2), most))
      return lineBlock(
        placeLine(line, x - (x % metrics.placementGridDots), metrics),
        metrics,
        box.path,
      )
    })
}

/**
 * A QR code: `qr('https://example.com/i/48', { level: 'Q' })`, of text or of bytes.
 *
 * @example
 * qr('https://example.com/000236') // { kind: 'qr', data: 'https://example.com/000236' }
 */
export function qr(data: string | Uint8Array, options: Omit<QrNode, 'kind' | 'data'> = {}): QrNode {
  return { kind: 'qr', ...qrFields(data), ...options }
}
