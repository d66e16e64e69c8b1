/** The places where a line may end: Unicode's rules (UAX #14), tightened by the Chinese ones (禁则) for receipts. */

import { isKept } from './kept-together.js'
import { isInsideWord, markPlainBreaks } from './plain-breaks.js'
import { unicodeBreakOffsets } from './unicode-breaks.js'

/**
 * Marks by 1 the UTF-16 offsets at which `text` may be broken, and the others by 0. Blanks stay with what is before them.
 * @param marks at least as long as the text
 */
export function markBreaks(text: string, marks: Uint8Array): void {
  if (!markPlainBreaks(text, marks)) markAllBreaks(text, marks)
}

/** The same by all rules, for any text. */
export function markAllBreaks(text: string, marks: Uint8Array): void {
  marks.fill(0, 0, text.length)
  for (const offset of unicodeBreakOffsets(text, isForbidden)) marks[offset] = 1
}

/** Blanks at the place of a break are not printed, so the line ends in what is before them. */
function isForbidden(text: string, position: number): boolean {
  let last = position - 1
  while (last > 0 && text[last] === ' ') last--
  return isKept(text[last] as string, text[position] as string) || isInsideWord(text, position)
}
