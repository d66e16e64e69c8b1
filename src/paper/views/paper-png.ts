/** Paper as a PNG: one bit per dot, black on white; with its edges and cuts on a desk, if asked. */

import { drawGlyph } from '../../glyphs/draw.js'
import { type Bitmap, blitBitmap, createBitmap, dotAt } from '../../model/bitmap.js'
import type { Paper } from '../../model/paper.js'
import { SCISSORS } from '../../model/scissors.js'
import {
  BRIDGE_DOTS,
  cutLines,
  dashDots,
  type Picture,
  type PictureOptions,
  type PicturePiece,
  pictureOf,
  toothDots,
} from './paper-picture.js'
import { writePng } from './png-file.js'

export type PngOptions = PictureOptions

/**
 * Draws a paper as a 1-bit grey PNG; with `edge` or `marks` as a PNG of five colours. Compare papers by their dots, not by these
 * bytes, because deflate differs between runtimes.
 *
 * @example
 * const png = paperToPng(paper, { scale: 2 })
 * String.fromCharCode(...png.subarray(1, 4)) // 'PNG'
 */
export function paperToPng(paper: Paper, options: PngOptions = {}): Uint8Array {
  const scale = options.scale ?? 1
  if (options.edge === true || options.marks === true) return colourPng(paper, options, scale)
  const framed = withMargin(paper.bitmap, options.marginDots ?? 0)
  const { widthDots: width, heightDots: height, data } = enlarge(framed, scale)
  return writePng({ width, height, depth: 1, data: inverted(data) })
}

/** Inverts all bits, because a set bit is white in PNG. */
function inverted(data: Uint8Array): Uint8Array {
  // Four bytes are inverted at once, in an array whose length is rounded up to four bytes.
  const words = new Uint32Array((data.length + 3) >> 2)
  const bytes = new Uint8Array(words.buffer)
  bytes.set(data)
  for (let i = 0; i < words.length; i++) words[i] = ~(words[i] as number)
  return bytes
}

/** Adds a margin. An empty paper becomes one white row, because a PNG cannot have 0 rows. */
function withMargin(bitmap: Bitmap, margin: number): Bitmap {
  if (margin === 0 && bitmap.heightDots > 0) return bitmap
  const height = Math.max(1, bitmap.heightDots + 2 * margin)
  const framed = createBitmap(bitmap.widthDots + 2 * margin, height)
  blitBitmap(framed, bitmap, margin, margin)
  return framed
}

function enlarge(bitmap: Bitmap, scale: number): Bitmap {
  if (scale === 1) return bitmap
  const large = createBitmap(bitmap.widthDots * scale, bitmap.heightDots * scale)
  drawGlyph(large, { ...bitmap, rows: bitmap.data }, 0, 0, { scaleX: scale, scaleY: scale })
  return large
}

const WHITE = 0
const BLACK = 1
const MARK = 2
const DESK = 3
const SHADE = 4
const palette: readonly (readonly [number, number, number])[] = [
  [255, 255, 255],
  [0, 0, 0],
  [128, 128, 128],
  [214, 209, 200],
  [170, 164, 154],
]

/** A picture of palette indices, one byte for each pixel. */
interface Canvas {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

function colourPng(paper: Paper, options: PngOptions, scale: number): Uint8Array {
  const picture = pictureOf(paper, options)
  const { widthDots: width, heightDots: height } = picture
  const canvas = { width, height, data: new Uint8Array(width * height) }
  if (options.edge === true) {
    canvas.data.fill(DESK)
    for (const piece of picture.pieces) drawSheet(canvas, picture, piece)
    for (const cut of picture.cuts) if (cut.mode === 'partial') drawBridge(canvas, picture, cut.y)
  }
  for (const piece of picture.pieces) drawDots(canvas, picture, piece, paper.bitmap)
  if (options.marks === true) for (const cut of picture.cuts) drawMark(canvas, picture, cut)
  const large = enlargeCanvas(canvas, scale)
  return writePng({ ...large, depth: 8, palette })
}

/** Paints a pixel. If `over` is given, only a pixel of that colour is painted, so that a mark does not hide dots. */
function paint(canvas: Canvas, x: number, y: number, colour: number, over?: number): void {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return
  const at = y * canvas.width + x
  if (over === undefined || canvas.data[at] === over) canvas.data[at] = colour
}

/** Draws a white piece of paper with a shaded rim, and with teeth where the paper was torn off. */
function drawSheet(canvas: Canvas, picture: Picture, piece: PicturePiece): void {
  const { paperX, paperWidth } = picture
  for (let x = 0; x < paperWidth; x++) {
    const tooth = toothAt(x)
    const from = piece.top - tooth
    const to = piece.cutBelow ? piece.bottom + tooth : canvas.height
    for (let y = from; y < to; y++) paint(canvas, paperX + x, y, WHITE)
    paint(canvas, paperX + x, from - 1, SHADE)
    if (piece.cutBelow) {
      paint(canvas, paperX + x, to, SHADE)
      paint(canvas, paperX + x, to + 1, SHADE)
    }
  }
  const bottom = piece.cutBelow ? piece.bottom : canvas.height
  for (let y = piece.top; y < bottom; y++) {
    paint(canvas, paperX - 1, y, SHADE)
    paint(canvas, paperX + paperWidth, y, SHADE)
    paint(canvas, paperX + paperWidth + 1, y, SHADE)
  }
}

/** Height of the teeth `x` dots from the left edge. */
function toothAt(x: number): number {
  const { width, height } = toothDots
  const inTooth = x % width
  const rise = Math.min(inTooth, width - inTooth)
  return Math.round((rise * height * 2) / width)
}

/** Draws the paper that a partial cut leaves in the middle. */
function drawBridge(canvas: Canvas, picture: Picture, row: number): void {
  const left = Math.round(picture.paperX + picture.paperWidth / 2 - BRIDGE_DOTS / 2)
  for (let y = row - 12; y < row + 12; y++) {
    for (let x = left; x < left + BRIDGE_DOTS; x++) paint(canvas, x, y, WHITE)
    paint(canvas, left - 1, y, SHADE, DESK)
    paint(canvas, left + BRIDGE_DOTS, y, SHADE, DESK)
  }
}

function drawDots(canvas: Canvas, picture: Picture, piece: PicturePiece, bitmap: Bitmap): void {
  for (let row = piece.from; row < piece.to; row++) {
    for (let x = 0; x < bitmap.widthDots; x++) {
      if (dotAt(bitmap, x, row)) {
        paint(canvas, picture.printX + x, piece.y + row - piece.from, BLACK)
      }
    }
  }
}

function drawMark(canvas: Canvas, picture: Picture, cut: Picture['cuts'][number]): void {
  for (const [from, to] of cutLines(picture, cut)) {
    for (let x = from; x < to; x++) {
      if ((x - from) % (dashDots.on + dashDots.off) >= dashDots.on) continue
      for (const y of [cut.y - 1, cut.y]) {
        paint(canvas, x, y, MARK, WHITE)
        paint(canvas, x, y, MARK, DESK)
      }
    }
  }
  const left = picture.paperX - SCISSORS[0].length - 6
  const top = cut.y - Math.ceil(SCISSORS.length / 2)
  for (const [y, row] of SCISSORS.entries()) {
    for (let x = 0; x < row.length; x++) if (row[x] === '#') paint(canvas, left + x, top + y, MARK)
  }
}

function enlargeCanvas(canvas: Canvas, scale: number): Canvas {
  if (scale === 1) return canvas
  const width = canvas.width * scale
  const height = canvas.height * scale
  const data = new Uint8Array(width * height)
  for (let y = 0; y < canvas.height; y++) {
    const row = data.subarray(y * scale * width, (y * scale + 1) * width)
    for (let x = 0; x < canvas.width; x++) {
      row.fill(canvas.data[y * canvas.width + x] as number, x * scale, (x + 1) * scale)
    }
    for (let k = 1; k < scale; k++) data.set(row, (y * scale + k) * width)
  }
  return { width, height, data }
}
