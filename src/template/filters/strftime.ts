/** Time formats in Liquid's form, the same as Ruby's `strftime`: `%Y-%m-%d %H:%M`. */

import { dateError, dayOf, noClock, type WallTime } from './time.js'

/** Percent sign, flags, width and conversion, as Liquid reads them. */
const DIRECTIVE = /%([-_0^#:]*)(\d*)(.?)/gsu
const MAX_WIDTH = 40
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

interface Directive {
  /** Returns the digits or letters without padding. */
  readonly text: (time: WallTime, flags: string, width: number) => string
  readonly width?: number
  readonly pad?: ' ' | '0'
}

const hour12 = ({ hour }: WallTime) => String(hour % 12 || 12)
const two = (text: (time: WallTime) => number): Directive => ({
  text: (time) => String(text(time)),
  width: 2,
})
const name = (text: (time: WallTime) => string): Directive => ({ text, pad: ' ' })
const short = (text: string | undefined) => (text ?? '').slice(0, 3)
const monthName = ({ month }: WallTime) => MONTHS[month - 1] ?? ''
const dayName = (time: WallTime) => DAYS[weekday(time)] ?? ''
const fraction = ({ fraction: digits }: WallTime, count: number) =>
  digits.slice(0, count).padEnd(count, '0')

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  Y: { text: ({ year }) => String(year), width: 4 },
  C: two(({ year }) => Math.floor(year / 100)),
  y: two(({ year }) => year % 100),
  m: two(({ month }) => month),
  B: name(monthName),
  b: name((time) => short(monthName(time))),
  h: name((time) => short(monthName(time))),
  d: two(({ day }) => day),
  e: { text: ({ day }) => String(day), width: 2, pad: ' ' },
  j: { text: (time) => String(dayOfYear(time) + 1), width: 3 },
  H: two(({ hour }) => hour),
  k: { text: ({ hour }) => String(hour), width: 2, pad: ' ' },
  I: { text: hour12, width: 2 },
  l: { text: hour12, width: 2, pad: ' ' },
  M: two(({ minute }) => minute),
  S: two(({ second }) => second),
  L: { text: (time, _, width) => fraction(time, width || 3) },
  N: { text: (time, _, width) => fraction(time, width || 9) },
  P: name(({ hour }) => (hour < 12 ? 'am' : 'pm')),
  p: { text: ({ hour }, flags) => halfDay(hour, flags), pad: ' ' },
  A: name(dayName),
  a: name((time) => short(dayName(time))),
  u: { text: (time) => String(weekday(time) || 7) },
  w: { text: (time) => String(weekday(time)) },
  U: two((time) => Math.floor((dayOfYear(time) + 7 - weekday(time)) / 7)),
  W: two((time) => Math.floor((dayOfYear(time) + 7 - ((weekday(time) + 6) % 7)) / 7)),
  z: { text: (time, flags) => offset(time, flags.includes(':') ? ':' : '') },
  s: { text: (time) => String(secondsOf(time)) },
  n: { text: () => '\n' },
  t: { text: () => '\t' },
  '%': { text: () => '%' },
}

/** Directives that are abbreviations of others, as in the C locale. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  c: '%a %b %e %H:%M:%S %Y',
}
const OF_CLOCK = 'HkIlMSLNPpzs'

/** Whether the format is in Liquid's form, since our own formats contain no percent sign with a letter after it. */
export function isLiquidFormat(format: string): boolean {
  return /%[-_0^#:]*\d*[A-Za-z]/.test(format)
}

/**
 * Formats a time in Liquid's form. An unknown directive is an error, because Liquid would print it as it is.
 * @throws ReceiptError `TEMPLATE_DATE`
 * @example liquidTime(parseTime('2026-11-23 12:08'), '%-m/%-d %H:%M') // '11/23 12:08'
 */
export function liquidTime(time: WallTime, format: string): string {
  return format.replace(DIRECTIVE, (whole, flags: string, digits: string, letter: string) => {
    const long = ownOf(LONG_FORMS, letter)
    if (long !== undefined) return liquidTime(time, long)
    const directive = ownOf(DIRECTIVES, letter)
    if (directive === undefined || Number(digits) > MAX_WIDTH) throw unknownDirective(whole)
    if (!time.hasClock && OF_CLOCK.includes(letter)) throw noClock(whole)
    return padded(directive, directive.text(time, flags, Number(digits)), flags, Number(digits))
  })
}

function padded(directive: Directive, text: string, flags: string, width: number): string {
  const shown = flags.includes('^') ? text.toUpperCase() : text
  if (flags.includes('-')) return shown
  const pad = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (directive.pad ?? '0')
  return shown.padStart(width || (directive.width ?? 0), pad)
}

function unknownDirective(whole: string): Error {
  const known = [...Object.keys(DIRECTIVES), ...Object.keys(LONG_FORMS)]
  return dateError(
    `the filter date does not know '${whole}': it knows ${known.map((letter) => `%${letter}`).join(' ')}`,
    "a percent sign is '%%'",
  )
}

function ownOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

function halfDay(hour: number, flags: string): string {
  const text = hour < 12 ? 'AM' : 'PM'
  return flags.includes('#') ? text.toLowerCase() : text
}

function weekday({ year, month, day }: WallTime): number {
  return dayOf(year, month, day).getUTCDay()
}

/** Index of the day in its year, from 0. */
function dayOfYear({ year, month, day }: WallTime): number {
  return (dayOf(year, month, day).getTime() - dayOf(year, 1, 1).getTime()) / 86_400_000
}

function offset(time: WallTime, between: string): string {
  const minutes = zoneOf(time)
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${part(size / 60)}${between}${part(size % 60)}`
}

function secondsOf(time: WallTime): number {
  const clock = (time.hour * 60 + time.minute - zoneOf(time)) * 60 + time.second
  return dayOf(time.year, time.month, time.day).getTime() / 1000 + clock
}

function zoneOf({ zoneMinutes }: WallTime): number {
  if (zoneMinutes !== undefined) return zoneMinutes
  throw dateError(
    'the time names no zone, which %z and %s need',
    'write it as 2026-11-23T12:08+08:00',
  )
}
