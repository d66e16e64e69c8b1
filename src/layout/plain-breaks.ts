/** Line breaks of plain text by table, in one look at each character: nearly all text of receipts. */

/** Left to all of Unicode's rules. */
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

const members: readonly (readonly [number, string])[] = [
  [BLANK, ' '],
  [STOP, '.,:;'],
  [SLASH, '/'],
  [HYPHEN, '-'],
  [CLOSE, '，。、；：？！）》」』】〕〉'],
  [OPEN, '（《「『【〔〈'],
  // To the rules, these are letters.
  [LETTER, '&*<=>@^_~'],
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

/**
 * The offsets that all of the rules come to, if the text holds only characters of the table; else undefined.
 * @example plainBreakOffsets('红烧肉 2 份') // [1, 2, 4, 6]
 */
export function plainBreakOffsets(text: string): number[] | undefined {
  const kindOf = kinds()
  const offsets: number[] = []
  let before = kindOf[text.charCodeAt(0)] as number
  if (before === OTHER) return undefined
  /** The kind before the blanks, or `before`. */
  let inked = before
  let inNumber = before === DIGIT
  for (let i = 1; i < text.length; i++) {
    const kind = kindOf[text.charCodeAt(i)] as number
    if (kind === OTHER) return undefined
    if (kind !== BLANK) {
      const isKept =
        mustFollow(kind, inked) || (before !== BLANK && isJoined(before, kind, inNumber))
      if (!isKept && !(before === SLASH && isInsideWord(text, i))) offsets.push(i)
      inked = kind
    }
    if (kind !== STOP && kind !== SLASH) inNumber = kind === DIGIT
    before = kind
  }
  return offsets
}

/** Kept on one line even with blanks in between, since blanks at the end of a line are not printed. */
function mustFollow(kind: number, inked: number): boolean {
  return kind === STOP || kind === CLOSE || kind === SLASH || inked === OPEN
}

/** Whether neighbours stay together. Stops and slashes join digits only in a number, which begins with one. */
function isJoined(before: number, kind: number, inNumber: boolean): boolean {
  if (kind === HYPHEN) return true
  if (kind === HANZI || kind === OPEN) return false
  switch (before) {
    case LETTER:
    case DIGIT:
      return true
    case STOP:
      return kind === LETTER || inNumber
    case SLASH:
      return kind === DIGIT && inNumber
    case HYPHEN:
      return kind === DIGIT
    default:
      return false
  }
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
