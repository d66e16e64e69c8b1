/** Reads ISO times as wall time, and converts them to another zone. It does not use this machine's clock, zone or locale. */

import { ReceiptError } from '../../model/errors.js'
import { kindOf } from './kind-of.js'

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i
const ZONE = /^(Z|([+-])(\d\d):?([0-5]\d))$/i
/** Kiribati is 14 hours ahead of UTC, and no place differs more. */
const MAX_ZONE_MINUTES = 14 * 60
const DAY_MS = 86_400_000

export interface WallTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** Digits of the second's fraction, as written. */
  readonly fraction: string
  readonly hasClock: boolean
  /** Minutes ahead of UTC; undefined if the text names no zone. */
  readonly zoneMinutes: number | undefined
  /** Whether the zone is written as `Z`. */
  readonly isUtc: boolean
}

/**
 * Reads a time from ISO 8601 text.
 * @throws ReceiptError `TEMPLATE_DATE`
 * @example parseTime('2026-11-23T12:08:31+08:00').zoneMinutes // 480
 */
export function parseTime(value: unknown): WallTime {
  const found = typeof value === 'string' && value.length < 100 ? ISO.exec(value.trim()) : null
  if (found === null) {
    throw dateError(
      `the value is ${kindOf(value)}, and no ISO time`,
      'give text such as 2026-11-23T12:08:31+08:00',
    )
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const back = dayOf(year, month, day)
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day
  if (!exists || hour > 23 || minute > 59 || second > 60) {
    throw dateError('the value names a day or a time of day that does not exist')
  }
  const zone = found[8]
  return {
    ...{ year, month, day, hour, minute, second },
    fraction: found[7] ?? '',
    hasClock: found[4] !== undefined,
    zoneMinutes: zone === undefined ? undefined : parseZone(zone),
    isUtc: zone?.toUpperCase() === 'Z',
  }
}

/**
 * Converts a time to the wall time of the same instant in `zone`.
 * @throws ReceiptError `TEMPLATE_DATE` if the zone is not valid, or the time lacks a zone to convert from
 */
export function moveTime(time: WallTime, zone: unknown): WallTime {
  const target = parseZone(zone)
  if (time.zoneMinutes === undefined) {
    throw dateError('the time names no zone to convert from', 'leave the zone out of the filter')
  }
  const minutes = time.hour * 60 + time.minute + target - time.zoneMinutes
  const moved = dayOf(time.year, time.month, time.day)
  moved.setTime(moved.getTime() + Math.floor(minutes / 1440) * DAY_MS)
  const ofDay = ((minutes % 1440) + 1440) % 1440
  return {
    ...time,
    year: moved.getUTCFullYear(),
    month: moved.getUTCMonth() + 1,
    day: moved.getUTCDate(),
    hour: Math.floor(ofDay / 60),
    minute: ofDay % 60,
    zoneMinutes: target,
    isUtc: false,
  }
}

/** Returns the beginning of a day in UTC, so that the machine's zone has no influence. */
export function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(Date.UTC(2000, month - 1, 1))
  // The year is set here, because `Date.UTC` takes years below 100 for years of the 20th century.
  date.setUTCFullYear(year, month - 1, day)
  return date
}

function parseZone(zone: unknown): number {
  const found = typeof zone === 'string' ? ZONE.exec(zone) : null
  const minutes = Number(found?.[3] ?? 0) * 60 + Number(found?.[4] ?? 0)
  if (found === null || minutes > MAX_ZONE_MINUTES) {
    throw dateError('a zone is Z, or lies between -14:00 and +14:00', "write it as '+08:00'")
  }
  return found[2] === '-' ? -minutes : minutes
}

export function noClock(token: string): ReceiptError {
  return dateError(`the time has no time of day, which '${token}' prints`)
}

/** Makes an error for a time. The message must not quote the value, because a card number may have been given by mistake. */
export function dateError(message: string, hint?: string): ReceiptError {
  return new ReceiptError(message, { code: 'TEMPLATE_DATE', hint })
}
