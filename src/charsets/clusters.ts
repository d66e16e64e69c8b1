/**
 * Finds the ends of clusters, which readers see as one character: letters with marks, emoji sequences, flags, voiced half-width kana.
 */
import { isControl, isMark, isPictograph, isRegionalIndicator, isSkinTone } from './classes.js'

const ZWNJ = 0x200c
const ZWJ = 0x200d

export function codePointAt(text: string, index: number): number {
  return text.codePointAt(index) ?? 0
}

export function unitsOf(codePoint: number): 1 | 2 {
  return codePoint > 0xffff ? 2 : 1
}

/** Returns the UTF-16 offset after the cluster that begins at `index`. */
export function clusterEnd(text: string, index: number): number {
  const base = codePointAt(text, index)
  let end = index + unitsOf(base)
  if (end >= text.length || text.charCodeAt(end) < 0x300) return end
  if (isControl(base)) return end
  if (isRegionalIndicator(base) && isRegionalIndicator(codePointAt(text, end))) end += 2
  const pictograph = isPictograph(base)
  const kana = base >= 0xff66 && base <= 0xff9d
  let joined = false
  while (end < text.length) {
    const next = codePointAt(text, end)
    const taken =
      next === ZWJ ||
      next === ZWNJ ||
      isMark(next) ||
      (next >= 0xe0020 && next <= 0xe007f) ||
      (pictograph && (isSkinTone(next) || (joined && isPictograph(next)))) ||
      (kana && (next === 0xff9e || next === 0xff9f))
    if (!taken) break
    joined = next === ZWJ
    end += unitsOf(next)
  }
  return end
}
