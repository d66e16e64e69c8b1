/**
 * Text after shaping: one cell per grapheme that prints, in typed arrays. After shaping, encoding cannot fail. Letters of scripts that
 * join, stack or run from right to left are shaped by a font that the caller gives, and drawn as dots.
 */

/** How a cell is sent. Values of `Cells.zone`; a code page's zone is `ZONE_PAGE + index into Charset.pages`. */
export const ZONE_ASCII = 0
/** Two (or four) bytes in the printer's multi-byte mode. */
export const ZONE_MULTIBYTE = 1
/** The printer lacks the character, so it is sent as dots. */
export const ZONE_DRAWN = 2
export const ZONE_PAGE = 3

/** Closed polygons, in em; y goes up from the baseline. */
export interface Outline {
  /** x and y of each corner. */
  readonly points: Float32Array
  /** Number of corners up to the end of each polygon. */
  readonly ends: Uint32Array
}

export interface PlacedOutline {
  readonly outline: Outline
  /** In em, from the letter's left on the baseline. */
  readonly x: number
  readonly y: number
}

/** A letter with its marks. Measures are in em. */
export interface ScriptLetter {
  readonly text: string
  /** Distance from the left edge of its word, so that letters of one word join without a gap when rounded to dots. */
  readonly at: number
  readonly advance: number
  /** How far ink reaches above and below the baseline. */
  readonly above: number
  readonly below: number
  readonly outlines: readonly PlacedOutline[]
}

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
  /** For each cell its letter, if its script is shaped. Absent if no cell has one. */
  readonly letters?: readonly (ScriptLetter | undefined)[]
  /** The embedding level of each cell; odd levels run from right to left. Absent if the whole paragraph runs from left to right. */
  readonly levels?: Uint8Array
}

/** Whether any cell holds a letter of a script that is shaped. */
export function hasLetters(cells: Cells): boolean {
  return !(cells instanceof PlainCells) && cells.letters !== undefined
}

export interface CellArrays {
  readonly start: Uint32Array
  readonly width: Uint8Array
  readonly zone: Uint8Array
  readonly code: Uint32Array
}

const BLOCK_BYTES = 32_768

/** A buffer that many texts share, because allocating one for each of many short texts would cost more than all work on it. */
let block = new ArrayBuffer(0)
let blockUsed = 0

/** Arrays of zeros for `length` cells. */
export function allocateCells(length: number): CellArrays {
  // Rounded up, so that the next arrays begin at a multiple of four.
  const bytes = (length * 10 + 7) & ~3
  const shared = bytes <= BLOCK_BYTES / 8
  if (shared && blockUsed + bytes > block.byteLength) {
    block = new ArrayBuffer(BLOCK_BYTES)
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

/**
 * Cells of text in which every UTF-16 unit is one cell: ASCII, or two bytes by the zone's table. Nearly all text is like that. The text
 * alone determines the cells, so the arrays are made only when they are read. Measuring, cutting and encoding do not read them.
 * @example new PlainCells('合计 5', zoneCodes('gbk'), 2).width // Uint8Array [2, 2, 1, 1]
 */
export class PlainCells implements Cells {
  readonly #codes: Uint16Array

  /**
   * @param codes two-byte code of each code unit that is not ASCII
   * @param wide how many cells are two half-width cells wide
   */
  constructor(
    readonly text: string,
    codes: Uint16Array,
    readonly wide: number,
  ) {
    this.#codes = codes
  }

  get length(): number {
    return this.text.length
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

  /** Returns the cells as a plain object with all arrays. */
  toJSON(): Cells {
    const { length, text, start, width, zone, code } = this
    return { length, text, start, width, zone, code }
  }

  #made(): CellArrays {
    if (lastMade?.cells !== this) {
      lastMade = { cells: this, arrays: makeArrays(this.text, this.#codes) }
    }
    return lastMade.arrays
  }
}

/**
 * The arrays of the text that was read last. Callers read all arrays of one text before those of the next, so one set is enough, and the
 * objects themselves stay small.
 */
let lastMade: { readonly cells: PlainCells; readonly arrays: CellArrays } | undefined

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

/** The result of `loadFonts`: the synchronous functions that shaping and layout need. */
export interface ScriptFonts {
  /**
   * Shapes a text of one script. Returns its letters in reading order; undefined if no font has all of its characters.
   * @param script name for messages, such as `Thai` or `Arabic`
   */
  readonly letters: (text: string, script: string) => readonly ScriptLetter[] | undefined
  /**
   * Returns the embedding level of each UTF-16 unit of a paragraph. Odd levels run from right to left.
   * @param isolates stretches that run from left to right whatever is around them, such as amounts
   * @param direction direction of the paragraph; default: that of its first letter outside of the isolates
   */
  readonly levels: (
    text: string,
    isolates: readonly { readonly from: number; readonly to: number }[],
    direction?: 'ltr' | 'rtl',
  ) => Uint8Array
  /** Returns the UTF-16 offsets at which words begin in scripts without blanks between words, such as Thai and Khmer. */
  readonly wordStarts: (text: string) => readonly number[]
}

/** Height of the baseline above the bottom of the cell, as a share of the cell's height. */
const BASELINE_PART = 5 / 24

/** Returns the dots of an em: the height of the font's cell times the size multiple, so that letters match the font's capitals. */
export function emDots(cellDots: number, multiple: number): number {
  return cellDots * multiple
}

/** Dots from the bottom of a cell up to the baseline. */
export function baselineDots(cellDots: number, multiple: number): number {
  return Math.round(cellDots * BASELINE_PART) * multiple
}

/** Width of a letter in dots, rounded so that the widths of a word's letters add up to the width of the word. */
export function letterDots({ at, advance }: ScriptLetter, em: number): number {
  return Math.round((at + advance) * em) - Math.round(at * em)
}
