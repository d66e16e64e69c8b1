/** Converts shaped cells to bytes: one for ASCII and code pages, two or four for the multi-byte zone, two or three for UTF-8. */
import { type Cells, PlainCells, ZONE_DRAWN } from '../model/cells.js'
import { XiaopiaoError } from '../model/errors.js'

/**
 * Returns the bytes of the cells `from` to `to` (exclusive), in order. The encoder has to set the mode or code page before them. Throws
 * `CELL_DRAWN` if one of the cells is drawn, because a drawn cell has dots and no bytes.
 */
export function cellBytes(cells: Cells, from = 0, to = cells.length): Uint8Array {
  if (cells instanceof PlainCells && from === 0 && to === cells.length) {
    const plain = new Uint8Array(cells.length + cells.wide)
    writePlainCells(cells, plain, 0)
    return plain
  }
  const bytes = new Uint8Array(countBytes(cells, from, to))
  let at = 0
  for (let i = from; i < to; i++) {
    const code = cells.code[i] as number
    if (code > 0xffffff) bytes[at++] = code >>> 24
    if (code > 0xffff) bytes[at++] = code >>> 16
    if (code > 0xff) bytes[at++] = code >>> 8
    bytes[at++] = code
  }
  return bytes
}

function countBytes(cells: Cells, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    if (cells.zone[i] === ZONE_DRAWN) {
      throw new XiaopiaoError(`cell ${i} is drawn as dots and has no bytes`, {
        code: 'CELL_DRAWN',
        hint: 'split the cells by zone and send drawn cells as an image',
      })
    }
    const code = cells.code[i] as number
    count += code > 0xffffff ? 4 : code > 0xffff ? 3 : code > 0xff ? 2 : 1
  }
  return count
}

/** Writes the bytes of `cells`, one or two each, into `target` from `start` on. Returns the offset after the last byte. */
export function writePlainCells(cells: PlainCells, target: Uint8Array, start: number): number {
  const { text, codes } = cells
  let at = start
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x7f) {
      target[at++] = unit
      continue
    }
    const code = codes[unit] as number
    target[at++] = code >>> 8
    target[at++] = code
  }
  return at
}
