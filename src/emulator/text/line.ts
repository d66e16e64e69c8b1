/** The print buffer of one line: items wait here until a feed prints them on a common bottom. */
import { drawCell } from '../../glyphs/draw-cell.js'
import type { Glyph } from '../../glyphs/glyph-file.js'
import { type Bitmap, blitBitmap, turnBitmap } from '../../model/bitmap.js'
import type { Align, TextStyle } from '../../model/style.js'
import type { Sheet } from '../sheet.js'
import { turnGlyph } from './glyph-shapes.js'

export interface GlyphItem {
  readonly kind: 'glyph'
  /** Left edge of the cell from the left edge of the print area. */
  readonly x: number
  readonly widthDots: number
  readonly heightDots: number
  /** Dots after the cell that are underlined and inverted with it. */
  readonly spacing: number
  /** Undefined for a blank. */
  readonly glyph: Glyph | undefined
  /** Turned by `ESC V`: commands that make characters wide make these high, and they are never underlined. */
  readonly turned: boolean
  readonly text: string
  readonly style: TextStyle
  readonly multibyte: boolean
  readonly offset: number
}

export interface ImageItem {
  readonly kind: 'image'
  readonly x: number
  readonly bitmap: Bitmap
  readonly scaleX: number
  readonly scaleY: number
  /**
   * Dots by which the picture is raised above the bottom of a higher line, because characters have a pin below those of
   * pictures. Default 0.
   */
  readonly raisedDots?: number
  readonly offset: number
}

/** A barcode or two-dimensional symbol in a line of page mode. */
export interface SymbolItem {
  readonly kind: 'symbol'
  readonly x: number
  readonly bitmap: Bitmap
  /** Rows of the symbol that hang below the line: human readable text. */
  readonly below: number
  readonly symbol: string
  readonly data: string
  readonly offset: number
}

export type LineItem = GlyphItem | ImageItem | SymbolItem

export interface LineBuffer {
  readonly items: LineItem[]
  /** The position of the next item. */
  x: number
  /** Rightmost dot reached, by items or moves. */
  widthDots: number
  heightDots: number
  /** Offset in the stream of the command that began the line. */
  offset: number
  /** Approximate memory of the items in bytes. */
  bytes: number
}

export function emptyLine(): LineBuffer {
  return { items: [], x: 0, widthDots: 0, heightDots: 0, offset: 0, bytes: 0 }
}

export function isEmptyLine(line: LineBuffer): boolean {
  return line.widthDots === 0 && line.heightDots === 0
}

export interface LinePlace {
  readonly areaLeft: number
  readonly areaWidth: number
  readonly align: Align
  readonly upsideDown: boolean
  readonly wrapped: boolean
  /** The row on which the items rest. */
  readonly bottom: number
  /** Rows of characters below `bottom`. Default 0. */
  readonly descent?: number
}

/** Draws and logs the line. The paper is not fed. */
export function printLine(sheet: Sheet, line: LineBuffer, place: LinePlace): void {
  const { bottom, upsideDown, descent = 0 } = place
  const top = bottom - line.heightDots
  const shift = place.areaLeft + alignedX(line.widthDots, place)
  const from = sheet.glyphs.length
  const hanging = Math.max(descent, rowsBelow(line))
  sheet.reserve(bottom + hanging + 1)
  for (const item of line.items) {
    const turned = upsideDown ? turnItem(item, line.widthDots) : item
    const raised = item.kind === 'image' ? (item.raisedDots ?? 0) : 0
    const y = upsideDown ? top : Math.max(top, bottom - raised - itemHeight(item))
    const x = shift + turned.x
    if (turned.kind === 'glyph') putGlyph(sheet, turned, x, y + descent)
    else if (turned.kind === 'image') {
      putImage(sheet, turned, x, y, place.areaLeft + place.areaWidth)
    } else putSymbolItem(sheet, turned, x, y)
  }
  sheet.usedRows = Math.max(sheet.usedRows, Math.min(bottom + hanging, sheet.heightDots))
  sheet.lines.push({
    y: top + (line.items.every(({ kind }) => kind === 'glyph') ? descent : 0),
    heightDots: line.heightDots,
    x: shift,
    widthDots: line.widthDots,
    from,
    to: sheet.glyphs.length,
    wrapped: place.wrapped,
    ...(upsideDown ? { turn: 180 } : {}),
  })
}

/** Rows that hang below the line. */
function rowsBelow({ items }: LineBuffer): number {
  let rows = 0
  for (const item of items) if (item.kind === 'symbol') rows = Math.max(rows, item.below)
  return rows
}

/** Returns the x of an item of this width in the print area. An item that is upside down begins at the right. */
export function alignedX(
  widthDots: number,
  place: { readonly areaWidth: number; readonly align: Align; readonly upsideDown?: boolean },
): number {
  const free = Math.max(0, place.areaWidth - widthDots)
  const x = place.align === 'left' ? 0 : place.align === 'right' ? free : free >> 1
  return place.upsideDown === true ? free - x : x
}

/** Rows of the item above the line on which it rests. */
export function itemHeight(item: LineItem): number {
  if (item.kind === 'glyph') return item.heightDots
  if (item.kind === 'image') return item.bitmap.heightDots * item.scaleY
  return item.bitmap.heightDots - item.below
}

export function itemWidth(item: LineItem): number {
  if (item.kind === 'glyph') return item.widthDots
  return item.bitmap.widthDots * (item.kind === 'image' ? item.scaleX : 1)
}

function putGlyph(sheet: Sheet, item: GlyphItem, x: number, y: number): void {
  const { glyph, style, text, widthDots, heightDots, spacing, multibyte, offset } = item
  const drawn = item.turned ? turnedStyle(style) : style
  drawCell(sheet, glyph, { x, y, widthDots, heightDots }, drawn)
  if (spacing > 0) {
    const space = { x: x + widthDots, y, widthDots: spacing, heightDots }
    drawCell(sheet, undefined, space, drawn)
  }
  sheet.glyphs.push({ text, x, y, widthDots, heightDots, style, multibyte, offset })
}

function putImage(sheet: Sheet, item: ImageItem, x: number, y: number, clipRight: number): void {
  const { bitmap, scaleX, scaleY, offset } = item
  sheet.putImage({ x, y, bitmap, scaleX, scaleY, placement: 'in-line', offset }, clipRight)
}

function putSymbolItem(sheet: Sheet, item: SymbolItem, x: number, y: number): void {
  const { bitmap, symbol: kind, data, offset } = item
  const { widthDots, heightDots } = bitmap
  blitBitmap(sheet, bitmap, x, y)
  sheet.symbols.push({ kind, data, x, y, widthDots, heightDots, offset })
}

/** The style in which a character that `ESC V` has turned is drawn (TM-T88III specification p. 98). */
function turnedStyle(style: TextStyle): TextStyle {
  return { ...style, width: style.height, height: style.width, underline: 0 }
}

/** The item in its place after the line is turned by 180°. */
function turnItem(item: LineItem, lineWidth: number): LineItem {
  const x = lineWidth - item.x - itemWidth(item)
  if (item.kind !== 'glyph') return { ...item, x, bitmap: turnBitmap(item.bitmap, 180) }
  const glyph = item.glyph === undefined ? undefined : turnGlyph(turnGlyph(item.glyph))
  return { ...item, x, glyph }
}
