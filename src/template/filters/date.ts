/** The filter `date`: ISO times as text, without this machine's clock, zone or locale. */

import { ReceiptError } from '../../model/errors.js'

const iso =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i
const zonePattern = /^(Z|([+-])(\d\d):?(\d\d))$/i
const tokens = /\[([^\]]*)\]|YYYY|YY|MM?|DD?|HH?|mm?|ss?/g
const dayMs = 86_400_000
/** Formats may come from data, and brackets that never close are looked for again at each of them. */
const longestFormat = 200

interface Time {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly hasClock: boolean
  readonly zone: string | undefined
}

/**
 * `date: 'YYYY-MM-DD HH:mm:ss'`, with YYYY YY MM M DD D HH H mm m ss s and other text, in `[brackets]` where it
 * has such letters. Takes `2026-11-23T12:08:31+08:00`, `2026-11-23 12:08`, `2026-11-23`, `20261123120831`, and prints
 * the wall time that is written there. `date: 'HH:mm', '+08:00'` converts to that zone; a time in UTC (`Z`) needs it,
 * since nobody's receipt is meant to show it.
 */
export function date(value: unknown, format?: unknown, zone?: unknown): string {
  if (typeof format !== 'string') {
    throw failure("The filter date needs a format, such as 'YYYY-MM-DD HH:mm:ss'")
  }
  if (format.length > longestFormat) {
    throw failure(`The format of the filter date is longer than ${longestFormat} characters`)
  }
  const written = timeOf(value)
  const time = zone === undefined ? written : converted(written, zone)
  if (time.zone === 'Z' && zone === undefined) {
    throw failure(
      `The time ${String(value)} is in UTC`,
      "Say the zone to print it in: `| date: 'HH:mm', '+08:00'`.",
    )
  }
  return format.replace(tokens, (token, literal: string | undefined) => {
    if (literal !== undefined) return literal
    if (!time.hasClock && /^[Hms]/.test(token)) {
      throw failure(`${String(value)} has no time of day, which ${format} prints`)
    }
    return field(time, token)
  })
}

function field(time: Time, token: string): string {
  const year = String(time.year).padStart(4, '0')
  if (token === 'YYYY') return year
  if (token === 'YY') return year.slice(2)
  const values: Readonly<Record<string, number>> = {
    M: time.month,
    D: time.day,
    H: time.hour,
    m: time.minute,
    s: time.second,
  }
  return String(values[token.charAt(0)]).padStart(token.length, '0')
}

function timeOf(value: unknown): Time {
  const found = typeof value === 'string' && value.length < 100 ? iso.exec(value.trim()) : null
  if (found === null) {
    throw failure(
      `${value instanceof Date ? 'A Date object' : String(value)} is not an ISO time`,
      'Give text such as 2026-11-23T12:08:31+08:00.',
    )
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const zone = found[7]?.toUpperCase()
  const time = { year, month, day, hour, minute, second, hasClock: found[4] !== undefined, zone }
  const back = new Date(Date.UTC(2000, month - 1, 1))
  back.setUTCFullYear(year, month - 1, day)
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day
  if (!exists || hour > 23 || minute > 59 || second > 60) {
    throw failure(`There is no time ${String(value)}`)
  }
  return time
}

function converted(time: Time, zone: unknown): Time {
  const target = typeof zone === 'string' ? offsetMinutes(zone) : undefined
  const source = time.zone === undefined ? undefined : offsetMinutes(time.zone)
  if (target === undefined) throw failure(`${String(zone)} is not a zone`, "Give '+08:00'.")
  if (source === undefined) {
    throw failure('The time says no zone to convert from', 'Leave the zone out of the filter.')
  }
  const minutes = time.hour * 60 + time.minute + target - source
  const moved = new Date(Date.UTC(2000, time.month - 1, 1))
  moved.setUTCFullYear(time.year, time.month - 1, time.day)
  moved.setTime(moved.getTime() + Math.floor(minutes / 1440) * dayMs)
  const ofDay = ((minutes % 1440) + 1440) % 1440
  return {
    ...time,
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    hour: Math.floor(ofDay / 60),
    minute: ofDay % 60,
  }
}

function offsetMinutes(zone: string): number | undefined {
  const found = zonePattern.exec(zone)
  if (found === null) return undefined
  const minutes = Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0)
  return found[2] === '-' ? -minutes : minutes
}

function failure(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_DATE', hint })
}
