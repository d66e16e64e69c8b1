/** Character classes for finding numbers, and the codes of currencies. */

/**
 * `amount` has a sign, a currency or a decimal point; `quantity` is any other number; `identifier` has more than 15
 * digits and is broken in groups, because no amount is as long.
 */
type UnitKind = 'amount' | 'quantity' | 'identifier'

export interface Unit {
  /** UTF-16 offsets in the text; `to` is exclusive. */
  readonly from: number
  readonly to: number
  readonly kind: UnitKind
}

export const DIGIT = 1
export const LETTER = 2
/** Plus and minus, and the dashes that word processors replace a minus by. */
export const SIGN = 3
export const CURRENCY = 4
/** A separator between the digits of a figure: `.`, `,` or `'`. */
export const POINT = 5
export const BLANK = 6
/** `×` and `*`. */
export const TIMES = 7
/** A hanzi or hangul. A single one after a number is a counter, as in `12份`. */
export const HANZI = 8
/** A unit of one character, such as `%`. */
export const UNIT = 9
export const OPEN = 10
export const CLOSE = 11

const members: readonly (readonly [number, string])[] = [
  [DIGIT, '0123456789０１２３４５６７８９'],
  [DIGIT, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙༠༡༢༣༤༥༦༧༨༩០១២៣៤៥៦៧៨៩'],
  [SIGN, '+-＋－−±﹣﹢‐‑‒–'],
  [CURRENCY, '$￥¥＄€£￡￠¢₩￦₹₽฿₫₱₺₴₪៛'],
  [POINT, ".,'’．٫٬"],
  [BLANK, ' \u00a0\u2007\u2009\u202f'],
  [TIMES, '×*＊✕✖'],
  [UNIT, '%‰％°℃℉㎡㎥'],
  [OPEN, '(（'],
  [CLOSE, ')）'],
]

/** Classes of the code units below U+0100. The few others are in `sparse`. */
const table = new Uint8Array(0x100)
const sparse = new Map<number, number>()

for (const [value, characters] of members) {
  for (const character of characters) {
    const unit = character.charCodeAt(0)
    if (unit < table.length) table[unit] = value
    else sparse.set(unit, value)
  }
}
for (let unit = 0; unit < table.length; unit++) {
  if (table[unit] === 0 && /\p{L}/u.test(String.fromCharCode(unit))) table[unit] = LETTER
}

/** Returns the class of a UTF-16 code unit; 0 if it has nothing to do with numbers. */
export function classOf(unit: number): number {
  if (unit < 0x100) return table[unit] as number
  if (unit >= 0x4e00 && unit <= 0x9fff) return HANZI
  if (unit < 0x530) return LETTER
  if ((unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x3400 && unit <= 0x4dbf)) return HANZI
  if (unit >= 0x3371 && unit <= 0x33df) return UNIT
  return sparse.get(unit) ?? 0
}

const codes = new Set(
  (
    'RMB CNY USD HKD TWD NTD MOP EUR GBP JPY KRW SGD MYR THB VND AUD CAD NZD CHF PLN CZK HUF RUB INR IDR PHP ' +
    'SEK NOK DKK TRY BRL ZAR RS RM RP ZŁ KR KČ FT ' +
    'ILS NIS AED SAR QAR KWD BHD OMR YER IQD JOD SYP LBP EGP SDG LYD TND DZD MAD IRR PKR NPR KHR LAK MMK'
  ).split(' '),
)

/** Returns the length of the currency that ends at `end`, such as `￥`, `HK$` or `RMB`; 0 if there is none. */
export function codeBefore(text: string, end: number, floor: number): number {
  const at = end - 1
  if (at < floor) return 0
  const is = classOf(text.charCodeAt(at))
  const isSymbol = is === CURRENCY
  if (!isSymbol && is !== LETTER) return 0
  let from = isSymbol ? at : end
  while (end - from < 5 && from > floor && classOf(text.charCodeAt(from - 1)) === LETTER) from--
  if (isSymbol) return end - from > 4 ? 1 : end - from
  return codes.has(text.slice(from, end).toUpperCase()) ? end - from : 0
}

/** Returns the length of the currency after a number that ends at `from`, with the blank before it; 0 if it belongs to the next number. */
export function codeBehind(text: string, from: number): number {
  const at = from + (classOf(text.charCodeAt(from)) === BLANK ? 1 : 0)
  let end = at
  if (classOf(text.charCodeAt(at)) === CURRENCY) end = at + 1
  else {
    while (end - at < 4 && classOf(text.charCodeAt(end)) === LETTER) end++
    if (!codes.has(text.slice(at, end).toUpperCase())) return 0
  }
  const next = classOf(text.charCodeAt(end))
  if (next === DIGIT || next === LETTER) return 0
  const behindBlank = next === BLANK ? classOf(text.charCodeAt(end + 1)) : next
  if (behindBlank === SIGN && isLastSign(text, next === BLANK ? end + 1 : end)) return end - from
  return behindBlank === DIGIT || behindBlank === SIGN ? 0 : end - from
}

/** Whether a sign belongs to the number before it, because no number follows. After a blank it is a dash, unless it ends the text. */
export function isLastSign(text: string, at: number): boolean {
  if (classOf(text.charCodeAt(at)) !== SIGN) return false
  const is = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : 0
  if (classOf(text.charCodeAt(at - 1)) === BLANK) return at + 1 === text.length
  return is === 0 || is === BLANK || is === CLOSE
}
