/** Chooses the code page of each single-byte cell so that the page changes as seldom as possible. */
import { type Cells, ZONE_PAGE } from '../model/cells.js'
import { cellText } from '../model/cut-cells.js'
import type { Charset } from './charset.js'
import { codePointAt } from './clusters.js'
import { codePageBytes } from './code-pages.js'

interface Place {
  readonly cells: Cells
  readonly index: number
  readonly codePoint: number
}

/**
 * Chooses the pages of texts that are printed one after another, and returns their cells. A stretch keeps one page for as long as that
 * page has all of its characters, because that gives the fewest changes. Cells of other kinds in between do not end a stretch.
 */
export function fewestPageChanges(texts: readonly Cells[], charset: Charset): readonly Cells[] {
  if (charset.pages.length < 2) return texts
  const settled = texts.map(copyPaged)
  let stretch: Place[] = []
  let common = -1
  for (const cells of settled) {
    for (let index = 0; index < cells.length; index++) {
      if ((cells.zone[index] as number) < ZONE_PAGE) continue
      const codePoint = codePointAt(cellText(cells, index), 0)
      const pages = pagesWith(codePoint, charset)
      if ((common & pages) === 0) {
        settle(stretch, common, charset)
        stretch = []
        common = -1
      }
      common &= pages
      stretch.push({ cells, index, codePoint })
    }
  }
  settle(stretch, common, charset)
  return settled
}

/** Copies the arrays that will change, if any cell is of a code page. */
function copyPaged(cells: Cells): Cells {
  if (!cells.zone.some((zone) => zone >= ZONE_PAGE)) return cells
  return { ...cells, zone: cells.zone.slice(), code: cells.code.slice() }
}

/** Returns the set of pages that have the character: bit i stands for page i of the charset. */
function pagesWith(codePoint: number, charset: Charset): number {
  let pages = 0
  for (const [index, { slot }] of charset.pages.entries()) {
    if (codePageBytes(slot.encoding).has(codePoint)) pages |= 1 << index
  }
  return pages
}

/** Sets all cells of a stretch to the first page of the set. */
function settle(stretch: readonly Place[], pages: number, charset: Charset): void {
  const page = 31 - Math.clz32(pages & -pages)
  const encoding = charset.pages[page]?.slot.encoding
  if (encoding === undefined) return
  const bytes = codePageBytes(encoding)
  for (const { cells, index, codePoint } of stretch) {
    const byte = bytes.get(codePoint)
    if (byte === undefined) continue
    cells.zone[index] = ZONE_PAGE + page
    cells.code[index] = byte
  }
}
