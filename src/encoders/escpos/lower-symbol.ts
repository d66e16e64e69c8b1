/** Symbols → commands: by the printer's own generator if the profile proves it, else as a picture in the same box. */

import { paddedBitmap } from '../../model/bitmap.js'
import type { SymbolBlock } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import { type ImageTarget, nativePlace, pushImage } from './lower-image.js'
import { nativeSymbol } from './native-symbol.js'

/** Prints the symbol in its box, at its x, and feeds the box's height. */
export function lowerSymbol(
  block: SymbolBlock,
  target: ImageTarget & { readonly widthDots: number },
): void {
  const native = nativeSymbol(block.symbol, target.profile)
  if (native !== undefined) {
    const place = nativePlace(block.x, block.widthDots, target.widthDots)
    target.out.push(...place.before, ...native, ...place.after)
    return
  }
  const bitmap = paddedBitmap(symbolBitmap(block.symbol), block.heightDots)
  pushImage(bitmap, block, target)
}
