/** Characters that a line break must not separate, by the Chinese rules (禁则). */

/** Characters that must not be first on a line. */
const neverFirst = new Set('，。、；：？！）》」』】〕〉”’…—～·%℃°‰％,.;:?!)]}')
/** Characters that must not be last on a line. */
const neverLast = new Set('（《「『【〔〈“‘￥＄￡$#＃([{')

/** Whether the Chinese rules keep two neighbours on one line. */
export function isKept(before: string, after: string): boolean {
  return neverFirst.has(after) || neverLast.has(before)
}
