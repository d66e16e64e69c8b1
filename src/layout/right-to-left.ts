/** Recognises letters that are read from right to left, and currencies written in them. */

import { RIGHT_TO_LEFT_RANGES } from './right-to-left-letters.js'
import type { Unit } from './unit-classes.js'

const RIGHT_TO_LEFT = new RegExp(`[${RIGHT_TO_LEFT_RANGES}]`, 'u')

export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text)
}

const SIGNS = '[-+−－＋﹣]'
/** Abbreviations such as `ر.س` and `د.إ`, names, the sign of the rial, and the percent of Arabic figures. */
const WORDS = [
  String.raw`[\u0621-\u064a]\.[ \u00a0]?[\u0621-\u064a]\.?`,
  '﷼|ريال|درهم|دينار|جنيه|ليرة|تومان|يۈەن',
  'ש["״]?ח|שקל|שקלים|אגורות',
  '[٪؉]',
].join('|')
const BEFORE = new RegExp(
  `(?<![${RIGHT_TO_LEFT_RANGES}])(?:${SIGNS} ?)?(?:${WORDS})(?:${SIGNS})? ?$`,
  'u',
)
const BEHIND = new RegExp(
  `^ ?(?:${WORDS})(?![${RIGHT_TO_LEFT_RANGES}])(?: ?${SIGNS}(?=$|[ )]))?`,
  'u',
)
/** Length in UTF-16 code units that no currency with its signs exceeds. */
const LONGEST = 12

/**
 * Returns the units of `text`, extended by a currency written from right to left, so that it stays on the line of its number. For the
 * direction of text the currency does not count as part of the number.
 */
export function boundUnits(text: string, units: readonly Unit[]): readonly Unit[] {
  if (units.length === 0 || !hasRightToLeft(text)) return units
  let floor = 0
  return units.map((unit, i) => {
    const { kind } = unit
    const ceiling = units[i + 1]?.from ?? text.length
    const before = text.slice(Math.max(floor, unit.from - LONGEST), unit.from)
    const behind = text.slice(unit.to, Math.min(ceiling, unit.to + LONGEST))
    const from = unit.from - (BEFORE.exec(before)?.[0].length ?? 0)
    const to = unit.to + (BEHIND.exec(behind)?.[0].length ?? 0)
    floor = to
    return from === unit.from && to === unit.to ? unit : { from, to, kind: amountOf(kind) }
  })
}

function amountOf(kind: Unit['kind']): Unit['kind'] {
  return kind === 'identifier' ? kind : 'amount'
}
