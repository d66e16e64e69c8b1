/** The print buffer of one line: items wait here until a feed prints them on a common bottom. */
import { drawCell, type Glyph } from '../glyphs/index.js'
import type { Bitmap } from '../model/bitmap.js'
import type { Align, TextStyle } from '../model/style.js'
import { turnGlyph } from './glyph-shapes.js'
import type { Sheet } from './sheet.js'

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
  readonly offset: number
}

export interface Line {
  readonly items: (GlyphItem | ImageItem)[]
  /** Where the next item stands. */
  x: number
  /** Rightmost dot reached, by items or moves. */
  widthDots: number
  heightDots: number
  /** Offset of the first thing in the line. */
  offset: number
}

export function emptyLine(): Line {
  return { items: [], x: 0, widthDots: 0, heightDots: 0, offset: 0 }
}

export function isEmptyLine(line: Line): boolean {
  return line.widthDots === 0 && line.heightDots === 0
}

export interface LinePlace {
  readonly areaLeft: number
  readonly areaWidth: number
  readonly align: Align
  readonly upsideDown: boolean
  readonly wrapped: boolean
}

/** Draws and logs the line at the sheet's head row. The paper is not fed. */
export function printLine(sheet: Sheet, line: Line, place: LinePlace): void {
  const top = sheet.headRow
  const shift = place.areaLeft + alignedX(line.widthDots, place)
  const from = sheet.glyphs.length
  sheet.reserve(top + line.heightDots + 1)
  for (const item of line.items) {
    const turned = place.upsideDown ? turnItem(item, line.widthDots) : item
    const height = itemHeight(item)
    const y = place.upsideDown ? top : top + line.heightDots - height
    if (turned.kind === 'glyph') putGlyph(sheet, turned, shift + turned.x, y)
    else putImage(sheet, turned, shift + turned.x, y, place.areaLeft + place.areaWidth)
  }
  sheet.usedRows = Math.max(sheet.usedRows, Math.min(top + line.heightDots, sheet.heightDots))
  sheet.lines.push({
    y: top,
    heightDots: line.heightDots,
    x: shift,
    widthDots: line.widthDots,
    from,
    to: sheet.glyphs.length,
    wrapped: place.wrapped,
  })
}

/** Where something of this width begins in the print area. */
export function alignedX(
  widthDots: number,
  place: { readonly areaWidth: number; readonly align: Align },
): number {
  const free = Math.max(0, place.areaWidth - widthDots)
  if (place.align === 'left') return 0
  return place.align === 'right' ? free : free >> 1
}

export function itemHeight(item: GlyphItem | ImageItem): number {
  return item.kind === 'glyph' ? item.heightDots : item.bitmap.heightDots * item.scaleY
}

function putGlyph(sheet: Sheet, item: GlyphItem, x: number, y: number): void {
  const { glyph, style, text, widthDots, heightDots, spacing, multibyte, offset } = item
  drawCell(sheet, glyph, { x, y, widthDots, heightDots }, style)
  if (spacing > 0) {
    const space = { x: x + widthDots, y, widthDots: spacing, heightDots }
    drawCell(sheet, undefined, space, style)
  }
  sheet.glyphs.push({ text, x, y, widthDots, heightDots, style, multibyte, offset })
}

function putImage(sheet: Sheet, item: ImageItem, x: number, y: number, clipRight: number): void {
  const { bitmap, scaleX, scaleY, offset } = item
  sheet.putImage({ x, y, bitmap, scaleX, scaleY, placement: 'in-line', offset }, clipRight)
}

/** The item as it stands in a line that is turned by 180°. */
function turnItem(item: GlyphItem | ImageItem, lineWidth: number): GlyphItem | ImageItem {
  if (item.kind === 'image') {
    const rows = turnGlyph(turnGlyph({ ...item.bitmap, rows: item.bitmap.data }))
    const x = lineWidth - item.x - item.bitmap.widthDots * item.scaleX
    return { ...item, x, bitmap: { ...item.bitmap, data: rows.rows } }
  }
  const x = lineWidth - item.x - item.widthDots
  const glyph = item.glyph === undefined ? undefined : turnGlyph(turnGlyph(item.glyph))
  return { ...item, x, glyph }
}
