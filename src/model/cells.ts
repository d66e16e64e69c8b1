/** Text after shaping: one cell per grapheme that prints, in typed arrays. After shaping, encoding cannot fail. */

/** How a cell is sent. Values of `Cells.zone`; a code page's zone is `ZONE_PAGE + index into Charset.pages`. */
export const ZONE_ASCII = 0
/** Two (or four) bytes in the printer's multi-byte mode. */
export const ZONE_MULTIBYTE = 1
/** Not in the printer: sent as dots. */
export const ZONE_DRAWN = 2
export const ZONE_PAGE = 3

export interface Cells {
  readonly length: number
  /** All cells' text, joined; after substitution. */
  readonly text: string
  /** UTF-16 offset in `text` where each cell begins; `length + 1` entries. */
  readonly start: Uint32Array
  /** 1 or 2: the width in half-width cells of what the printer will print. */
  readonly width: Uint8Array
  readonly zone: Uint8Array
  /** The bytes as one big-endian number (0x41, 0xD6D0, 0x81308436); for a drawn cell its code point. */
  readonly code: Uint32Array
}

/** `count` blanks. */
export function blankCells(count: number): Cells {
  return {
    length: count,
    text: ' '.repeat(count),
    start: Uint32Array.from({ length: count + 1 }, (_, i) => i),
    width: new Uint8Array(count).fill(1),
    zone: new Uint8Array(count).fill(ZONE_ASCII),
    code: new Uint32Array(count).fill(0x20),
  }
}

export function cellText(cells: Cells, index: number): string {
  return cells.text.slice(cells.start[index], cells.start[index + 1])
}

/** The cells `from` to `to` (exclusive), sharing the arrays. */
export function sliceCells(cells: Cells, from: number, to: number): Cells {
  if (from === 0 && to === cells.length) return cells
  const base = cells.start[from] as number
  const end = cells.start[to] as number
  const start = cells.start.slice(from, to + 1)
  for (let i = 0; i < start.length; i++) start[i] = (start[i] as number) - base
  return {
    length: to - from,
    text: cells.text.slice(base, end),
    start,
    width: cells.width.subarray(from, to),
    zone: cells.zone.subarray(from, to),
    code: cells.code.subarray(from, to),
  }
}

/** `cells` written `count` times. */
export function repeatCells(cells: Cells, count: number): Cells {
  const length = cells.length * count
  const start = new Uint32Array(length + 1)
  const width = new Uint8Array(length)
  const zone = new Uint8Array(length)
  const code = new Uint32Array(length)
  for (let i = 0; i < count; i++) {
    const at = i * cells.length
    width.set(cells.width, at)
    zone.set(cells.zone, at)
    code.set(cells.code, at)
    for (let c = 0; c <= cells.length; c++) {
      start[at + c] = i * cells.text.length + (cells.start[c] as number)
    }
  }
  return { length, text: cells.text.repeat(count), start, width, zone, code }
}
