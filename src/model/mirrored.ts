/** Brackets as they look where text runs from right to left: an opening one opens to the left. */

const PAIRS = '()[]{}<>«»‹›（）［］｛｝＜＞《》〈〉「」『』【】〔〕'

export function mirrored(character: string): string {
  const at = PAIRS.indexOf(character)
  return at < 0 ? character : (PAIRS[at ^ 1] as string)
}
