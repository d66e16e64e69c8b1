/** Code pages that several models have: numbers of `ESC t` with their encodings. */
import type { CodePageSlot } from '../model/charset.js'

/** Code pages with the same numbers on nearly every printer: Epson, Xprinter, HPRT, Sunmi, Zjiang; Rongta and Citizen have others. */
export const commonPages: readonly CodePageSlot[] = [
  { number: 0, encoding: 'cp437' },
  { number: 2, encoding: 'cp850' },
  { number: 16, encoding: 'cp1252' },
  { number: 19, encoding: 'cp858' },
  { number: 3, encoding: 'cp860' },
  { number: 4, encoding: 'cp863' },
  { number: 5, encoding: 'cp865' },
  { number: 17, encoding: 'cp866' },
  { number: 18, encoding: 'cp852' },
]

/**
 * Code pages of Epson's TM printers since the TM-T88V, by their command reference. Hebrew, Arabic, Thai and Vietnamese pages are left out:
 * their letters need shaping or joining marks, which a page of single bytes does not do.
 */
export const epsonPages: readonly CodePageSlot[] = [
  ...commonPages,
  { number: 1, encoding: 'katakana' },
  { number: 13, encoding: 'cp857' },
  { number: 14, encoding: 'cp737' },
  { number: 15, encoding: 'iso8859-7' },
  { number: 33, encoding: 'cp775' },
  { number: 34, encoding: 'cp855' },
  { number: 35, encoding: 'cp861' },
  { number: 38, encoding: 'cp869' },
  { number: 39, encoding: 'iso8859-2' },
  { number: 40, encoding: 'iso8859-15' },
  { number: 45, encoding: 'cp1250' },
  { number: 46, encoding: 'cp1251' },
  { number: 47, encoding: 'cp1253' },
  { number: 48, encoding: 'cp1254' },
  { number: 51, encoding: 'cp1257' },
  { number: 53, encoding: 'rk1048' },
]

/** Code pages of Citizen's printers. Page 2 is left out, because it is CP858 on some and CP850 on others; pages 17 to 19 are not Citizen's. */
export const citizenPages: readonly CodePageSlot[] = [
  { number: 0, encoding: 'cp437' },
  { number: 16, encoding: 'cp1252' },
  { number: 3, encoding: 'cp860' },
  { number: 4, encoding: 'cp863' },
  { number: 5, encoding: 'cp865' },
  { number: 6, encoding: 'cp852' },
  { number: 7, encoding: 'cp866' },
  { number: 8, encoding: 'cp857' },
]
