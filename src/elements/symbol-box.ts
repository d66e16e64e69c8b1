/**
 * The common part of all symbols: the module size that fits, the place in the box, and the warning if the module is made smaller.
 */

import type { Box } from '../layout/context.js'
import { pictureHeightDots } from '../layout/measure.js'
import { alignedOffset } from '../layout/place.js'
import { ReceiptError } from '../model/errors.js'
import type { Metrics } from '../model/metrics.js'
import type { SymbolBlock, SymbolSpec } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { ElementContext } from './element.js'

export interface ModuleChoice {
  /** Name for messages, such as `QR code`. */
  readonly name: string
  /** Prefix of the diagnostics' codes: `QR` for `QR_SHRUNK`, `QR_MODULE_SMALL`, `QR_TOO_WIDE`. */
  readonly code: string
  /** Module size that the receipt asks for. Undefined if it may be as small as `safeDots` without a warning. */
  readonly askedDots: number | undefined
  readonly defaultDots: number
  /** Least module size that scans safely. */
  readonly safeDots: number
  /** Width of the symbol with modules of so many dots, without its quiet zones. */
  readonly widthDots: (moduleDots: number) => number
  /** White modules on each side. */
  readonly quiet: number
}

/**
 * Returns the largest module of whole picture dots with which the symbol fits, up to the size asked for; undefined if none fits. The
 * paper's margins count as quiet zones only if modules would otherwise be smaller than asked for, or than is safe.
 */
export function fittingModule(
  choice: ModuleChoice,
  box: Box,
  { metrics }: ElementContext,
): number | undefined {
  const { askedDots, defaultDots, safeDots } = choice
  const wanted = Math.min(askedDots ?? safeDots, askedDots ?? defaultDots)
  const inside = largestModule(choice, askedDots ?? defaultDots, box, { ...metrics, marginDots: 0 })
  if (inside !== undefined && inside >= wanted) return inside
  return largestModule(choice, wanted, box, metrics)
}

function largestModule(
  choice: ModuleChoice,
  most: number,
  box: Box,
  metrics: Metrics,
): number | undefined {
  const { pictureDotDots: dot = 1 } = metrics
  for (let dots = Math.max(most - (most % dot), dot); dots >= dot; dots -= dot) {
    const widthDots = choice.widthDots(dots)
    const { left, right } = whiteBeside(choice.quiet * dots, widthDots, box, metrics)
    if (left + widthDots + right <= box.widthDots) return dots
  }
  return undefined
}

/**
 * Returns how many dots of the box the quiet zones take: all of their width, or if there is no room, only the part that the paper's
 * margins do not supply.
 */
function whiteBeside(
  quietDots: number,
  widthDots: number,
  box: Box,
  { widthDots: paperDots, marginDots = 0 }: Metrics,
): { readonly left: number; readonly right: number } {
  if (widthDots + 2 * quietDots <= box.widthDots) return { left: quietDots, right: quietDots }
  const besideDots = Math.max(0, quietDots - marginDots)
  return {
    left: box.x === 0 ? besideDots : quietDots,
    right: box.x + box.widthDots === paperDots ? besideDots : quietDots,
  }
}

/**
 * Returns the module size to print with, in dots, and warns if it is small.
 * @throws ReceiptError `…_TOO_WIDE`, which says the sizes
 */
export function chooseModule(choice: ModuleChoice, box: Box, context: ElementContext): number {
  const { name, code, askedDots, safeDots } = choice
  const dots = fittingModule(choice, box, context)
  if (dots === undefined) {
    const { pictureDotDots = 1 } = context.metrics
    const leastDots = choice.widthDots(pictureDotDots) + 2 * choice.quiet * pictureDotDots
    throw new ReceiptError(
      `a ${name} of these data is ${leastDots} dots wide with modules of ${pictureDotDots === 1 ? 'one dot' : `${pictureDotDots} dots`} and its quiet zone, and there are ${box.widthDots}`,
      {
        code: `${code}_TOO_WIDE`,
        path: `${box.path}.data`,
        hint: 'shorten the data, or give it more width',
      },
    )
  }
  const shrunk = askedDots !== undefined && dots < askedDots
  if (shrunk || dots < safeDots) {
    const safe = dots >= safeDots
    context.report({
      code: safe ? `${code}_SHRUNK` : `${code}_MODULE_SMALL`,
      severity: 'warning',
      message: `the ${name} prints with modules of ${dots} dots${safe ? '' : ', which may not scan'}`,
      path: box.path,
      hint: 'shorten the data or give it more width',
    })
  }
  return dots
}

/** Makes the block of a symbol, placed with `quietDots` white at its left and right. */
export function symbolBlock(
  symbol: SymbolSpec,
  size: { readonly widthDots: number; readonly heightDots: number; readonly quietDots: number },
  align: Align,
  box: Box,
  context: ElementContext,
): SymbolBlock {
  const { widthDots, quietDots } = size
  const { placementGridDots, pictureDotDots = 1 } = context.metrics
  const { left, right } = whiteBeside(quietDots, widthDots, box, context.metrics)
  const roomDots = box.widthDots - left - right
  const x = box.x + left + alignedOffset(align, roomDots, widthDots, placementGridDots)
  return {
    kind: 'symbol',
    x: x - (x % pictureDotDots),
    widthDots,
    heightDots: pictureHeightDots(size.heightDots, context.metrics),
    symbol,
    path: box.path,
  }
}

/** Runs `make`, and adds the path in the receipt to errors that have none, such as those of `symbols/`. */
export function atPath<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ReceiptError) || error.path !== undefined) throw error
    const { code, hint, cause } = error
    throw new ReceiptError(error.message, { code, path, hint, cause })
  }
}
