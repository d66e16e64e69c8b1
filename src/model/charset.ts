/** What characters a printer has: the multi-byte zone of its ROM and its verified code pages. */

/** Multi-byte ROMs. `gb18030-2byte` has the name of the standard and only its two-byte codes. */
export const multibyteZones = ['none', 'gb2312', 'gbk', 'gb18030-2byte', 'gb18030'] as const
export type MultibyteZone = (typeof multibyteZones)[number]

export interface CodePageSlot {
  /** The number of `ESC t n`. */
  readonly number: number
  /** The encoding's name, as in `charsets/`: `cp437`, `cp1252`. */
  readonly encoding: string
}

/** What to do with a character that the printer does not have. */
export type OnUnsupported = 'substitute' | 'draw' | 'error'
