/** Where a line may end: Unicode's rules (UAX #14), tightened by the Chinese ones (禁则) for receipts. */

import { Rules } from '@cto.af/linebreak'

/** Never first on a line. */
const neverFirst = new Set('，。、；：？！）》」』】〕〉”’…—～·%℃°‰％,.;:?!)]}')
/** Never last on a line. */
const neverLast = new Set('（《「『【〔〈“‘￥＄￡$#＃([{')

let rules: Rules | undefined

/**
 * UTF-16 offsets after which `text` may be broken, ascending; the end of the text is not among them.
 * Blanks stay with what is before them.
 */
export function breakOffsets(text: string): number[] {
  rules ??= new Rules({ example7: true })
  const offsets: number[] = []
  for (const { position, required } of rules.breaks(text)) {
    if (position >= text.length) break
    if (required || !forbidden(text, position)) offsets.push(position)
  }
  return offsets
}

function forbidden(text: string, position: number): boolean {
  const before = text[position - 1] as string
  const after = text[position] as string
  return neverFirst.has(after) || neverLast.has(before) || isInsideWord(text, position)
}

/** After the slash of `GOODS/SERVICES`: UAX #14 breaks there for the sake of long addresses. */
function isInsideWord(text: string, position: number): boolean {
  return (
    text[position - 1] === '/' &&
    /^[A-Za-z]\/[A-Za-z]$/.test(text.slice(position - 2, position + 1))
  )
}
