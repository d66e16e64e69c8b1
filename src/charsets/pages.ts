/** Which code page each single-byte cell is sent in: as few changes of page as can be. */
import { ZONE_PAGE } from '../model/cells.js'
import type { CellBuffer } from './cell-buffer.js'
import type { Charset } from './charset.js'
import { codePageBytes } from './code-pages.js'

/**
 * Gives the cells that wait for a page their page and byte. A stretch keeps one page for as long as one has all of
 * it, which is the least number of changes; ASCII and multi-byte cells between do not end it.
 */
export function assignPages(buffer: CellBuffer, charset: Charset): void {
  let from = 0
  let common = -1
  for (let i = 0; i < buffer.length; i++) {
    const pages = buffer.pages[i] as number
    if (pages === 0) continue
    if ((common & pages) === 0) {
      assignStretch(buffer, charset, from, i, common)
      from = i
      common = -1
    }
    common &= pages
  }
  if (common !== -1) assignStretch(buffer, charset, from, buffer.length, common)
}

function assignStretch(
  buffer: CellBuffer,
  charset: Charset,
  from: number,
  to: number,
  pages: number,
): void {
  const index = 31 - Math.clz32(pages & -pages)
  const page = charset.pages[index]
  if (page === undefined) return
  const bytes = codePageBytes(page.slot.encoding)
  for (let i = from; i < to; i++) {
    if (buffer.pages[i] === 0) continue
    buffer.zone[i] = ZONE_PAGE + index
    buffer.code[i] = bytes.get(buffer.code[i] as number) ?? 0x3f
  }
}
