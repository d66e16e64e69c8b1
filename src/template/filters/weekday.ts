/** The filter `weekday`: the day of the week of an ISO time, in Chinese or English. */

import { dateError, dayOf, moveTime, parseTime } from './time.js'

const HANZI = [...'日一二三四五六']
const ENGLISH = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const STYLES: Readonly<Record<string, (day: number) => string>> = {
  星期: (day) => `星期${HANZI[day]}`,
  周: (day) => `周${HANZI[day]}`,
  礼拜: (day) => `礼拜${HANZI[day]}`,
  en: (day) => ENGLISH[day] ?? '',
  'en-short': (day) => (ENGLISH[day] ?? '').slice(0, 3),
}

/**
 * `weekday`: `2026-11-28` → `星期六`; `weekday: '周'` → `周六`; `weekday: 'en'` → `Saturday`, `'en-short'` → `Sat`. A zone may follow,
 * as in `date`: a time in UTC needs one, because the day there is another.
 * @throws ReceiptError `TEMPLATE_DATE`
 * @example weekday('2026-11-28T20:00:00Z', '周', '+08:00') // '周日'
 */
export function weekday(value: unknown, style: unknown = '星期', zone?: unknown): string {
  const show = typeof style === 'string' && Object.hasOwn(STYLES, style) ? STYLES[style] : undefined
  if (show === undefined) {
    throw dateError(`the filter weekday has the styles ${Object.keys(STYLES).join(', ')}`)
  }
  const written = parseTime(value)
  const time = zone === undefined ? written : moveTime(written, zone)
  if (time.isUtc) {
    throw dateError('the time is in UTC', "say the zone: `| weekday: '星期', '+08:00'`")
  }
  return show(dayOf(time.year, time.month, time.day).getUTCDay())
}
