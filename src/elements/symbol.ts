/** `symbol`: PDF417, Data Matrix, Aztec or MaxiCode with its quiet zone. */

import type { Box } from '../layout/context.js'
import { ReceiptError } from '../model/errors.js'
import * as s from '../model/shape.js'
import type { Block, MatrixSymbol, SymbolBlock } from '../model/strip.js'
import { matrixBitmap, matrixModules, matrixQuietModules } from '../symbols/matrix.js'
import type { Element, ElementContext } from './element.js'
import { alignSchema } from './fields.js'
import { lengthDots, lengthSchema } from './length.js'
import type { AztecNode, DataMatrixNode, MaxiCodeNode, Pdf417Node, SymbolNode } from './nodes.js'
import { placeFields } from './spacing.js'
import { atPath, chooseModule, type ModuleChoice, symbolBlock } from './symbol-box.js'

const shared = {
  kind: s.literal('symbol'),
  data: s.text(1),
  module: s.optional(lengthSchema(16)),
  quietZone: s.optional(s.whole(0, 40)),
  align: s.optional(alignSchema),
  ...placeFields,
}
const whole = (least: number, most: number) => s.optional(s.whole(least, most))

const schema: s.Shape<SymbolNode> = s.choice<SymbolNode>('symbology', [
  s.object<Pdf417Node>({
    ...shared,
    symbology: s.literal('pdf417'),
    columns: whole(1, 30),
    rowHeight: whole(2, 8),
    level: whole(0, 8),
    truncated: s.optional(s.flag),
  }),
  s.object<DataMatrixNode>({
    ...shared,
    symbology: s.literal('datamatrix'),
    shape: s.optional(s.oneOf(['square', 'rectangle'])),
  }),
  s.object<AztecNode>({ ...shared, symbology: s.literal('aztec'), errorPercent: whole(5, 95) }),
  s.object<MaxiCodeNode>({
    ...shared,
    symbology: s.literal('maxicode'),
    mode: s.optional(s.literal(2, 3, 4, 5, 6)),
  }),
])

const names = {
  pdf417: 'PDF417',
  datamatrix: 'Data Matrix',
  aztec: 'Aztec code',
  maxicode: 'MaxiCode',
}
const MAX_COLUMNS = 8

export const symbolElement: Element<SymbolNode> = {
  schema,
  layout(node, box, context) {
    return atPath(`${box.path}.data`, () => {
      const block = blockOf(node, box, context)
      const quiet = quietOf(node)
      const moduleDots = block.symbol.symbology === 'maxicode' ? 1 : moduleOf(block)
      const heightDots = quiet * moduleDots
      if (heightDots === 0) return [block]
      const feed = { kind: 'feed', heightDots } as const
      return [feed, block, feed] satisfies Block[]
    })
  },
}

function moduleOf({ symbol }: SymbolBlock): number {
  return 'moduleDots' in symbol ? symbol.moduleDots : 1
}

function quietOf(node: SymbolNode): number {
  return node.quietZone ?? matrixQuietModules[node.symbology]
}

function blockOf(node: SymbolNode, box: Box, context: ElementContext): SymbolBlock {
  const align = node.align ?? box.align
  const { dotsPerMm } = context.metrics
  const quiet = quietOf(node)
  if (node.symbology === 'maxicode') {
    const symbol = {
      symbology: 'maxicode',
      data: node.data,
      mode: node.mode ?? 4,
      dotsPerMm,
    } as const
    const { widthDots, heightDots } = matrixBitmap(symbol)
    const quietDots = Math.round(quiet * 0.88 * dotsPerMm)
    if (widthDots + 2 * quietDots > box.widthDots) {
      throw new ReceiptError(
        `a MaxiCode is ${widthDots + 2 * quietDots} dots wide with its quiet zone, and there are ${box.widthDots}`,
        { code: 'SYMBOL_TOO_WIDE', hint: 'it has one size: give it more width' },
      )
    }
    return symbolBlock(symbol, { widthDots, heightDots, quietDots }, align, box, context)
  }
  const choice = {
    name: names[node.symbology],
    code: 'SYMBOL',
    askedDots: node.module === undefined ? undefined : lengthDots(node.module, dotsPerMm),
    defaultDots: node.symbology === 'pdf417' ? 3 : 4,
    safeDots: node.symbology === 'pdf417' ? 2 : 3,
  }
  const symbol = specOf(node, choice, box)
  const { width, height } = matrixModules(symbol)
  const widthDots = (moduleDots: number) => width * moduleDots
  const moduleDots = chooseModule({ ...choice, widthDots, quiet }, box, context)
  const rowModules = symbol.symbology === 'pdf417' ? symbol.rowModules : 1
  const size = {
    widthDots: width * moduleDots,
    heightDots: height * moduleDots * rowModules,
    quietDots: quiet * moduleDots,
  }
  return symbolBlock({ ...symbol, moduleDots }, size, align, box, context)
}

function specOf(
  node: Exclude<SymbolNode, MaxiCodeNode>,
  choice: Omit<ModuleChoice, 'widthDots' | 'quiet'>,
  box: Box,
): Exclude<MatrixSymbol, { symbology: 'maxicode' }> {
  const { data } = node
  switch (node.symbology) {
    case 'pdf417':
      return {
        symbology: 'pdf417',
        data,
        moduleDots: 1,
        columns: node.columns ?? columnsThatFit(node, choice.askedDots ?? choice.defaultDots, box),
        rowModules: node.rowHeight ?? 3,
        level: node.level ?? 2,
        truncated: node.truncated ?? false,
      }
    case 'datamatrix':
      return { symbology: 'datamatrix', data, moduleDots: 1, shape: node.shape ?? 'square' }
    case 'aztec':
      return { symbology: 'aztec', data, moduleDots: 1, errorPercent: node.errorPercent ?? 23 }
  }
}

/** Returns how many data columns fit. Start, stop, both row indicators and each column take 17 modules, and the last bar one more. */
function columnsThatFit(node: Pdf417Node, moduleDots: number, box: Box): number {
  const modules = Math.floor(box.widthDots / moduleDots) - 2 * quietOf(node)
  return Math.min(MAX_COLUMNS, Math.max(1, Math.floor((modules - 69) / 17)))
}

/**
 * A two-dimensional symbol: `symbol('datamatrix', '01234567', { module: '0.5mm' })`.
 *
 * @example
 * symbol('datamatrix', '000236') // { kind: 'symbol', symbology: 'datamatrix', data: '000236' }
 */
export function symbol<S extends SymbolNode['symbology']>(
  symbology: S,
  data: string,
  options: Omit<Extract<SymbolNode, { symbology: S }>, 'kind' | 'symbology' | 'data'> = {} as never,
): SymbolNode {
  return { kind: 'symbol', symbology, data, ...options } as unknown as SymbolNode
}
