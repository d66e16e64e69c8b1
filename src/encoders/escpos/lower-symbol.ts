/** Symbols → commands: by the printer's own generator where the profile proves it, else as a picture in the same box. */

import { paddedBitmap } from '../../model/bitmap.js'
import { isBytes } from '../../model/realms.js'
import type { Strip, SymbolBlock } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import type { Command, CommandOut } from './commands/index.js'
import { type ImageTarget, nativePlace, pushImage } from './lower-image.js'
import { nativeSymbol } from './native-symbol.js'
import { realtimeAt } from './realtime.js'

/** Prints the symbol in its box, at its x, and feeds the box's height. */
export function lowerSymbol(
  block: SymbolBlock,
  strip: Pick<Strip, 'widthDots' | 'lineSpacingDots'>,
  out: CommandOut,
  target: ImageTarget,
): void {
  const native = nativeSymbol(block.symbol, target.profile)
  // Data that the printer would obey at once can only be sent as dots.
  if (native !== undefined && isSafe(native)) {
    const place = nativePlace(block.x, block.widthDots, strip.widthDots)
    out.push(...place.before, ...native, ...place.after)
    return
  }
  const bitmap = paddedBitmap(symbolBitmap(block.symbol), block.heightDots)
  const { lineSpacingDots } = strip
  pushImage(bitmap, { x: block.x, lineSpacingDots, path: block.path }, out, target)
}

/** Whether no data are in them that the printer would obey at once. */
export function isSafe(commands: readonly Command[]): boolean {
  return !commands.some(holdsRequest)
}

function holdsRequest(command: Command): boolean {
  return 'data' in command && isBytes(command.data) && realtimeAt(command.data) >= 0
}
