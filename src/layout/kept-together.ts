/** Neighbours that a line must not part: by the Chinese rules (禁则). */

/** Never first on a line. */
const neverFirst = new Set('，。、；：？！）》」』】〕〉”’…—～·%℃°‰％,.;:?!)]}')
/** Never last on a line. */
const neverLast = new Set('（《「『【〔〈“‘￥＄￡$#＃([{')

/** Whether the Chinese rules keep two neighbours on one line. */
export function isKept(before: string, after: string): boolean {
  return neverFirst.has(after) || neverLast.has(before)
}
