/**
 * The characters that a printer can print: its multi-byte zone, its verified code pages, and the characters that we can draw.
 */
import type { CodePageSlot, MultibyteZone } from '../model/charset.js'
import { ReceiptError } from '../model/errors.js'
import { codePage } from './code-pages.js'

export interface CharsetPage {
  readonly slot: CodePageSlot
  /** 128 characters for the bytes 80 to FF, with U+FFFD for bytes without a character. */
  readonly characters: string
}

/** Tells whether the embedded glyphs have a character for a cell of one or two half widths. */
export type CanDraw = (codePoint: number, cellWidth: 1 | 2) => boolean

export interface Charset {
  readonly zone: MultibyteZone
  /** A cell's zone is `ZONE_PAGE` plus the index here. At most 31. */
  readonly pages: readonly CharsetPage[]
  readonly canDraw: CanDraw
}

export interface CharsetOptions {
  readonly zone: MultibyteZone
  /** Verified pages in order of preference. Default: none. */
  readonly pages?: readonly CodePageSlot[]
  /** Default: no character can be drawn. */
  readonly canDraw?: CanDraw
}

/** Most code pages, because a set of pages is stored as the bits of a number. */
const MOST_PAGES = 31

/**
 * Makes a charset. Throws `ReceiptError`: `CODE_PAGE_UNKNOWN` for a page whose encoding is not in `codePageIds`, `CODE_PAGES_TOO_MANY`
 * above 31.
 */
export function makeCharset(options: CharsetOptions): Charset {
  const { pages = [] } = options
  if (pages.length > MOST_PAGES) {
    throw new ReceiptError(`a charset has at most ${MOST_PAGES} code pages, not ${pages.length}`, {
      code: 'CODE_PAGES_TOO_MANY',
      hint: 'name the pages that are verified on the printer',
    })
  }
  return {
    zone: options.zone,
    pages: pages.map((slot) => ({ slot, characters: codePage(slot.encoding) })),
    canDraw: options.canDraw ?? (() => false),
  }
}
