/** Mirrors brackets in text from right to left, where an opening bracket opens to the left. */

const PAIRS = '()[]{}<>«»‹›（）［］｛｝＜＞《》〈〉「」『』【】〔〕'

export function mirrored(character: string): string {
  const at = PAIRS.indexOf(character)
  return at < 0 ? character : (PAIRS[at ^ 1] as string)
}
