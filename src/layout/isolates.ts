/**
 * Finds the parts of a paragraph that run from left to right whatever is around them: amounts, and figures that are joined without a
 * blank, because `18:30`, `05/09/2024` and `6222****1234` would be misread if their figures changed places.
 */

import { RIGHT_TO_LEFT_RANGES } from './right-to-left-letters.js'
import type { Unit } from './unit-classes.js'

export type Isolate = Pick<Unit, 'from' | 'to'>

const OF_CHAIN = String.raw`(?![${RIGHT_TO_LEFT_RANGES}])[\p{L}\p{N}#%‰*•]`
const PARTING = String.raw`\s()\[\]{}<>«»"“”（）［］｛｝《》〈〉「」『』【】〔〕${RIGHT_TO_LEFT_RANGES}`

/** Figures joined without a blank. The chain begins and ends with a letter, a figure or a mark of figures such as `#`. */
const CHAIN = new RegExp(`${OF_CHAIN}(?:[^${PARTING}]*${OF_CHAIN})?`, 'gu')

/** Arabic and Persian figures follow Unicode's rule, by which only these signs join them. */
const ARABIC_CHAIN =
  /[\u0660-\u0669]+(?:[/:.,][\u0660-\u0669]+)+|[\u06f0-\u06f9]+(?:[-+/:.,][\u06f0-\u06f9]+)+/g

/** The groups of a card number, of which some may be hidden by stars, and of a telephone number. */
const GROUPS =
  /[\d*•]{4}(?: [\d*•]{4}){2,}(?: [\d*•]{1,3}(?![\d*•.,:/-]))?|\+\d{1,3}(?:[ -]\d{1,4}){2,}/g

/** Returns the isolates in the order of the text, without overlaps. */
export function isolatesOf(text: string, units: readonly Unit[]): readonly Isolate[] {
  const found: Isolate[] = [...units]
  for (const pattern of [CHAIN, ARABIC_CHAIN, GROUPS]) {
    for (const { index, 0: chain } of text.matchAll(pattern)) {
      if (/\p{Nd}/u.test(chain)) found.push({ from: index, to: index + chain.length })
    }
  }
  return merged(found.sort((a, b) => a.from - b.from))
}

function merged(sorted: readonly Isolate[]): readonly Isolate[] {
  const whole: Isolate[] = []
  for (const { from, to } of sorted) {
    const last = whole.at(-1)
    if (last === undefined || from >= last.to) whole.push({ from, to })
    else whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return whole
}
