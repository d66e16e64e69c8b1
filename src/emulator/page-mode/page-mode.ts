/** Page mode: text, images and symbols land in areas of a page, in four directions, and FF prints the page. */

import type { Rectangle } from '../../model/strip.js'
import { dotsX, dotsY, endLine, type Machine } from '../machine.js'
import { entriesOf, MAX_ROWS, Sheet } from '../sheet.js'
import { emptyLine, isEmptyLine } from '../text/line.js'
import {
  clearArea,
  copySheet,
  drawnRows,
  emptySheet,
  isEmptySheet,
  stampSheet,
} from './page-sheets.js'

/** Rows of a page, about 208 mm at 203 dpi, if the profile has no longer ones. */
const USUAL_PAGE_ROWS = 1662

/** Returns the rows of the longest page. Labels are compiled into pages as long as the profile allows, so the printer takes these too. */
function pageRowsOf({ profile }: Machine): number {
  return Math.max(USUAL_PAGE_ROWS, profile.pageModeDots ?? 0)
}

const KEPT_SHEETS = 8

/**
 * Printed pages may add at most a multiple of the stream to the log, because two bytes print a page of a hundred
 * glyphs again.
 */
const MAX_ENTRIES = 1_000_000
const ENTRIES_PER_BYTE = 10

/** Enters page mode, but only at the start of a line; a line that was begun goes on (TM-T88III specification p. 93). */
export function enterPageMode(machine: Machine, offset: number): void {
  if (machine.page !== undefined) return
  if (!isEmptyLine(machine.line)) {
    const message = 'ESC L works at the start of a line only: what follows prints as it comes'
    machine.paper.note('PAGE_MODE_IGNORED', message, offset)
    return
  }
  const { modes, paper } = machine
  const asked = modes.pageArea
  machine.page = {
    whole: new Sheet(paper.widthDots),
    area: asked ?? wholePage(machine),
    sheets: new Map(),
    bottom: asked === undefined ? 0 : asked.y + asked.heightDots,
    descent: 0,
    overflowed: false,
    full: false,
  }
  swapSpacing(machine)
  beginArea(machine)
  machine.line.offset = offset
}

function wholePage(machine: Machine): Rectangle {
  return { x: 0, y: 0, widthDots: machine.paper.widthDots, heightDots: pageRowsOf(machine) }
}

/** Begins the area with an empty sheet, as wide as its lines are long, and with the position at its start. */
function beginArea(machine: Machine): void {
  const { page, modes } = machine
  if (page === undefined) return
  const { widthDots, heightDots } = page.area
  const width = modes.pageDirection % 2 === 0 ? widthDots : heightDots
  const sheet = page.sheets.get(width) ?? new Sheet(width)
  if (page.sheets.size >= KEPT_SHEETS) page.sheets.clear()
  page.sheets.set(width, sheet)
  sheet.headRow = 0
  page.descent = 0
  machine.sheet = sheet
  machine.line = emptyLine()
}

/** Obeys `ESC W`. Outside page mode the area is kept until page mode begins. */
export function setPageArea(
  machine: Machine,
  asked: {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  },
  offset: number,
): void {
  const { page, modes, paper } = machine
  const x = dotsX(machine, asked.x)
  const y = dotsY(machine, asked.y)
  const pageRows = pageRowsOf(machine)
  if (x >= paper.widthDots || y >= pageRows || asked.width === 0 || asked.height === 0) {
    const message = 'ESC W asks for an area that is not on the page'
    machine.paper.note('PAGE_AREA_IGNORED', message, offset)
    return
  }
  const area: Rectangle = {
    x,
    y,
    widthDots: Math.max(1, Math.min(dotsX(machine, asked.width), paper.widthDots - x)),
    heightDots: Math.max(1, Math.min(dotsY(machine, asked.height), pageRows - y)),
  }
  if (page === undefined) {
    modes.pageArea = area
    return
  }
  stampArea(machine, offset)
  page.area = area
  page.bottom = Math.max(page.bottom, area.y + area.heightDots)
  page.overflowed = false
  beginArea(machine)
}

/** Obeys `ESC T`, and moves the position to the start of that direction. */
export function setPageDirection(machine: Machine, n: 0 | 1 | 2 | 3, offset: number): void {
  stampArea(machine, offset)
  machine.modes.pageDirection = n
  beginArea(machine)
}

/** Moves the baseline to `y` dots from the start of the area; a place outside of the area is ignored. */
export function movePageTo(machine: Machine, y: number, offset: number): void {
  const { page, profile } = machine
  if (page === undefined || y < 0 || y > areaRows(machine)) return
  flushPageLine(machine, offset)
  const cell = profile.fonts.A.heightDots
  machine.sheet.headRow = y - cell
  page.descent = Math.round(cell / 8)
}

/** Moves the baseline by `dy` dots. */
export function movePageBy(machine: Machine, dy: number, offset: number): void {
  const { page, sheet, profile } = machine
  if (page === undefined) return
  const cell = profile.fonts.A.heightDots
  const hanging = page.descent === 0 ? Math.round(cell / 8) : 0
  movePageTo(machine, sheet.headRow + cell - hanging + dy, offset)
}

/** Rows of the area, counted across its lines. */
function areaRows({ page, modes }: Machine): number {
  if (page === undefined) return 0
  return modes.pageDirection % 2 === 0 ? page.area.heightDots : page.area.widthDots
}

/** Puts a begun line on the page. The position stays on its row, at the end of the line. */
function flushPageLine(machine: Machine, offset: number): void {
  const { x } = machine.line
  endLine(machine, 0, offset)
  machine.line.x = x
  machine.line.widthDots = x
}

/** Moves the content of the area's sheet to its place on the page, turned by the direction of `ESC T`. */
function stampArea(machine: Machine, offset: number): void {
  const { page } = machine
  if (page === undefined) return
  endLine(machine, 0, offset)
  const { sheet } = machine
  if (isEmptySheet(sheet)) return
  const rows = areaRows(machine)
  const { top, bottom } = drawnRows(sheet)
  if ((top < 0 || bottom > rows) && !page.overflowed) {
    page.overflowed = true
    const message = 'what reaches above or below the print area of page mode is not printed'
    machine.paper.note('PAGE_AREA_OVERFLOW', message, offset)
  }
  stampSheet(sheet, rows, page.whole, page.area, machine.modes.pageDirection)
  emptySheet(sheet)
}

/** Prints the page under the head; the page itself stays as it is. */
export function printPage(machine: Machine, offset: number): void {
  const { page, paper } = machine
  if (page === undefined) return
  const { x } = machine.line
  stampArea(machine, offset)
  machine.line.x = x
  machine.line.widthDots = x
  const { whole } = page
  const rows = Math.min(Math.max(whole.usedRows, page.bottom), pageRowsOf(machine))
  if (paper.headRow < MAX_ROWS) {
    const entries = entriesOf(whole)
    const logged = machine.pageEntries + entries <= MAX_ENTRIES + ENTRIES_PER_BYTE * offset
    if (logged) machine.pageEntries += entries
    else if (entries > 0) {
      paper.note('PAGE_NOT_LOGGED', 'a page that is printed again and again is drawn only', offset)
    }
    copySheet(whole, paper, logged)
  }
  paper.seamRow = -1
  paper.feed(rows, offset)
}

/** Leaves page mode and drops the page. The area of `ESC W` is the whole page again; the direction of `ESC T` stays. */
export function leavePageMode(machine: Machine): void {
  if (machine.page === undefined) return
  machine.page = undefined
  machine.sheet = machine.paper
  machine.line = emptyLine()
  machine.pending.bytes = []
  machine.modes.pageArea = undefined
  swapSpacing(machine)
}

/** Exchanges the spacings, because page mode and standard mode have separate ones (TM-T88III specification p. 93). */
function swapSpacing({ modes }: Machine): void {
  const { lineSpacing, rightSpacing, hanziLeftSpacing, hanziRightSpacing } = modes
  const other = modes.otherSpacing
  modes.otherSpacing = { lineSpacing, rightSpacing, hanziLeftSpacing, hanziRightSpacing }
  Object.assign(modes, other)
}

/** Obeys `CAN`: empties the print area, whatever direction it was filled in, and returns to its start. */
export function clearPage(machine: Machine): void {
  const { page } = machine
  if (page === undefined) return
  machine.pending.bytes = []
  machine.line = emptyLine()
  emptySheet(machine.sheet)
  machine.sheet.headRow = 0
  page.descent = 0
  page.overflowed = false
  clearArea(page.whole, page.area)
}
