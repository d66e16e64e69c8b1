/** Line breaks for the small builds, which lack Unicode's full rules. Characters that the table of plain breaks lacks count as letters. */

import { markPlainBreaks } from './plain-breaks.js'

export function unicodeBreakOffsets(text: string): number[] {
  const marks = new Uint8Array(text.length + 1)
  const units = Array.from({ length: text.length }, (_, i) => text.charAt(i))
  const known = units.map((unit) => (markPlainBreaks(unit, marks) ? unit : 'a')).join('')
  if (!markPlainBreaks(known, marks)) return []
  return units.flatMap((_, offset) => (offset > 0 && marks[offset] === 1 ? [offset] : []))
}
