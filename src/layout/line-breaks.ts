/** Where a line may end: Unicode's rules (UAX #14), tightened by the Chinese ones (禁则) for receipts. */

import { Example7_13, Example7_25, LB13, LB15a, LB25, Rules } from '@cto.af/linebreak'

/** Never first on a line. */
const neverFirst = new Set('，。、；：？！）》」』】〕〉”’…—～·%℃°‰％,.;:?!)]}')
/** Never last on a line. */
const neverLast = new Set('（《「『【〔〈“‘￥＄￡$#＃([{')

type Rule = typeof LB15a

/** The library sets `spaces` behind any opening quote, where UAX #14 means only one that a blank follows. */
const openingQuote: Rule = (state) => {
  const verdict = LB15a(state)
  if (state.next.char !== ' ') state.spaces = false
  return verdict
}

/** Numbers as in example 7 of UAX #14. By identity: the library's option finds rules by name, which a minifier changes. */
const tailored = new Map<Rule, Rule>([
  [LB13, Example7_13],
  [LB15a, openingQuote],
  [LB25, Example7_25],
])

let rules: Rules | undefined

function rulesOnce(): Rules {
  if (rules !== undefined) return rules
  rules = new Rules()
  rules.rules = rules.rules.map((rule) => tailored.get(rule) ?? rule)
  return rules
}

/**
 * UTF-16 offsets after which `text` may be broken, ascending; the end of the text is not among them.
 * Blanks stay with what is before them.
 */
export function breakOffsets(text: string): number[] {
  return plainBreakOffsets(text) ?? unicodeBreakOffsets(text)
}

/** Hanzi, their commonest signs, and words of letters and digits: nearly all text of receipts. */
const HANZI = 1
const WORD = 2
const BLANK = 3
const OTHER = 0

function kindOf(unit: number): number {
  if (unit >= 0x4e00 && unit <= 0x9fff) return HANZI
  if (unit === 0x20) return BLANK
  if (unit >= 0x30 && unit <= 0x39) return WORD
  const letter = unit | 0x20
  if (unit < 0x80) return letter >= 0x61 && letter <= 0x7a ? WORD : OTHER
  return '，。、；：？！（）'.includes(String.fromCharCode(unit)) ? HANZI : OTHER
}

/** What the rules come to where there are only these; undefined for any other text. Quick: no rule is asked. */
export function plainBreakOffsets(text: string): number[] | undefined {
  const offsets: number[] = []
  let before = kindOf(text.charCodeAt(0))
  if (before === OTHER) return undefined
  for (let i = 1; i < text.length; i++) {
    const kind = kindOf(text.charCodeAt(i))
    if (kind === OTHER) return undefined
    const together = kind === BLANK || (kind === WORD && before === WORD)
    if (!together && !forbidden(text, i)) offsets.push(i)
    before = kind
  }
  return offsets
}

/** By all of Unicode's rules. */
export function unicodeBreakOffsets(text: string): number[] {
  const offsets: number[] = []
  for (const { position, required } of rulesOnce().breaks(text)) {
    if (position >= text.length) break
    if (required || !forbidden(text, position)) offsets.push(position)
  }
  return offsets
}

/** Blanks at the place of a break are not printed, so the line ends in what is before them. */
function forbidden(text: string, position: number): boolean {
  let last = position - 1
  while (last > 0 && text[last] === ' ') last--
  return isKept(text[last] as string, text[position] as string) || isInsideWord(text, position)
}

/** Whether the Chinese rules keep two neighbours on one line. */
export function isKept(before: string, after: string): boolean {
  return neverFirst.has(after) || neverLast.has(before)
}

/** So much before a place is looked at for the beginning of an address. */
const LONGEST_ADDRESS = 400

/** After a slash, where UAX #14 breaks for the sake of long addresses: not in `GOODS/SERVICES`, nor after `https://`. */
function isInsideWord(text: string, position: number): boolean {
  if (text[position - 1] !== '/') return false
  if (text.slice(position - 3, position) === '://') return true
  if (!/^[A-Za-z]\/[A-Za-z]$/.test(text.slice(position - 2, position + 1))) return false
  const before = text.slice(Math.max(0, position - LONGEST_ADDRESS), position)
  return before.lastIndexOf('://') <= before.lastIndexOf(' ')
}
