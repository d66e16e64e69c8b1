/** Shaped cells to bytes: ASCII and code pages one byte, the multi-byte zone two or four, UTF-8 two or three. */
import { type Cells, PlainCells, ZONE_DRAWN } from '../model/cells.js'
import { XiaopiaoError } from '../model/errors.js'

/**
 * The bytes of the cells `from` to `to` (exclusive), in order. Choosing the mode or page before them is the encoder's.
 * Throws `CELL_DRAWN` if one of them is drawn: it has dots and no bytes.
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

/** Writes the bytes of `cells`, one or two each, into `target` from `start` on. Answers where they end. */
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
