/** What all symbols share: the module that fits, the place in the box, and what is said where it is made smaller. */

import type { Box } from '../layout/context.js'
import { pictureHeightDots } from '../layout/measure.js'
import { alignedOffset } from '../layout/place.js'
import { ReceiptError } from '../model/errors.js'
import type { SymbolBlock, SymbolSpec } from '../model/strip.js'
import type { Align } from '../model/style.js'
import type { ElementContext } from './element.js'

export interface ModuleChoice {
  /** For messages: `QR code`. */
  readonly name: string
  /** `QR`: codes are `QR_SHRUNK`, `QR_MODULE_SMALL`, `QR_TOO_WIDE`. */
  readonly code: string
  /** As asked, or undefined where it may be as small as `safeDots` without a word. */
  readonly askedDots: number | undefined
  readonly defaultDots: number
  /** Smaller modules may not scan. */
  readonly safeDots: number
  /** Width of symbol and quiet zones with modules of so many dots. */
  readonly widthDots: (moduleDots: number) => number
}

/** The largest module of whole `dotDots` up to the one asked for with which the symbol fits; undefined where none does. */
export function fittingModule(
  choice: ModuleChoice,
  boxDots: number,
  dotDots = 1,
): number | undefined {
  const most = choice.askedDots ?? choice.defaultDots
  for (let dots = Math.max(most - (most % dotDots), dotDots); dots >= dotDots; dots -= dotDots) {
    if (choice.widthDots(dots) <= boxDots) return dots
  }
  return undefined
}

/**
 * The module to print with.
 * @throws ReceiptError `…_TOO_WIDE`, which says the sizes
 */
export function chooseModule(choice: ModuleChoice, box: Box, context: ElementContext): number {
  const { name, code, askedDots, safeDots } = choice
  const { pictureDotDots = 1 } = context.metrics
  const dots = fittingModule(choice, box.widthDots, pictureDotDots)
  if (dots === undefined) {
    throw new ReceiptError(
      `a ${name} of these data is ${choice.widthDots(pictureDotDots)} dots wide with modules of ${pictureDotDots === 1 ? 'one dot' : `${pictureDotDots} dots`} and its quiet zone, and there are ${box.widthDots}`,
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

/** The block of a symbol with `quietDots` white at its left and right. */
export function symbolBlock(
  symbol: SymbolSpec,
  size: { readonly widthDots: number; readonly heightDots: number; readonly quietDots: number },
  align: Align,
  box: Box,
  context: ElementContext,
): SymbolBlock {
  const { widthDots, quietDots } = size
  const { placementGridDots, pictureDotDots = 1 } = context.metrics
  const offset = alignedOffset(align, box.widthDots - 2 * quietDots, widthDots, placementGridDots)
  const x = box.x + quietDots + offset
  return {
    kind: 'symbol',
    x: x - (x % pictureDotDots),
    widthDots,
    heightDots: pictureHeightDots(size.heightDots, context.metrics),
    symbol,
    path: box.path,
  }
}

/** Runs `make`; errors of the symbols room get the place in the receipt. */
export function atPath<T>(path: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof ReceiptError) || error.path !== undefined) throw error
    const { code, hint, cause } = error
    throw new ReceiptError(error.message, { code, path, hint, cause })
  }
}
