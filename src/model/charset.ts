/** The characters of a printer: the multi-byte zone of its ROM and its verified code pages. */

/**
 * Multi-byte ROMs. `gb18030-2byte` has the name of the standard and only its two-byte codes; `shift_jis` is JIS X 0208,
 * `euc-kr` is KS C 5601-1987; `utf8` is a printer that reads UTF-8; `tis620` is a Thai printer, which reads one byte a character
 * by TIS-620 until `ESC t` chooses another page.
 */
export const multibyteZones = [
  'none',
  'gb2312',
  'gbk',
  'gb18030-2byte',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
  'utf8',
  'tis620',
] as const
export type MultibyteZone = (typeof multibyteZones)[number]

export interface CodePageSlot {
  /** The number of `ESC t n`. */
  readonly number: number
  /** The encoding's name, as in `charsets/`: `cp437`, `cp1252`. */
  readonly encoding: string
}

/** How to treat a character that the printer lacks. */
export type OnUnsupported = 'substitute' | 'draw' | 'error'
