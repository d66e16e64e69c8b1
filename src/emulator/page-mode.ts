/** Page mode, the useful part: text and images land on a page that FF prints; directions other than 0 print as 0. */
import { bytesPerRow } from '../model/bitmap.js'
import { breakPending } from './characters.js'
import { emptyLine } from './line.js'
import { dropLine, endLine, type Machine } from './machine.js'
import { maximumRows, Sheet } from './sheet.js'

export interface PageMode {
  /** The print area of `ESC W` on the page. */
  x: number
  y: number
  widthDots: number
  heightDots: number
  /** Row at which the lowest area set so far ends: the page is that long at least. */
  bottom: number
}

/** Rows of a page: 200 mm at 203 dpi. */
const pageRows = 1662

export function enterPageMode(machine: Machine, offset: number): void {
  if (machine.page !== undefined) return
  dropLine(machine, 'LINE_LOST', 'ESC L in the middle of a line dropped it')
  machine.sheet = new Sheet(machine.paper.widthDots)
  const { widthDots } = machine.paper
  machine.page = { x: 0, y: 0, widthDots, heightDots: pageRows, bottom: 0 }
  machine.line.offset = offset
}

export function setPageArea(
  machine: Machine,
  area: { x: number; y: number; width: number; height: number },
  offset: number,
): void {
  const { page, sheet, modes } = machine
  if (page === undefined) return
  flushPageLine(machine, offset)
  page.x = Math.min(Math.round(area.x * modes.unitX), sheet.widthDots - 1)
  page.y = Math.min(Math.round(area.y * modes.unitY), pageRows)
  page.widthDots = Math.min(Math.round(area.width * modes.unitX), sheet.widthDots - page.x)
  page.heightDots = Math.min(Math.round(area.height * modes.unitY), pageRows)
  page.bottom = Math.max(page.bottom, Math.min(page.y + page.heightDots, pageRows))
  sheet.headRow = page.y
}

/** Vertical position in the print area, in dots from its top. */
export function movePageTo(machine: Machine, y: number, offset: number): void {
  if (machine.page === undefined) return
  flushPageLine(machine, offset)
  machine.sheet.headRow = Math.max(0, Math.min(machine.page.y + y, pageRows))
}

/** Puts a begun line on the page and stays on its row. */
function flushPageLine(machine: Machine, offset: number): void {
  breakPending(machine)
  const row = machine.sheet.headRow
  endLine(machine, 0, offset)
  machine.sheet.headRow = row
}

/** Prints the page under the head; the page itself stays as it is. */
export function printPage(machine: Machine, offset: number): void {
  const { page, sheet, paper } = machine
  if (page === undefined) return
  flushPageLine(machine, offset)
  const rows = Math.min(Math.max(sheet.usedRows, page.bottom), pageRows)
  copyRows(sheet, paper, rows)
  moveLogs(sheet, paper, paper.headRow)
  paper.seamRow = -1
  paper.feed(rows, offset)
}

export function leavePageMode(machine: Machine): void {
  machine.page = undefined
  machine.sheet = machine.paper
  machine.line = emptyLine()
  machine.pending.bytes = []
}

/** Empties the page and goes on in page mode. */
export function clearPage(machine: Machine): void {
  if (machine.page === undefined) return
  machine.sheet = new Sheet(machine.paper.widthDots)
  machine.sheet.headRow = machine.page.y
  machine.line = emptyLine()
  machine.pending.bytes = []
}

function copyRows(from: Sheet, to: Sheet, rows: number): void {
  from.reserve(rows)
  to.reserve(to.headRow + rows)
  const stride = bytesPerRow(to.widthDots)
  const copied = Math.min(rows, maximumRows - to.headRow, from.heightDots)
  const base = to.headRow * stride
  for (let i = 0; i < copied * stride; i++) {
    to.data[base + i] = (to.data[base + i] ?? 0) | (from.data[i] ?? 0)
  }
}

function moveLogs(from: Sheet, to: Sheet, rows: number): void {
  const firstGlyph = to.glyphs.length
  for (const glyph of from.glyphs) to.glyphs.push({ ...glyph, y: glyph.y + rows })
  for (const image of from.images) to.images.push({ ...image, y: image.y + rows })
  for (const symbol of from.symbols) to.symbols.push({ ...symbol, y: symbol.y + rows })
  for (const line of from.lines) {
    const range = { from: line.from + firstGlyph, to: line.to + firstGlyph }
    to.lines.push({ ...line, ...range, y: line.y + rows })
  }
  to.notes.push(...from.notes)
}
