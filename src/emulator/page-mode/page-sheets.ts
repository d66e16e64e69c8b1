/** The sheets of page mode: one for the area that is being filled, as it is read, and one for the whole page. */
import { fillRect, invertRect } from '../../glyphs/draw.js'
import { type Bitmap, blitBitmap, bytesPerRow, turnBitmap } from '../../model/bitmap.js'
import type { PrintedImage } from '../../model/paper.js'
import type { Rectangle } from '../../model/strip.js'
import { entriesOf, type Sheet } from '../sheet.js'

type Turn = 0 | 90 | 180 | 270

/** `ESC T`: 0 from the upper left to the right, 1 from the lower left up, 2 from the lower right to the left, 3 from the upper right down. */
const turns: readonly Turn[] = [0, 270, 180, 90]

export function isEmptySheet(sheet: Sheet): boolean {
  return entriesOf(sheet) === 0 && sheet.usedRows === 0
}

/** Makes the sheet white, with nothing in its log. */
export function emptySheet(sheet: Sheet): void {
  const used = Math.min(sheet.usedRows, sheet.heightDots)
  sheet.data.fill(0, 0, used * bytesPerRow(sheet.widthDots))
  sheet.usedRows = 0
  sheet.seamRow = -1
  for (const entries of Object.values(sheet.log)) entries.length = 0
}

/** The rows that are drawn on. Lines and symbols may begin above the sheet. */
export function drawnRows(sheet: Sheet): { top: number; bottom: number } {
  let top = 0
  for (const { y } of [...sheet.glyphs, ...sheet.images, ...sheet.symbols]) top = Math.min(top, y)
  return { top, bottom: sheet.usedRows }
}

/** Puts the content of the area's sheet at its place on the page, turned by `direction`. */
export function stampSheet(
  sheet: Sheet,
  rows: number,
  whole: Sheet,
  area: Rectangle,
  direction: 0 | 1 | 2 | 3,
): void {
  const turn = turns[direction] as Turn
  const size = { widthDots: sheet.widthDots, heightDots: rows }
  const move = (box: Rectangle) => movedBox(box, size, turn, area)
  const used = Math.min(rows, sheet.usedRows)
  const lines = move({ x: 0, y: 0, widthDots: size.widthDots, heightDots: used })
  whole.reserve(lines.y + lines.heightDots)
  whole.usedRows = Math.max(whole.usedRows, lines.y + lines.heightDots)
  const drawn = inkOf(sheet, used)
  if (drawn !== undefined) {
    const place = move(drawn.box)
    putDots(whole, turnBitmap(drawn.bitmap, turn), place.x, place.y)
  }
  const moved = <T extends Rectangle>(entry: T): T => ({ ...entry, ...move(entry) })
  const glyphsBefore = whole.glyphs.length
  for (const glyph of sheet.glyphs) whole.glyphs.push(moved(glyph))
  for (const symbol of sheet.symbols) whole.symbols.push(moved(symbol))
  for (const image of sheet.images) {
    const { scaleX, scaleY } = image
    const { x, y } = move(boxOf(image))
    const scales = turn % 180 === 0 ? { scaleX, scaleY } : { scaleX: scaleY, scaleY: scaleX }
    whole.images.push({ ...image, ...scales, bitmap: turnBitmap(image.bitmap, turn), x, y })
  }
  for (const line of sheet.lines) {
    const range = { from: line.from + glyphsBefore, to: line.to + glyphsBefore }
    whole.lines.push({ ...moved(line), ...range, ...(turn === 0 ? {} : { turn }) })
  }
  whole.notes.push(...sheet.notes)
}

/** Cuts out the black dots of the first `rows` rows, in whole bytes of each row. Undefined if all dots are white. */
function inkOf(sheet: Sheet, rows: number): { box: Rectangle; bitmap: Bitmap } | undefined {
  const stride = bytesPerRow(sheet.widthDots)
  sheet.reserve(rows)
  const { data } = sheet
  let [first, last, left, right] = [rows, -1, stride, -1]
  for (let y = 0; y < rows; y++) {
    for (let column = 0; column < stride; column++) {
      if (data[y * stride + column] === 0) continue
      if (first > y) first = y
      last = y
      if (left > column) left = column
      if (right < column) right = column
    }
  }
  if (last < 0) return undefined
  const columns = right + 1 - left
  const heightDots = last + 1 - first
  const widthDots = Math.min(columns * 8, sheet.widthDots - left * 8)
  const cut = new Uint8Array(columns * heightDots)
  for (let y = 0; y < heightDots; y++) {
    const from = (first + y) * stride + left
    cut.set(data.subarray(from, from + columns), y * columns)
  }
  const size = { widthDots, heightDots }
  return { box: { x: left * 8, y: first, ...size }, bitmap: { ...size, data: cut } }
}

/** A box of the area's sheet in dots of the page. */
function movedBox(
  { x, y, widthDots, heightDots }: Rectangle,
  size: { readonly widthDots: number; readonly heightDots: number },
  turn: Turn,
  area: Rectangle,
): Rectangle {
  const right = size.widthDots - x - widthDots
  const below = size.heightDots - y - heightDots
  if (turn === 0) return { x: area.x + x, y: area.y + y, widthDots, heightDots }
  if (turn === 180) return { x: area.x + right, y: area.y + below, widthDots, heightDots }
  const turned = { widthDots: heightDots, heightDots: widthDots }
  return turn === 90
    ? { x: area.x + below, y: area.y + x, ...turned }
    : { x: area.x + y, y: area.y + right, ...turned }
}

function boxOf({ x, y, bitmap, scaleX, scaleY }: PrintedImage): Rectangle {
  return { x, y, widthDots: bitmap.widthDots * scaleX, heightDots: bitmap.heightDots * scaleY }
}

/** ORs dots into a sheet, which grows. */
function putDots(sheet: Sheet, bitmap: Bitmap, x: number, y: number): void {
  const bottom = y + bitmap.heightDots
  sheet.reserve(bottom)
  blitBitmap(sheet, bitmap, x, y)
  sheet.usedRows = Math.max(sheet.usedRows, Math.min(bottom, sheet.heightDots))
}

/** Prints a page on the roll at its head, with the page's log only if `withLog` is true. */
export function copySheet(from: Sheet, to: Sheet, withLog: boolean): void {
  const down = to.headRow
  putDots(to, from.bitmap(), 0, down)
  if (!withLog) return
  const glyphsBefore = to.glyphs.length
  for (const glyph of from.glyphs) to.glyphs.push({ ...glyph, y: glyph.y + down })
  for (const image of from.images) to.images.push({ ...image, y: image.y + down })
  for (const symbol of from.symbols) to.symbols.push({ ...symbol, y: symbol.y + down })
  for (const line of from.lines) {
    const range = { from: line.from + glyphsBefore, to: line.to + glyphsBefore }
    to.lines.push({ ...line, ...range, y: line.y + down })
  }
  to.notes.push(...from.notes)
  from.notes.length = 0
}

/** Makes the area white, and drops the log entries that lie wholly in it. */
export function clearArea(sheet: Sheet, area: Rectangle): void {
  const { x, y, widthDots, heightDots } = area
  fillRect(sheet, x, y, widthDots, heightDots)
  invertRect(sheet, x, y, widthDots, heightDots)
  const stays = (box: Rectangle) =>
    box.x < x ||
    box.y < y ||
    box.x + box.widthDots > x + widthDots ||
    box.y + box.heightDots > y + heightDots
  // The number of glyphs before each glyph that stay, which is its new index for the lines.
  const staying = [0]
  for (const glyph of sheet.glyphs) {
    staying.push((staying.at(-1) as number) + (stays(glyph) ? 1 : 0))
  }
  const lines = sheet.lines.filter(stays).map((line) => ({
    ...line,
    from: staying[line.from] as number,
    to: staying[line.to] as number,
  }))
  replace(sheet.lines, lines)
  replace(sheet.glyphs, sheet.glyphs.filter(stays))
  replace(sheet.symbols, sheet.symbols.filter(stays))
  replace(
    sheet.images,
    sheet.images.filter((image) => stays(boxOf(image))),
  )
}

function replace<T>(list: T[], kept: readonly T[]): void {
  list.length = 0
  for (const entry of kept) list.push(entry)
}
