/**
 * Card numbers (PAN): recognised in any spelling, so that none is stored, logged or quoted.
 *
 * A number counts as a card's if its whole run of digits has a length that cards with its prefix have, and passes Luhn's check. Luhn
 * alone would also hit one order number in ten.
 */

/** Prefixes and the lengths of the cards that bear them: `[from, to, lengths]` compares as many digits as `from` has. */
const CARD_PREFIXES: readonly (readonly [number, number, readonly number[]])[] = [
  [34, 34, [15]],
  [37, 37, [15]],
  [30, 30, [14]],
  [36, 36, [14]],
  [38, 39, [14, 16]],
  [35, 35, [16]],
  [4, 4, [13, 16, 19]],
  [50, 59, [16]],
  [2221, 2720, [16]],
  [6, 6, [16, 17, 18, 19]],
  [81, 81, [16, 17, 18, 19]],
  [9, 9, [16, 17, 18, 19]],
]

/** Digits that begin with a date, YYMMDD or DDMMYYYY, as time stamps and order numbers do: no issuer's prefix in use has such digits. */
const BEGINS_WITH_DATE =
  /^(?:2\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|3[01](?:0[1-9]|1[0-2])20\d\d)/

/** Whether `digits` (ASCII) has prefix, length and check digit of a payment card. */
export function isCardNumber(digits: string): boolean {
  return (
    digits.length >= SHORTEST &&
    digits.length <= 19 &&
    !BEGINS_WITH_DATE.test(digits) &&
    CARD_PREFIXES.some(([from, to, lengths]) => {
      const prefix = Number(digits.slice(0, String(from).length))
      return prefix >= from && prefix <= to && lengths.includes(digits.length)
    }) &&
    passesLuhn(digits)
  )
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Digits of the shortest card number that is looked for in texts. */
const SHORTEST = 13

const ASCII_ONLY = /^[\0-\x7f]*$/

/** Replaces full-width and Arabic digits by ASCII ones, so that every character keeps its position in the text. */
export function plainDigits(text: string): string {
  if (ASCII_ONLY.test(text)) return text
  return text.replace(/[\uff10-\uff19\u0660-\u0669]/g, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code >= 0xff10 ? code - 0xff10 : code - 0x660)
  })
}

/** Separators that people write between the digits of a number, always the same one within one number. */
const SEPARATORS = ['', ' ', '-', '\u3000', '.', '\u2010', '\u2013', '\uff0d', '\u00a0'] as const

const RUNS = SEPARATORS.map((separator) => {
  const between = separator === '' ? '' : `(?:${separator === '.' ? '\\.' : separator})?`
  return new RegExp(`\\d(?:${between}\\d){12,}`, 'g')
})

/** A number in groups of four digits, as cards show it, even if another number follows it: `6222 0200 0000 0012 128.60`. */
const GROUPED = /(?<!\d)\d{4}(\D)\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?(?!\d)/g
const SIXTEEN_IN_GROUPS = 19

/** ASCII digits written in hexadecimal: `36323232…`. */
const HEX_RUN = /(?<![0-9A-Fa-f])(?:3\d[ :]?){13,19}(?![0-9A-Fa-f])/g

/** Finds the card numbers in `text` and returns their positions `[from, to)` in order. */
export function findCardNumbers(text: string): readonly (readonly [number, number])[] {
  // Most texts have too few digits for a card number, so the slower patterns are not tried on them.
  if (text.length < SHORTEST) return []
  const plain = plainDigits(text)
  if (!/\d(?:\D?\d){12}/.test(plain)) return []
  const found: [number, number][] = []
  for (const run of RUNS) {
    for (const match of plain.matchAll(run)) {
      if (isCardNumber(match[0].replace(/\D/g, ''))) {
        found.push([match.index, match.index + match[0].length])
      }
    }
  }
  for (const { index, 0: run } of plain.matchAll(GROUPED)) {
    for (const part of [run, run.slice(0, SIXTEEN_IN_GROUPS)]) {
      if (isCardNumber(part.replace(/\D/g, ''))) found.push([index, index + part.length])
    }
  }
  for (const match of plain.matchAll(HEX_RUN)) {
    const digits = match[0].replace(/[ :]/g, '').replace(/3(\d)/g, '$1')
    if (isCardNumber(digits)) found.push([match.index, match.index + match[0].length])
  }
  return found.sort(([a], [b]) => a - b)
}

/** `text` with each card number in it replaced by stars, so that it can be shown. */
export function maskCardNumbers(text: string): string {
  let masked = ''
  let at = 0
  for (const [from, to] of findCardNumbers(text)) {
    if (to <= at) continue
    masked += text.slice(at, Math.max(from, at)) + maskRun(text.slice(Math.max(from, at), to))
    at = to
  }
  return masked + text.slice(at)
}

function maskRun(run: string): string {
  const digits = plainDigits(run).replace(/\D/g, '')
  return digits.length > 19 ? '*'.repeat(16) : truncatePan(digits)
}

/** First six and last four digits, with a star for each between: `622202******0012`. */
function truncatePan(digits: string): string {
  return `${digits.slice(0, 6)}${'*'.repeat(Math.max(digits.length - 10, 1))}${digits.slice(-4)}`
}

/**
 * A card number as it may be kept and shown: first six and last four.
 *
 * @param pan whole or masked, with spaces, hyphens or full-width digits; as a chip writes it, padded with F; or its characters in hex
 * @returns undefined if it is neither a number of 11 to 19 digits nor a masked one
 * @example showPan('6222 0200 0000 0012') // '622202******0012'
 */
export function showPan(pan: string): string | undefined {
  const text = unpacked(plainDigits(pan).replace(/[\s\-.\u2010-\u2015\uff0d\u3000]/g, ''))
  if (/^\d{11,19}$/.test(text)) return truncatePan(text)
  const masked = /^(\d{0,19})[*xX\u2022\u00d7#]+(\d{0,19})$/.exec(text)
  if (masked === null || text.length < 11 || text.length > 19) return undefined
  const [, head = '', tail = ''] = masked
  const first = head.slice(0, 6)
  const last = tail.slice(-4)
  return `${first}${'*'.repeat(text.length - first.length - last.length)}${last}`
}

/** Digits of a number that was given in BCD with its padding (`…0012F`) or as the hexadecimal of its characters (`36323232…`). */
function unpacked(text: string): string {
  if (/^(?:3\d){11,19}$/.test(text) && text.length > 19) return text.replace(/3(\d)/g, '$1')
  return /^\d{11,19}[fF]$/.test(text) ? text.slice(0, -1) : text
}

/** Track data of a magnetic stripe: card number, separator, expiry and service code. */
const TRACK = /\d{8,}\s*=\s*\d{4,}|\d{13,19}[dD]\d{7,}|%?[bB]\d{8,19}\^/

/** Every form of track data has one of these characters, so most texts need no closer look. */
const TRACK_SIGN = /[=\uff1ddD^]/

/** Whether `text` holds what looks like track data, which nobody may store. */
export function looksLikeTrack(text: string): boolean {
  if (text.length < SHORTEST || !TRACK_SIGN.test(text)) return false
  const plain = plainDigits(text).replace(/[\uff1d]/g, '=')
  return TRACK.test(plain) || TRACK.test(plain.replace(/[\s-]/g, ''))
}
