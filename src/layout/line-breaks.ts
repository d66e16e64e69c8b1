/** The places where a line may end: Unicode's rules (UAX #14), tightened by the Chinese ones (禁则) for receipts. */

import { markPlainBreaks } from './plain-breaks.js'
import { unicodeBreakOffsets } from './unicode-breaks.js'

/**
 * Marks by 1 the UTF-16 offsets at which `text` may be broken, and the others by 0. Blanks stay with what is before them.
 * @param marks at least as long as the text
 */
export function markBreaks(text: string, marks: Uint8Array): void {
  if (markPlainBreaks(text, marks)) return
  marks.fill(0, 0, text.length)
  for (const offset of unicodeBreakOffsets(text)) marks[offset] = 1
}
