/** Line breaks by Unicode's full rules. The module is loaded at its first use, because loading its tables takes longer than a receipt. */

import { Example7_13, Example7_25, LB13, LB15a, LB25, Rules } from '@cto.af/linebreak'

type Rule = typeof LB15a

/** The library sets `spaces` after any opening quote, but UAX #14 means only a quote that a blank follows. */
const openingQuote: Rule = (state) => {
  const verdict = LB15a(state)
  if (state.next.char !== ' ') state.spaces = false
  return verdict
}

/** Replaced rules; numbers are as in example 7 of UAX #14. They are found by identity, because a minifier changes the rules' names. */
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

/** Returns the break offsets by Unicode's full rules. @param isForbidden whether to leave out a break that is not required */
export function unicodeBreakOffsets(
  text: string,
  isForbidden: (text: string, position: number) => boolean,
): number[] {
  const offsets: number[] = []
  for (const { position, required } of rulesOnce().breaks(text)) {
    if (position >= text.length) break
    if (required || !isForbidden(text, position)) offsets.push(position)
  }
  return offsets
}
