/** `barcode`: bars with their data as text above or below. The data are checked, and bars that are too wide get smaller modules. */

import type { Box } from '../layout/context.js'
import { shapeSpans } from '../layout/flow.js'
import { placeLines } from '../layout/place.js'
import { wrapFlow } from '../layout/wrap.js'
import * as s from '../model/shape.js'
import type { Block, SymbolBlock } from '../model/strip.js'
import { plainStyle } from '../model/style.js'
import {
  barcodeSymbologies,
  type StackedSymbology,
  stackedSymbologies,
} from '../model/symbologies.js'
import { barcodeElements, barsWidthDots, quietModules } from '../symbols/barcode.js'
import { checkBarcode } from '../symbols/check-barcode.js'
import { matrixModules, matrixQuietModules } from '../symbols/matrix.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema } from './fields.js'
import { lengthDots, lengthSchema } from './length.js'
import type { BarcodeNode } from './nodes.js'
import { placeFields } from './spacing.js'
import { atPath, chooseModule, symbolBlock } from './symbol-box.js'

const DEFAULT_HEIGHT_MM = '10mm'
/** White between the bars and their text, in dots. */
const TEXT_GAP_DOTS = 4

export const barcodeElement: Element<BarcodeNode> = {
  schema: s.object<BarcodeNode>({
    kind: s.literal('barcode'),
    symbology: s.oneOf([...barcodeSymbologies, ...stackedSymbologies]),
    data: s.text(1),
    module: s.optional(lengthSchema(16)),
    height: s.optional(lengthSchema(2000)),
    text: s.optional(s.oneOf(['none', 'above', 'below', 'both'])),
    font: s.optional(s.oneOf(['A', 'B'])),
    addCheck: s.optional(s.flag),
    quietZone: s.optional(s.whole(0, 40)),
    segments: s.optional(s.whole(2, 22, 2)),
    align: s.optional(alignSchema),
    ...placeFields,
  }),
  layout(node, box, context) {
    const data = atPath(`${box.path}.data`, () =>
      checkBarcode(node.symbology, node.data, node.addCheck),
    )
    const block = atPath(`${box.path}.data`, () => blockOf(node, data, box, context))
    const where = node.text ?? 'below'
    const lines = where === 'none' ? [] : textLines(node, data, block, box, context)
    const gap = { kind: 'feed', heightDots: TEXT_GAP_DOTS } as const
    return [
      ...(where === 'above' || where === 'both' ? [...lines, gap] : []),
      block,
      ...(where === 'below' || where === 'both' ? [gap, ...lines] : []),
    ]
  },
}

function blockOf(node: BarcodeNode, data: string, box: Box, context: ElementContext): SymbolBlock {
  const { dotsPerMm } = context.metrics
  const align = node.align ?? box.align
  const { symbology } = node
  const choice = {
    name: `barcode ${symbology}`,
    code: 'BARCODE',
    askedDots: node.module === undefined ? undefined : lengthDots(node.module, dotsPerMm),
    defaultDots: 3,
    safeDots: 2,
  }
  if (isStacked(symbology)) {
    const quiet = node.quietZone ?? matrixQuietModules[symbology]
    const stacked = { symbology, data, segments: node.segments ?? 4 }
    const { width, height } = matrixModules({ ...stacked, moduleDots: 1 })
    const widthDots = (moduleDots: number) => width * moduleDots
    const moduleDots = chooseModule({ ...choice, widthDots, quiet }, box, context)
    const size = {
      widthDots: width * moduleDots,
      heightDots: height * moduleDots,
      quietDots: quiet * moduleDots,
    }
    return symbolBlock({ ...stacked, moduleDots }, size, align, box, context)
  }
  const quiet = node.quietZone ?? Math.max(...quietModules[symbology])
  const elements = barcodeElements(symbology, data)
  const widthDots = (moduleDots: number) => barsWidthDots(elements, moduleDots)
  const moduleDots = chooseModule({ ...choice, widthDots, quiet }, box, context)
  const barDots = lengthDots(node.height ?? DEFAULT_HEIGHT_MM, dotsPerMm)
  const size = {
    widthDots: barsWidthDots(elements, moduleDots),
    heightDots: barDots,
    quietDots: quiet * moduleDots,
  }
  return symbolBlock({ symbology, data, moduleDots, barDots }, size, align, box, context)
}

function isStacked(symbology: BarcodeNode['symbology']): symbology is StackedSymbology {
  return (stackedSymbologies as readonly string[]).includes(symbology)
}

/** Lays out the data as lines centred on the bars. Lines may be wider than the bars if the box has room. */
function textLines(
  node: BarcodeNode,
  data: string,
  { x, widthDots }: SymbolBlock,
  box: Box,
  context: ElementContext,
): Block[] {
  const text = data.replace(/[\x00-\x1f\x7f]/g, ' ')
  const style = { ...plainStyle, font: node.font ?? 'A' }
  const flows = shapeSpans([{ text, style, path: `${box.path}.data` }], context)
  const middle = x + widthDots / 2
  const halfDots = Math.min(middle - box.x, box.x + box.widthDots - middle)
  const place = {
    x: Math.ceil(middle - halfDots),
    widthDots: Math.floor(2 * halfDots),
    path: box.path,
  }
  const whole = { x: box.x, widthDots: box.widthDots, path: box.path }
  return flows.flatMap((flow) => {
    const inMiddle = wrapFlow(
      flow,
      { widthDots: place.widthDots, policy: 'char', path: box.path },
      context,
    )
    if (inMiddle.length === 1) return placeLines(inMiddle, place, 'center', context.metrics)
    const lines = wrapFlow(
      flow,
      { widthDots: whole.widthDots, policy: 'char', path: box.path },
      context,
    )
    return placeLines(lines, whole, node.align ?? box.align, context.metrics)
  })
}

/**
 * A barcode: `barcode('code128', '20261123121544000123', { height: '8mm' })`.
 *
 * @example
 * barcode('code128', '000236') // { kind: 'barcode', symbology: 'code128', data: '000236' }
 */
export function barcode(
  symbology: BarcodeNode['symbology'],
  data: string,
  options: Omit<BarcodeNode, 'kind' | 'symbology' | 'data'> = {},
): BarcodeNode {
  return { kind: 'barcode', symbology, data, ...options }
}
