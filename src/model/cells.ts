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

export interface CellArrays {
  readonly start: Uint32Array
  readonly width: Uint8Array
  readonly zone: Uint8Array
  readonly code: Uint32Array
}

const blockBytes = 32_768
/** Texts are many and short, and a block of memory for each costs more than all that is done with it: they share one. */
let block = new ArrayBuffer(0)
let blockUsed = 0

/** Arrays of zeros for `length` cells. */
export function allocateCells(length: number): CellArrays {
  // Rounded, so that the next ones begin at a multiple of four.
  const bytes = (length * 10 + 7) & ~3
  const shared = bytes <= blockBytes / 8
  if (shared && blockUsed + bytes > block.byteLength) {
    block = new ArrayBuffer(blockBytes)
    blockUsed = 0
  }
  const buffer = shared ? block : new ArrayBuffer(bytes)
  const at = shared ? blockUsed : 0
  if (shared) blockUsed += bytes
  return {
    start: new Uint32Array(buffer, at, length + 1),
    code: new Uint32Array(buffer, at + length * 4 + 4, length),
    width: new Uint8Array(buffer, at + length * 8 + 4, length),
    zone: new Uint8Array(buffer, at + length * 9 + 4, length),
  }
}
