/**
 * Finds the numbers of a text with their signs, currencies and measures: `-￥1,234.56`, `RMB -5.00`, `(5.00)`, `5,00 €`, `12份`, `500ml`,
 * `x12`. A line must not end inside one, because a sign or a digit alone on a line is read as another amount. The scan is linear, and
 * looks once at each character of a text without digits.
 */

import {
  BLANK,
  CLOSE,
  CURRENCY,
  classOf,
  codeBefore,
  codeBehind,
  DIGIT,
  HANZI,
  isLastSign,
  LETTER,
  OPEN,
  POINT,
  SIGN,
  TIMES,
  UNIT,
  type Unit,
} from './unit-classes.js'

export type { Unit } from './unit-classes.js'

const MOST_DIGITS = 15

/**
 * Returns the units of `text` in order. Digits inside a word such as `A12345` do not count.
 * @example findUnits('退款 -￥5.00，12份') // [{ from: 3, to: 9, kind: 'amount' }, { from: 10, to: 13, kind: 'quantity' }]
 */
export function findUnits(text: string): Unit[] {
  const units: Unit[] = []
  let floor = 0
  for (let i = 0; i < text.length; i++) {
    if (classOf(text.charCodeAt(i)) !== DIGIT) continue
    const { unit, end } = unitAt(text, i, floor)
    if (unit !== undefined) units.push(unit)
    floor = end
    i = end - 1
  }
  return units
}

interface Affix {
  /** Offset of the unit's beginning for a prefix, of its end for a suffix. */
  readonly at: number
  readonly isSigned: boolean
  readonly isMoney: boolean
  /** Whether the digits are part of a word. */
  readonly isWord: boolean
}

interface Found {
  readonly unit?: Unit
  /** Offset at which the search goes on. */
  readonly end: number
}

/** Reads the unit whose first digit is at `first`. The unit does not begin before `floor`. */
function unitAt(text: string, first: number, floor: number): Found {
  const before = scanPrefix(text, first, floor)
  const figure = scanFigure(text, first, before)
  const behind = scanSuffix(text, figure.to, before.isMoney)
  const isPlain = !before.isSigned && !before.isMoney && !figure.hasPoint
  if (isPlain && figure.digits > MOST_DIGITS && !behind.isMoney) {
    return { unit: { from: first, to: figure.to, kind: 'identifier' }, end: figure.to }
  }
  if ((before.isWord || behind.isWord) && isPlain) return { end: wordEnd(text, figure.to) }
  const to = behind.isWord ? figure.to : behind.at
  const isInBrackets = classAt(text, before.at - 1, floor) === OPEN && classAt(text, to) === CLOSE
  const isAmount = !isPlain || behind.isMoney || behind.isSigned
  const kind = isAmount ? 'amount' : 'quantity'
  if (!isInBrackets) return { unit: { from: before.at, to, kind }, end: to }
  const hasMoney = before.isMoney || behind.isMoney
  const unit = bracketed(text, { from: before.at - 1, to: to + 1, kind }, hasMoney, floor)
  return { unit, end: unit.to }
}

/** Extends a unit in brackets by what is outside of them: the sign of `-(5.00)`, the currency of `(5.00) €` and `€ (5.00)`. */
function bracketed(text: string, unit: Unit, hasMoney: boolean, floor: number): Unit {
  const from = isSign(text, unit.from - 1, floor) ? unit.from - 1 : unit.from
  const behind = hasMoney ? 0 : codeBehind(text, unit.to)
  const at = classAt(text, from - 1, floor) === BLANK ? from - 1 : from
  const before = hasMoney || behind > 0 ? 0 : codeBefore(text, at, floor)
  if (before > 0) return { from: at - before, to: unit.to, kind: 'amount' }
  const kind = from < unit.from || behind > 0 ? 'amount' : unit.kind
  return { from, to: unit.to + behind, kind }
}

function classAt(text: string, at: number, floor = 0): number {
  return at < floor || at >= text.length ? 0 : classOf(text.charCodeAt(at))
}

/** Reads sign and currency before the digits, in either order, with a blank beside the currency; or the `x` of `x12`. */
function scanPrefix(text: string, first: number, floor: number): Affix {
  let at = first
  let isSigned = false
  let isMoney = false
  const atPoint = classAt(text, at - 1, floor) === POINT
  const opened = atPoint ? classAt(text, at - 2) : DIGIT
  if (opened !== DIGIT && opened !== LETTER && opened !== HANZI) at--
  if (at === first && at > floor && isTimes(text, at - 1)) {
    return { at: at - 1, isSigned: true, isMoney, isWord: false }
  }
  for (;;) {
    const is = classAt(text, at - 1, floor)
    if (is === SIGN && !isSigned && isSign(text, at - 1, floor)) {
      isSigned = true
      at--
    } else if (!isMoney && (is === CURRENCY || is === LETTER)) {
      const code = codeBefore(text, at, floor)
      if (code === 0) break
      isMoney = true
      at -= code
    } else if (is === BLANK && !isMoney && codeBefore(text, at - 1, floor) > 0) {
      isMoney = true
      at -= 1 + codeBefore(text, at - 1, floor)
    } else if (is === BLANK && !isSigned && (isMoney ? isSign : isLoneSign)(text, at - 2, floor)) {
      isSigned = true
      at -= 2
    } else break
  }
  const isWord = at === first && classAt(text, at - 1, floor) === LETTER
  return { at, isSigned, isMoney, isWord }
}

/** Whether the character is a sign of multiplication: `×`, `*`, or the letter x without another letter before it. */
function isTimes(text: string, at: number): boolean {
  const is = classAt(text, at)
  const before = classAt(text, at - 1)
  // The stars of `6222****1234` hide digits.
  if (is === TIMES) return before !== TIMES
  return is === LETTER && isLetterX(text, at) && before !== LETTER
}

function isLetterX(text: string, at: number): boolean {
  return (text.charCodeAt(at) | 0x20) === 0x78
}

/** Whether the character is the sign of a number. After a digit, a word or a bracket it joins two things instead (`2024-09`, `A-5`). */
function isSign(text: string, at: number, floor: number): boolean {
  return classAt(text, at, floor) === SIGN && !isJoined(text, at - 1, floor)
}

/** Whether a sign behind the character at `at` joins it to what follows. */
function isJoined(text: string, at: number, floor: number): boolean {
  const is = classAt(text, at)
  if (is === LETTER) return codeBefore(text, at + 1, floor) === 0
  return is === DIGIT || is === SIGN || is === CLOSE
}

/** Whether a hyphen after a blank is a minus, as in `US$ - 5.00` and `优惠 - 5.00`, and does not join two things as in `5 - 3`, `A - 12`. */
function isLoneSign(text: string, at: number, floor: number): boolean {
  if (!isSign(text, at, floor)) return false
  return classAt(text, at - 1) !== BLANK || !isJoined(text, at - 2, floor)
}

interface Figure {
  readonly to: number
  readonly digits: number
  readonly hasPoint: boolean
}

/** Reads digits, groups of three and a decimal part. In an amount of money, any separator between digits is part of the figure. */
function scanFigure(text: string, first: number, { at: from, isMoney }: Affix): Figure {
  let at = digitsEnd(text, first)
  let digits = at - first
  const isGrouped = digits <= 3
  let group = 0
  let hasPoint = from < first && classAt(text, first - 1) === POINT
  for (;;) {
    const separator = text.charCodeAt(at)
    if (classAt(text, at) === BLANK && isGrouped && !hasPoint) {
      const end = blankGroupsEnd(text, at)
      if (end === at) break
      digits += ((end - at) / 4) * 3
      at = end
      group = separator
      continue
    }
    if (classAt(text, at) !== POINT || classAt(text, at + 1) !== DIGIT) break
    const end = digitsEnd(text, at + 1)
    const isGroup = isGrouped && end - at === 4 && (group === 0 || group === separator)
    if (!isMoney && (hasPoint || (!isGroup && group === separator))) break
    if (isGroup && !hasPoint) group = separator
    else hasPoint = true
    digits += end - at - 1
    at = end
  }
  return { to: at, digits, hasPoint: hasPoint || group !== 0 }
}

function digitsEnd(text: string, from: number): number {
  let at = from
  while (classAt(text, at) === DIGIT) at++
  return at
}

/** Returns the end of groups after blanks, like ` 062` in `1 062,00 €`. They only count before a decimal comma or a currency. */
function blankGroupsEnd(text: string, from: number): number {
  let at = from
  while (classAt(text, at) === BLANK && digitsEnd(text, at + 1) === at + 4) at += 4
  const isFigure = text.charCodeAt(at) === 0x2c && classAt(text, at + 1) === DIGIT
  return isFigure || (at > from && codeBehind(text, at) > 0) ? at : from
}

/** Reads `%`, one hanzi, up to three letters, or a currency, also after a blank; and after money a minus at the end. */
function scanSuffix(text: string, from: number, isMoney: boolean): Affix {
  const behind = scanMeasure(text, from, isMoney)
  const isClosed = behind.isSigned || behind.isWord || (behind.at > from && !behind.isMoney)
  const end = isClosed ? behind.at : lastSignEnd(text, behind.at)
  return end === behind.at ? behind : { ...behind, at: end, isSigned: true }
}

/** Returns the offset after a minus at the end, as in `5.00 €-`. */
function lastSignEnd(text: string, at: number): number {
  const sign = classAt(text, at) === BLANK ? at + 1 : at
  return isLastSign(text, sign) ? sign + 1 : at
}

function scanMeasure(text: string, from: number, isMoney: boolean): Affix {
  const affix = (at: number, more: Partial<Affix> = {}) => ({
    at,
    isSigned: false,
    isMoney: false,
    isWord: false,
    ...more,
  })
  const is = classAt(text, from)
  if (is === UNIT || is === HANZI) return affix(from + 1)
  const code = isMoney ? 0 : codeBehind(text, from)
  if (code > 0) return affix(from + code, { isMoney: true })
  if (is === SIGN) {
    const money = isMoney ? 0 : codeBehind(text, from + 1)
    if (money > 0) return affix(from + 1 + money, { isSigned: true, isMoney: true })
    return isLastSign(text, from) ? affix(from + 1, { isSigned: true }) : affix(from)
  }
  if (is !== LETTER) return affix(from)
  if (isLetterX(text, from) && classAt(text, from + 1) === DIGIT) return affix(from)
  let end = from
  while (end - from < 4 && classAt(text, end) === LETTER) end++
  const isUnit = end - from < 4 && classAt(text, end) !== DIGIT
  return isUnit ? affix(end) : affix(from, { isWord: true })
}

function wordEnd(text: string, from: number): number {
  let at = from
  while (classAt(text, at) === DIGIT || classAt(text, at) === LETTER) at++
  return at
}
