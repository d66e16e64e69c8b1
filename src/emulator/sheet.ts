/** A sheet that is being printed on: one-bit rows that grow, the row under the print head, and the log. */
import { type DotTarget, drawGlyph } from '../glyphs/draw.js'
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { PrintedImage } from '../model/paper.js'
import { emptyLog, type OpenLog } from '../paper/algebra.js'

/** Most rows of a sheet, about 25 m of paper, because a stream could otherwise take memory without end. */
export const MAX_ROWS = 200_000

/** Most rows that are kept if rows are handed out. A picture or a page may exceed it, because it is drawn as a whole. */
const KEPT_ROWS = 2048
const FIRST_ROWS = 1024

export class Sheet implements DotTarget {
  readonly widthDots: number
  /** Rows that there is memory for; drawing stops there. */
  heightDots = 0
  data = new Uint8Array(0)
  /** Row of paper under the print head, at which the next line begins. */
  headRow = 0
  /** Lowest row that was fed past the head or drawn on. */
  usedRows = 0
  /** Row at which an image would continue the image before it, or -1. */
  seamRow = -1
  /** Number of rows of the roll that were handed out. All row numbers of the sheet count from the end of those. */
  rowsAbove = 0
  /** Takes rows off the sheet: those that the head has left behind, or all that were drawn on. */
  handOut: ((rows: 'done' | 'all') => void) | undefined
  /** Number of rows above the head that may still be drawn on, because a glyph may be higher than its cell. */
  overhang = 0
  /** All lists that a Paper logs. Those that commands write to have names below. */
  readonly log: OpenLog = emptyLog()
  readonly glyphs = this.log.glyphs
  readonly images = this.log.images
  readonly symbols = this.log.symbols
  readonly lines = this.log.lines
  readonly cuts = this.log.cuts
  readonly notes = this.log.notes
  #lastImage: PrintedImage | undefined
  /** Number of rows that may have been drawn on; `usedRows` may count fewer until the next feed. */
  #reachedRows = 0

  constructor(widthDots: number) {
    this.widthDots = widthDots
  }

  /** Makes rows up to `rows` ready to be drawn on. */
  reserve(rows: number): void {
    const wanted = Math.min(rows, MAX_ROWS)
    this.#reachedRows = Math.max(this.#reachedRows, wanted)
    if (wanted <= this.heightDots) return
    const capacity = Math.min(MAX_ROWS, Math.max(FIRST_ROWS, wanted, this.heightDots * 2))
    const grown = new Uint8Array(capacity * bytesPerRow(this.widthDots))
    grown.set(this.data)
    this.data = grown
    this.heightDots = capacity
  }

  /** Moves the paper; a negative feed moves it back. Beyond the end of the roll nothing moves any more. */
  feed(rows: number, offset: number): void {
    const left = this.handOut === undefined ? rows : this.#feedAndHandOut(rows, this.handOut)
    const wanted = Math.max(0, this.headRow + left)
    if (wanted > MAX_ROWS && this.headRow < MAX_ROWS) {
      this.note(
        'PAPER_END',
        `the virtual paper ends after ${MAX_ROWS} rows; what follows is not printed`,
        offset,
      )
    }
    this.headRow = Math.min(wanted, MAX_ROWS)
    this.usedRows = Math.max(this.usedRows, this.headRow)
  }

  note(code: string, message: string, offset: number): void {
    this.notes.push({ code, message, offset })
  }

  /** Draws and logs an image with its top left corner at (x, y); dots from `clipRight` on are dropped. */
  putImage(image: Omit<PrintedImage, 'continues'>, clipRight: number): void {
    const { bitmap, x, y, scaleX, scaleY } = image
    const bottom = y + bitmap.heightDots * scaleY
    this.reserve(bottom)
    const visible = Math.max(0, Math.ceil((clipRight - x) / scaleX))
    const drawn = visible < bitmap.widthDots ? cropWidth(bitmap, visible) : bitmap
    drawGlyph(this, { ...drawn, rows: drawn.data }, x, y, { scaleX, scaleY })
    this.usedRows = Math.max(this.usedRows, Math.min(bottom, MAX_ROWS))
    this.#lastImage = { ...image, continues: this.#continuesLastImage(image) }
    this.images.push(this.#lastImage)
  }

  /** A copy of the dots printed so far. */
  bitmap(): Bitmap {
    const rows = Math.min(this.usedRows, MAX_ROWS)
    this.reserve(rows)
    const size = rows * bytesPerRow(this.widthDots)
    return { widthDots: this.widthDots, heightDots: rows, data: this.data.slice(0, size) }
  }

  /** Returns the number of rows that can be handed out. */
  rowsOf(rows: 'done' | 'all'): number {
    if (rows === 'all') return Math.max(this.headRow, this.usedRows)
    return Math.max(0, this.headRow - this.overhang)
  }

  /** Forgets rows that were handed out; the memory of those rows is white again. */
  forgetRows(rows: 'done' | 'all'): void {
    const stride = bytesPerRow(this.widthDots)
    const moved = rows === 'all' ? this.headRow : this.rowsOf(rows)
    const reached = this.#reachedRows
    const kept = rows === 'all' ? 0 : Math.max(0, reached - moved)
    if (kept > 0) this.data.copyWithin(0, moved * stride, reached * stride)
    this.data.fill(0, kept * stride, reached * stride)
    this.#reachedRows = kept
    this.usedRows = rows === 'all' ? 0 : this.usedRows - moved
    this.headRow -= moved
    this.rowsAbove += moved
    this.seamRow = this.seamRow < moved ? -1 : this.seamRow - moved
  }

  /**
   * Hands rows out before there are too many, and before the paper moves back over rows that are already handed out.
   * Returns the number of rows that are left to feed.
   */
  #feedAndHandOut(rows: number, handOut: (rows: 'done' | 'all') => void): number {
    let left = rows
    if (left < 0 && this.headRow + left < this.overhang && this.rowsAbove > 0) {
      handOut('all')
      this.seamRow = -1
      const head = Math.max(0, this.rowsAbove + left)
      this.headRow = Math.min(head, this.overhang)
      this.usedRows = this.headRow
      this.rowsAbove = head - this.headRow
      left = 0
    }
    while (this.headRow + left > KEPT_ROWS) {
      const step = Math.min(left, Math.max(1, KEPT_ROWS - this.headRow))
      this.headRow += step
      this.usedRows = Math.max(this.usedRows, this.headRow)
      left -= step
      handOut('done')
    }
    return left
  }

  #continuesLastImage(image: Omit<PrintedImage, 'continues'>): boolean {
    const last = this.#lastImage
    return (
      last !== undefined &&
      image.y === this.seamRow &&
      image.x === last.x &&
      image.placement === last.placement &&
      image.scaleX === last.scaleX &&
      image.scaleY === last.scaleY &&
      image.bitmap.widthDots === last.bitmap.widthDots
    )
  }
}

/** The leftmost `widthDots` dots of a picture. */
function cropWidth(bitmap: Bitmap, widthDots: number): Bitmap {
  const from = bytesPerRow(bitmap.widthDots)
  const to = bytesPerRow(widthDots)
  const data = new Uint8Array(to * bitmap.heightDots)
  const lastMask = (0xff00 >> (widthDots & 7 || 8)) & 0xff
  for (let row = 0; row < bitmap.heightDots; row++) {
    data.set(bitmap.data.subarray(row * from, row * from + to), row * to)
    if (to > 0) data[(row + 1) * to - 1] = (data[(row + 1) * to - 1] ?? 0) & lastMask
  }
  return { widthDots, heightDots: bitmap.heightDots, data }
}

/** Returns the number of glyphs, images, symbols and lines in the sheet's log. */
export function entriesOf({ glyphs, images, symbols, lines }: Sheet): number {
  return glyphs.length + images.length + symbols.length + lines.length
}
