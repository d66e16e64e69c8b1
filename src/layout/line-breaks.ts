/** The places where a line may end: Unicode's rules (UAX #14), tightened by the Chinese ones (禁则) for receipts. */

import { isKept } from './kept-together.js'
import { isInsideWord, markPlainBreaks } from './plain-breaks.js'
import { unicodeBreakOffsets } from './unicode-breaks.js'

/**
 * Sets `marks` to 1 at the UTF-16 offsets before which `text` may be broken, and to 0 elsewhere. Blanks stay with the text before them.
 * @param marks at least as long as the text
 */
export function markBreaks(text: string, marks: Uint8Array): void {
  if (!markPlainBreaks(text, marks)) markAllBreaks(text, marks)
}

/** Like `markBreaks`, always by the full rules, which hold for any text. */
export function markAllBreaks(text: string, marks: Uint8Array): void {
  marks.fill(0, 0, text.length)
  for (const offset of unicodeBreakOffsets(text, isForbidden)) marks[offset] = 1
}

/** Whether a break is forbidden. Blanks at a break are not printed, so the last character before them is what counts. */
function isForbidden(text: string, position: number): boolean {
  let last = position - 1
  while (last > 0 && text[last] === ' ') last--
  return isKept(text[last] as string, text[position] as string) || isInsideWord(text, position)
}
