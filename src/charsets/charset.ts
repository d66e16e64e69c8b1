/** What a printer can print of Unicode: its multi-byte zone, its verified code pages, and what we can draw. */
import type { CodePageSlot, MultibyteZone } from '../model/charset.js'
import { codePage } from './code-pages.js'

export interface CharsetPage {
  readonly slot: CodePageSlot
  /** 128 characters for the bytes 80 to FF; U+FFFD where there is none. */
  readonly characters: string
}

/** Whether the embedded glyphs have a character in a cell of one or two half widths. */
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
  /** Default: nothing can be drawn. */
  readonly canDraw?: CanDraw
}

/** Throws `CODE_PAGE_UNKNOWN` for a page whose encoding is not in `codePageIds`. */
export function makeCharset(options: CharsetOptions): Charset {
  const pages = (options.pages ?? []).slice(0, 31)
  return {
    zone: options.zone,
    pages: pages.map((slot) => ({ slot, characters: codePage(slot.encoding) })),
    canDraw: options.canDraw ?? (() => false),
  }
}
