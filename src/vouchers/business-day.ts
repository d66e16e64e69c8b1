/** Days of a shop: an instant, the shop's fixed offset from UTC, and the time at which its day begins. */

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Minutes east of UTC of an offset such as `+08:00` or `Z`. China has one zone without summer time, so a fixed offset is enough. */
export function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return zone.startsWith('-') ? -minutes : minutes
}

/** Minutes after midnight of a time such as `06:00`. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/**
 * The business day of an instant: the day that began at the last `dayStarts`.
 *
 * @param at milliseconds since 1970
 * @returns `YYYY-MM-DD`
 * @example businessDay(Date.parse('2026-11-24T02:30:00+08:00'), '+08:00', '06:00') // '2026-11-23'
 */
export function businessDay(at: number, zone: string, dayStarts: string): string {
  const shifted = at + (offsetMinutes(zone) - clockMinutes(dayStarts)) * MINUTE_MS
  return new Date(shifted).toISOString().slice(0, 10)
}

/** The first instant of a business day, in milliseconds since 1970. */
export function dayBegins(day: string, zone: string, dayStarts: string): number {
  return (
    Date.parse(`${day}T00:00:00Z`) + (clockMinutes(dayStarts) - offsetMinutes(zone)) * MINUTE_MS
  )
}

/** Whether the calendar has this day, which is not so for `2026-02-30`. */
export function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day
}

/** The day after `day`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

/** An instant in the shop's zone: `2026-11-23T12:08:31+08:00`. */
export function localTime(at: number, zone: string): string {
  const local = new Date(at + offsetMinutes(zone) * MINUTE_MS).toISOString().slice(0, 19)
  return `${local}${zone}`
}
