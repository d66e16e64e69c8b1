/** Where things stand: alignment, margins, tabs, moves, feeds, page mode. */
import { cellOf } from './characters.js'
import { digit, type Handlers, swallow } from './handlers.js'
import { emptyLine, isEmptyLine } from './line.js'
import { advance, dropLine, endLine, finishLine, type Machine, printArea } from './machine.js'
import { powerOnModes } from './modes.js'
import {
  clearPage,
  enterPageMode,
  leavePageMode,
  movePageTo,
  printPage,
  setPageArea,
} from './page-mode.js'

export const positionCommands = {
  lineFeed: (machine, _, offset) => endLine(machine, machine.modes.lineSpacing, offset),
  feedDots: (machine, { n }, offset) =>
    endLine(machine, Math.round(n * machine.modes.unitY), offset),
  feedLines: (machine, { n }, offset) => endLine(machine, n * machine.modes.lineSpacing, offset),
  reverseFeedDots: (machine, { n }, offset) =>
    reverse(machine, Math.round(n * machine.modes.unitY), offset),
  reverseFeedLines: (machine, { n }, offset) =>
    reverse(machine, n * machine.modes.lineSpacing, offset),
  horizontalTab: (machine, _, offset) => {
    const { areaWidth } = printArea(machine)
    if (machine.line.x > areaWidth) endLine(machine, machine.modes.lineSpacing, offset, true)
    const stop = machine.modes.tabs.find((tab) => tab > machine.line.x)
    if (stop === undefined) return
    // Beyond the print area the next character finds the line full.
    advance(machine, Math.min(stop, areaWidth + 1), 0, offset)
  },
  setTabs: (machine, { stops }) => {
    const { modes, profile } = machine
    const cell = cellOf(profile.fonts, modes.font).widthDots * modes.width + modes.rightSpacing
    modes.tabs = [...stops].map((stop) => stop * cell)
  },
  moveTo: (machine, { x }, offset) => moveTo(machine, Math.round(x * machine.modes.unitX), offset),
  moveBy: (machine, { dx }, offset) =>
    moveTo(machine, machine.line.x + Math.round(dx * machine.modes.unitX), offset),
  align: (machine, { n }, offset) => {
    const align = (['left', 'center', 'right'] as const)[digit(n)]
    if (align === undefined) return
    if (isEmptyLine(machine.line)) machine.modes.align = align
    else if (align !== machine.modes.align) {
      machine.paper.note('ALIGN_IGNORED', 'ESC a works at the start of a line only', offset)
    }
  },
  leftMargin: (machine, { dots }) => {
    if (isEmptyLine(machine.line)) {
      machine.modes.leftMargin = Math.round(dots * machine.modes.unitX)
    }
  },
  printWidth: (machine, { dots }) => {
    if (isEmptyLine(machine.line)) {
      machine.modes.areaWidth = Math.round(dots * machine.modes.unitX)
    }
  },
  motionUnits: (machine, { x, y }) => {
    machine.modes.unitX = x === 0 ? 1 : machine.profile.dpi / x
    machine.modes.unitY = y === 0 ? 1 : machine.profile.dpi / y
  },
  defaultLineSpacing: (machine) => {
    machine.modes.lineSpacing = machine.profile.lineSpacingDots
  },
  lineSpacing: (machine, { n }) => {
    machine.modes.lineSpacing = Math.round(n * machine.modes.unitY)
  },
  lineStart: (machine, { n }, offset) => {
    if (digit(n) === 1) finishLine(machine, offset)
    else dropLine(machine, 'LINE_LOST', 'GS T dropped the line')
  },
  realtimeRequest: (machine, { n }) => {
    if (n === 2) clearBuffers(machine, 'DLE ENQ 2')
  },
  realtimeClear: (machine) => clearBuffers(machine, 'DLE DC4 8'),
  initialize: (machine) => {
    const { line } = machine
    if (!isEmptyLine(line)) dropLine(machine, 'LINE_LOST', 'ESC @ dropped the line')
    leavePageMode(machine)
    machine.modes = powerOnModes(machine.profile)
    machine.line = emptyLine()
  },
  pageMode: (machine, _, offset) => enterPageMode(machine, offset),
  standardMode: (machine) => leavePageMode(machine),
  pageArea: (machine, area, offset) => setPageArea(machine, area, offset),
  pageMoveTo: (machine, { y }, offset) =>
    movePageTo(machine, Math.round(y * machine.modes.unitY), offset),
  pageMoveBy: (machine, { dy }, offset) => {
    if (machine.page === undefined) return
    const from = machine.sheet.headRow - machine.page.y
    movePageTo(machine, from + Math.round(dy * machine.modes.unitY), offset)
  },
  pagePrint: (machine, _, offset) => printPage(machine, offset),
  formFeed: (machine, _, offset) => {
    if (machine.page === undefined) {
      finishLine(machine, offset)
      return
    }
    printPage(machine, offset)
    leavePageMode(machine)
  },
  cancel: (machine) => clearPage(machine),
  pageDirection: (machine, { n }, offset) => {
    if (digit(n) === 0) return
    machine.paper.note('PAGE_DIRECTION', 'Page mode prints in direction 0 only', offset)
  },
  ...swallow('carriageReturn', 'nul', 'bell', 'pageSize', 'pageLine', 'pageRectangle'),
} satisfies Partial<Handlers>

function clearBuffers(machine: Machine, name: string): void {
  dropLine(machine, 'LINE_LOST', `${name} dropped the line`)
  leavePageMode(machine)
}

/** A move to outside the print area is ignored. */
function moveTo(machine: Machine, x: number, offset: number): void {
  if (x < 0 || x > printArea(machine).areaWidth) return
  advance(machine, x, 0, offset)
}

function reverse(machine: Machine, rows: number, offset: number): void {
  endLine(machine, 0, offset)
  machine.sheet.seamRow = -1
  machine.sheet.feed(-rows, offset)
}
