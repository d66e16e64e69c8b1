/**
 * The pages of each glyph file, so that a file is not read, or fetched in a browser, for a character that it lacks.
 */
import type { GlyphSetName } from '#glyph-data'

/** Pages of 256 code points, in hexadecimal; a test compares them with the files. */
const PAGES: Readonly<Record<GlyphSetName, string>> = {
  fonta: '0-5,10-11,1e-28,30,e0,f6,fb,ff',
  fontb: '0-6,e,10,12-13,16,1e-2a,2e,30,e0,f6,fb,fe-ff',
  gb2312: '0-4,20-27,2e-33,4e-9c,9e-9f,fe-ff,1f1-1f2',
  gbk: '4e-9f,f9-fa',
  gb18030:
    '34-4d,9f,f9-fa,200-201,206,20b-20c,213-215,229,235,23c,23e,241-242,248-24a,255,25a,25e,262,264,266-267,269,' +
    '26b-26c,278,27e-27f,284,286-287,28b-28c,28e,296,298,29f,2a7-2aa,2af,2b1,2b3-2b8,2ba-2be,2c0-2ce,2d5,2f8-2f9,30e,310',
  korean: '0-2,20-22,25,ac-d7',
  emoji: '20-21,23-27,29,2b,30,32,1f0-1f7,1f9-1fa,fe4,fe8',
  small: '0-4,20-26,30-9f,ac-d7,f9-fa,ff',
  pin: '0-5,1e,20-28,fb,ff',
}

const unfolded = new Map<GlyphSetName, ReadonlySet<number>>()

/** Whether the file has a page for the character, which need not hold the character itself. */
export function mayHold(name: GlyphSetName, codePoint: number): boolean {
  let pages = unfolded.get(name)
  if (pages === undefined) {
    pages = pagesOf(name)
    unfolded.set(name, pages)
  }
  return pages.has(codePoint >> 8)
}

/** The numbers of the pages that a file has. */
export function pagesOf(name: GlyphSetName): ReadonlySet<number> {
  const pages = new Set<number>()
  for (const range of PAGES[name].split(',')) {
    const [from = 0, to = from] = range.split('-').map((page) => Number.parseInt(page, 16))
    for (let page = from; page <= to; page++) pages.add(page)
  }
  return pages
}
