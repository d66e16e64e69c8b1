/** Code pages of Rongta's printers, whose numbers are its own from 6 on. */
import type { CodePageSlot } from '../../model/charset.js'

export const rongtaPages: readonly CodePageSlot[] = [
  { number: 0, encoding: 'cp437' },
  { number: 2, encoding: 'cp850' },
  { number: 16, encoding: 'cp1252' },
  { number: 19, encoding: 'cp858' },
  { number: 3, encoding: 'cp860' },
  { number: 4, encoding: 'cp863' },
  { number: 5, encoding: 'cp865' },
  { number: 6, encoding: 'cp1251' },
  { number: 7, encoding: 'cp866' },
  { number: 17, encoding: 'cp1253' },
  { number: 18, encoding: 'cp852' },
  { number: 24, encoding: 'cp737' },
  { number: 30, encoding: 'cp1250' },
  { number: 36, encoding: 'iso8859-2' },
  { number: 41, encoding: 'iso8859-7' },
  { number: 44, encoding: 'iso8859-15' },
]

/** What the numbers rest on. */
export const RONGTA_PAGES = 'database: and esc_pos_utils for the RP80USE, which agree'
