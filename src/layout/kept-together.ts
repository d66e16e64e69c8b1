/** Neighbours that a line must not part: by the Chinese rules (禁则), and words and addresses with slashes. */

/** Never first on a line. */
const neverFirst = new Set('，。、；：？！）》」』】〕〉”’…—～·%℃°‰％,.;:?!)]}')
/** Never last on a line. */
const neverLast = new Set('（《「『【〔〈“‘￥＄￡$#＃([{')

/** Whether the Chinese rules keep two neighbours on one line. */
export function isKept(before: string, after: string): boolean {
  return neverFirst.has(after) || neverLast.has(before)
}

/** So much before a place is looked at for the beginning of an address. */
const LONGEST_ADDRESS = 400

/**
 * After a slash UAX #14 allows breaks, for the sake of long addresses. We do not break `GOODS/SERVICES`, nor after
 * `https://`.
 */
export function isInsideWord(text: string, position: number): boolean {
  if (text[position - 1] !== '/') return false
  if (text.slice(position - 3, position) === '://') return true
  if (!/^[A-Za-z]\/[A-Za-z]$/.test(text.slice(position - 2, position + 1))) return false
  const before = text.slice(Math.max(0, position - LONGEST_ADDRESS), position)
  return before.lastIndexOf('://') <= before.lastIndexOf(' ')
}
