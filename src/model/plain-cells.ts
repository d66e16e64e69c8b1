/** Cells of text in which every UTF-16 unit is one cell: ASCII, or two bytes by the zone's table. Nearly all text is so. */

import { allocateCells, type CellArrays, type Cells, ZONE_ASCII, ZONE_MULTIBYTE } from './cells.js'

/**
 * The text itself says all, so that the arrays are made only for who asks: measuring, cutting and encoding do not.
 * @example new PlainCells('合计 5', zoneCodes('gbk'), 2).width // Uint8Array [2, 2, 1, 1]
 */
export class PlainCells implements Cells {
  readonly length: number
  readonly #codes: Uint16Array
  #arrays: CellArrays | undefined

  /**
   * @param codes two-byte code of each code unit that is not ASCII
   * @param wide how many cells are two half-width cells wide
   */
  constructor(
    readonly text: string,
    codes: Uint16Array,
    readonly wide: number,
  ) {
    this.length = text.length
    this.#codes = codes
  }

  get codes(): Uint16Array {
    return this.#codes
  }

  get start(): Uint32Array {
    return this.#made().start
  }

  get width(): Uint8Array {
    return this.#made().width
  }

  get zone(): Uint8Array {
    return this.#made().zone
  }

  get code(): Uint32Array {
    return this.#made().code
  }

  /** The cells `from` to `to` (exclusive). */
  slice(from: number, to: number): PlainCells {
    const text = this.text.slice(from, to)
    return new PlainCells(text, this.#codes, this.wide === 0 ? 0 : wideIn(text))
  }

  repeat(count: number): PlainCells {
    return new PlainCells(this.text.repeat(count), this.#codes, this.wide * count)
  }

  /** With the arrays, as any cells. */
  toJSON(): Cells {
    const { length, text, start, width, zone, code } = this
    return { length, text, start, width, zone, code }
  }

  #made(): CellArrays {
    if (this.#arrays === undefined) this.#arrays = makeArrays(this.text, this.#codes)
    return this.#arrays
  }
}

function makeArrays(text: string, codes: Uint16Array): CellArrays {
  const { length } = text
  const arrays = allocateCells(length)
  const { start, width, zone, code } = arrays
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    const isAscii = unit < 0x7f
    start[i] = i
    width[i] = isAscii ? 1 : 2
    zone[i] = isAscii ? ZONE_ASCII : ZONE_MULTIBYTE
    code[i] = isAscii ? unit : (codes[unit] as number)
  }
  start[length] = length
  return arrays
}

function wideIn(text: string): number {
  let wide = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x7f) wide++
  return wide
}
