/** Symbols → commands: by the printer's own generator where the profile proves it, else as a picture in the same box. */

import { paddedBitmap } from '../../model/bitmap.js'
import type { Strip, SymbolBlock } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import { encodeCommands } from './codec.js'
import type { Command } from './commands/index.js'
import { type ImageTarget, pushImage } from './lower-image.js'
import { nativeSymbol } from './native-symbol.js'
import { realtimeAt } from './realtime.js'

/** Prints the symbol in its box, at its x, and feeds the box's height. */
export function lowerSymbol(
  block: SymbolBlock,
  strip: Pick<Strip, 'widthDots' | 'lineSpacingDots'>,
  out: Command[],
  target: ImageTarget,
): void {
  const native = nativeSymbol(block.symbol, target.profile)
  // Data that the printer would obey at once can only be sent as dots.
  if (native !== undefined && realtimeAt(encodeCommands(native)) < 0) {
    const place = nativePlace(block, strip.widthDots)
    out.push(...place.before, ...native, ...place.after)
    return
  }
  const bitmap = paddedBitmap(symbolBitmap(block.symbol), block.heightDots)
  const { lineSpacingDots } = strip
  pushImage(bitmap, { x: block.x, lineSpacingDots, path: block.path }, out, target)
}

/** Native symbols obey alignment everywhere and the left margin on most printers, so alignment goes first. */
function nativePlace(
  block: SymbolBlock,
  stripDots: number,
): { readonly before: readonly Command[]; readonly after: readonly Command[] } {
  const free = stripDots - block.widthDots
  if (block.x === 0) return { before: [], after: [] }
  const n = block.x === free >> 1 ? 1 : block.x === free ? 2 : 0
  if (n > 0) return { before: [{ kind: 'align', n }], after: [{ kind: 'align', n: 0 }] }
  return {
    before: [{ kind: 'leftMargin', dots: block.x }],
    after: [{ kind: 'leftMargin', dots: 0 }],
  }
}
