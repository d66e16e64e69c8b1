/** Finds line breaks by a table, in one pass over the characters. It covers nearly all text of receipts. */

/** A character that the table lacks: the text is left to the full rules of Unicode. */
const OTHER = 0
const HANZI = 1
const LETTER = 2
const DIGIT = 3
const BLANK = 4
const STOP = 5
const SLASH = 6
/** Never first on a line. */
const CLOSE = 7
/** Never last on a line. */
const OPEN = 8
const HYPHEN = 9
/** Behind a number. Never first on a line. */
const PERCENT = 10
/** Before a number. Never last on a line. */
const MONEY = 11
/** A letter that is never last on a line. */
const SHARP = 12
const PLUS = 13
/** Narrow brackets, which stay with the letters beside them: never last, and never first. */
const BRACKET = 14
const END_BRACKET = 15

const members: readonly (readonly [number, string])[] = [
  [BLANK, ' '],
  [STOP, '.,:;'],
  [SLASH, '/'],
  [HYPHEN, '-'],
  [CLOSE, '，。、；：？！）》」』】〕〉!?}'],
  [OPEN, '（《「『【〔〈'],
  // Unicode's rules treat these as letters.
  [LETTER, '&*<=>@^_~'],
  [PERCENT, '%％‰℃'],
  [MONEY, '￥＄￡$'],
  [SHARP, '#'],
  [PLUS, '+'],
  [BRACKET, '([{'],
  [END_BRACKET, ')]'],
]

let table: Uint8Array | undefined

/** The kind of each UTF-16 code unit. */
function kinds(): Uint8Array {
  if (table !== undefined) return table
  table = new Uint8Array(0x10000)
  table.fill(HANZI, 0x4e00, 0xa000)
  table.fill(DIGIT, 0x30, 0x3a)
  table.fill(LETTER, 0x41, 0x5b)
  table.fill(LETTER, 0x61, 0x7b)
  for (const [kind, signs] of members) {
    for (let i = 0; i < signs.length; i++) table[signs.charCodeAt(i)] = kind
  }
  return table
}

// Verdicts on neighbours.
const BREAK = 0
const KEPT = 1
/** No break if a number goes on here. */
const IN_NUMBER = 2
/** No break if a digit comes next. */
const BEFORE_DIGIT = 3
/** A break; but after the closing bracket of a number, the text is left to the full rules. */
const AFTER_CLOSE = 4

/**
 * Sets `marks` to 1 at the offsets that the full rules would find, and to 0 elsewhere. Returns false, with useless marks, if the text has
 * to be left to the full rules, for example because of a character that the table lacks.
 * @example markPlainBreaks('红烧肉 2 份', marks) // breaks at 1, 2, 4 and 6
 */
export function markPlainBreaks(text: string, marks: Uint8Array): boolean {
  const kindOf = kinds()
  let before = kindOf[text.charCodeAt(0)] as number
  if (before === OTHER) return false
  /** The kind of the last character that is not a blank. */
  let inked = before
  let inNumber = before === DIGIT
  let closesNumber = false
  marks[0] = 0
  for (let i = 1; i < text.length; i++) {
    const kind = kindOf[text.charCodeAt(i)] as number
    if (kind === OTHER) return false
    marks[i] = 0
    if (kind !== BLANK) {
      if (!mustFollow(kind, inked)) {
        const verdict = before === BLANK ? BREAK : verdictOn(before, kind)
        if (verdict === AFTER_CLOSE && closesNumber) return false
        const isKept =
          verdict === KEPT ||
          (verdict === IN_NUMBER && inNumber) ||
          (verdict === BEFORE_DIGIT && kindOf[text.charCodeAt(i + 1)] === DIGIT) ||
          (before === SLASH && isInsideWord(text, i))
        if (!isKept) marks[i] = 1
      }
      inked = kind
    }
    closesNumber = inNumber && (kind === CLOSE || kind === END_BRACKET)
    if (kind !== STOP && kind !== SLASH) inNumber = kind === DIGIT
    before = kind
  }
  return true
}

/** Whether the two kinds stay on one line even with blanks between them, because blanks at the end of a line are not printed. */
function mustFollow(kind: number, inked: number): boolean {
  switch (kind) {
    case STOP:
    case CLOSE:
    case SLASH:
    case PERCENT:
    case END_BRACKET:
      return true
    default:
      return inked === OPEN || inked === BRACKET || inked === MONEY || inked === SHARP
  }
}

/** The verdict on two neighbours. Stops and slashes join digits only inside a number, which begins with a digit. */
function verdictOn(before: number, kind: number): number {
  if (kind === HYPHEN) return KEPT
  if (kind === OPEN || kind === BRACKET) {
    if (before === PERCENT || before === PLUS) return BEFORE_DIGIT
    return kind === BRACKET && (before === LETTER || before === DIGIT) ? KEPT : BREAK
  }
  if (kind === HANZI) return before === PLUS ? KEPT : BREAK
  const isSign = kind === MONEY || kind === PLUS
  switch (before) {
    case LETTER:
    case DIGIT:
      return KEPT
    case STOP:
      return kind === LETTER || kind === SHARP ? KEPT : IN_NUMBER
    case SLASH:
      return kind === DIGIT || isSign ? IN_NUMBER : BREAK
    case HYPHEN:
      return kind === DIGIT ? KEPT : BREAK
    case PERCENT:
    case PLUS:
      return isSign ? BREAK : KEPT
    case END_BRACKET:
      return isSign ? AFTER_CLOSE : KEPT
    case CLOSE:
      return isSign ? AFTER_CLOSE : BREAK
    default:
      return BREAK
  }
}

/** How many characters before a slash are searched for the beginning of an address. */
const LONGEST_ADDRESS = 400

/**
 * Whether a slash before `position` is inside a word. UAX #14 allows breaks after slashes, for the sake of long addresses, but we do not
 * break `GOODS/SERVICES`, nor after `https://`.
 */
export function isInsideWord(text: string, position: number): boolean {
  if (text[position - 1] !== '/') return false
  if (text.slice(position - 3, position) === '://') return true
  if (!/^[A-Za-z]\/[A-Za-z]$/.test(text.slice(position - 2, position + 1))) return false
  const before = text.slice(Math.max(0, position - LONGEST_ADDRESS), position)
  return before.lastIndexOf('://') <= before.lastIndexOf(' ')
}
