/**
 * Reader of the `.gfd` glyph format, `GFD2`: a header (width, height, bits of context, number of pages), the probability of black in
 * each context, a table of pages with presence bitmaps and places, and the pages. A page is the length of each of its groups (two
 * bytes), then the groups, each sixteen glyphs that are coded together.
 */
import { XiaopiaoError } from '../model/errors.js'
import { decodeDots, GROUP } from './dot-coder.js'

export interface Glyph {
  readonly widthDots: number
  readonly heightDots: number
  /** `heightDots` rows of `(widthDots + 7) >> 3` bytes, leftmost dot in the high bit. */
  readonly rows: Uint8Array
}

interface Page {
  /** Bit `128 >> (codePoint & 7)` of byte `(codePoint & 255) >> 3` is set if the page has the glyph. */
  readonly present: Uint8Array
  readonly block: Uint8Array
  /** The rows of the glyphs of a group in code point order, once decoded. */
  readonly groups: Map<number, Uint8Array>
}

export interface GlyphFile {
  readonly widthDots: number
  readonly heightDots: number
  /** Probability of a black dot in each context, in 256ths. */
  readonly model: Uint8Array
  readonly pages: ReadonlyMap<number, Page>
  readonly cache: Map<number, Glyph>
}

const HEADER_BYTES = 10
const PAGE_ENTRY_BYTES = 38
const MAGIC = 0x32444647

/** Reads the tables of a `.gfd` file without decoding a glyph. Throws `GLYPH_DATA_INVALID` on other bytes. */
export function openGlyphFile(bytes: Uint8Array): GlyphFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new XiaopiaoError('not a glyph file', {
      code: 'GLYPH_DATA_INVALID',
      hint: 'the glyph files of the package are damaged: install it again',
    })
  }
  const count = view.getUint16(8, true)
  const table = HEADER_BYTES + (1 << view.getUint8(6))
  const body = table + count * PAGE_ENTRY_BYTES
  const offset = (index: number) =>
    index < count ? body + view.getUint32(table + index * PAGE_ENTRY_BYTES + 2, true) : undefined
  const pages = new Map<number, Page>()
  for (let index = 0; index < count; index++) {
    const at = table + index * PAGE_ENTRY_BYTES
    pages.set(view.getUint16(at, true), {
      present: bytes.subarray(at + 6, at + PAGE_ENTRY_BYTES),
      block: bytes.subarray(offset(index), offset(index + 1)),
      groups: new Map(),
    })
  }
  return {
    widthDots: view.getUint8(4),
    heightDots: view.getUint8(5),
    model: bytes.subarray(HEADER_BYTES, table),
    pages,
    cache: new Map(),
  }
}

/** Whether the file has the character. No glyph is decoded. */
export function fileHasGlyph(file: GlyphFile, codePoint: number): boolean {
  const page = file.pages.get(codePoint >> 8)
  return page !== undefined && isPresent(page, codePoint)
}

/** Returns the dots of a character; undefined if the file lacks it. Its group is decoded at first use. */
export function glyphOfFile(file: GlyphFile, codePoint: number): Glyph | undefined {
  const cached = file.cache.get(codePoint)
  if (cached !== undefined) return cached
  const page = file.pages.get(codePoint >> 8)
  if (page === undefined || !isPresent(page, codePoint)) return undefined
  const rank = rankInPage(page, codePoint)
  const dots = groupOf(file, page, Math.floor(rank / GROUP))
  const size = ((file.widthDots + 7) >> 3) * file.heightDots
  const start = (rank % GROUP) * size
  const { widthDots, heightDots } = file
  const glyph: Glyph = { widthDots, heightDots, rows: dots.subarray(start, start + size) }
  file.cache.set(codePoint, glyph)
  return glyph
}

function groupOf(file: GlyphFile, page: Page, group: number): Uint8Array {
  let dots = page.groups.get(group)
  if (dots === undefined) {
    const { block } = page
    const total = glyphsInPage(page)
    const lengthOf = (one: number) =>
      (block[2 * one] as number) | ((block[2 * one + 1] as number) << 8)
    let start = 2 * Math.ceil(total / GROUP)
    for (let before = 0; before < group; before++) start += lengthOf(before)
    const code = block.subarray(start, start + lengthOf(group))
    dots = decodeDots(code, file, Math.min(GROUP, total - group * GROUP))
    page.groups.set(group, dots)
  }
  return dots
}

/** Turns columns (topmost dot in the high bit, whole bytes per column) into packed rows. */
export function rowsOfColumns(columns: Uint8Array, widthDots: number, heightDots: number) {
  const perColumn = (heightDots + 7) >> 3
  const perRow = (widthDots + 7) >> 3
  const rows = new Uint8Array(perRow * heightDots)
  for (let x = 0; x < widthDots; x++) {
    for (let y = 0; y < heightDots; y++) {
      const byte = columns[x * perColumn + (y >> 3)] ?? 0
      if ((byte & (0x80 >> (y & 7))) === 0) continue
      const at = y * perRow + (x >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return rows
}

function isPresent(page: Page, codePoint: number): boolean {
  return ((page.present[(codePoint & 0xff) >> 3] ?? 0) & (0x80 >> (codePoint & 7))) !== 0
}

/** Number of glyphs of the page before this character's glyph. */
function rankInPage(page: Page, codePoint: number): number {
  const last = (codePoint & 0xff) >> 3
  let rank = 0
  for (let i = 0; i < last; i++) rank += bitsSet(page.present[i] ?? 0)
  return rank + bitsSet((page.present[last] ?? 0) >> (8 - (codePoint & 7)))
}

function glyphsInPage(page: Page): number {
  let count = 0
  for (const byte of page.present) count += bitsSet(byte)
  return count
}

function bitsSet(byte: number): number {
  let count = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
}
