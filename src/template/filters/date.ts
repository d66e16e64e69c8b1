/** The filter `date`: ISO times as text, without this machine's clock, zone or locale. */

import { isLiquidFormat, liquidTime } from './strftime.js'
import { dateError, moveTime, noClock, parseTime, type WallTime } from './time.js'

/** A text in brackets, or a run of one letter. */
const TOKENS = /\[([^\]]*)\]|([A-Za-z])\2*/g
/** A limit, because formats may come from data, and for each bracket the search for its end may run through the whole format. */
const MAX_FORMAT_LENGTH = 200

const FIELDS: Readonly<Record<string, (time: WallTime) => string>> = {
  YYYY: ({ year }) => padded(year, 4),
  YY: ({ year }) => padded(year % 100, 2),
  MM: ({ month }) => padded(month, 2),
  M: ({ month }) => padded(month, 1),
  DD: ({ day }) => padded(day, 2),
  D: ({ day }) => padded(day, 1),
  HH: ({ hour }) => padded(hour, 2),
  H: ({ hour }) => padded(hour, 1),
  mm: ({ minute }) => padded(minute, 2),
  m: ({ minute }) => padded(minute, 1),
  ss: ({ second }) => padded(second, 2),
  s: ({ second }) => padded(second, 1),
}

/**
 * `date: 'YYYY-MM-DD HH:mm:ss'`, with YYYY YY MM M DD D HH H mm m ss s and other text, in `[brackets]` if it has letters;
 * or Liquid's form, `date: '%Y-%m-%d %H:%M:%S'`. Takes `2026-11-23T12:08:31+08:00`, `2026-11-23 12:08`, `2026-11-23`,
 * `20261123120831`, and prints the wall time that is written there. `date: 'HH:mm', '+08:00'` converts to that zone; a
 * time in UTC (`Z`) needs it, since nobody's receipt is meant to show it.
 *
 * @throws ReceiptError `TEMPLATE_DATE` for values that are no time, and for letters that mean none
 * @example date('2026-11-23T12:08:31+08:00', 'M月D日 HH:mm') // '11月23日 12:08'
 */
export function date(value: unknown, format?: unknown, zone?: unknown): string {
  if (typeof format !== 'string') {
    throw dateError("the filter date needs a format, such as 'YYYY-MM-DD HH:mm:ss'")
  }
  if (format.length > MAX_FORMAT_LENGTH) {
    throw dateError(`the format of the filter date is longer than ${MAX_FORMAT_LENGTH} characters`)
  }
  const written = parseTime(value)
  const time = zone === undefined ? written : moveTime(written, zone)
  if (time.isUtc) {
    throw dateError(
      'the time is in UTC',
      "say the zone to print it in: `| date: 'HH:mm', '+08:00'`",
    )
  }
  if (isLiquidFormat(format)) return liquidTime(time, format)
  return format.replace(TOKENS, (token, literal: string | undefined) => {
    if (literal !== undefined) return literal
    const field = Object.hasOwn(FIELDS, token) ? FIELDS[token] : undefined
    if (field === undefined) throw unknownLetters(token)
    if (!time.hasClock && /^[Hms]/.test(token)) throw noClock(token)
    return field(time)
  })
}

function unknownLetters(token: string): Error {
  const meant: Readonly<Record<string, string>> = { y: 'YYYY', d: 'DD', h: 'HH', S: 'ss' }
  const instead = meant[token.charAt(0)]
  return dateError(
    `the filter date does not know '${token}': it knows ${Object.keys(FIELDS).join(' ')}`,
    `${instead === undefined ? '' : `did you mean ${instead}? `}Put other letters in [brackets]`,
  )
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
