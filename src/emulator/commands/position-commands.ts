/** Commands for the position of things: alignment, margins, tabs, moves, feeds, page mode. */

import { powerOnCounter } from '../counter.js'
import {
  advance,
  atLineStart,
  dotsAcross,
  dotsAlong,
  dotsX,
  dropLine,
  endLine,
  finishLine,
  type Machine,
  printArea,
  shortFeed,
} from '../machine.js'
import { powerOnModes, powerOnUnits } from '../modes.js'
import {
  clearPage,
  enterPageMode,
  leavePageMode,
  movePageBy,
  movePageTo,
  printPage,
  setPageArea,
  setPageDirection,
} from '../page-mode/page-mode.js'
import { cellOf } from '../text/font-cells.js'
import { emptyLine, isEmptyLine } from '../text/line.js'
import { endAutoStatus } from './control-commands.js'
import { digit } from './digit.js'
import { type Handlers, swallow } from './handlers.js'

export const positionCommands = {
  lineFeed: (machine, _, offset) => endLine(machine, machine.modes.lineSpacing, offset),
  feedDots: (machine, { n }, offset) => endLine(machine, dotsAcross(machine, n), offset),
  feedLines: (machine, { n }, offset) => endLine(machine, n * machine.modes.lineSpacing, offset),
  reverseFeedDots: (machine, { n }, offset) => reverse(machine, dotsAcross(machine, n), offset),
  reverseFeedLines: (machine, { n }, offset) =>
    reverse(machine, n * machine.modes.lineSpacing, offset),
  horizontalTab: (machine, _, offset) => {
    const { areaWidth } = printArea(machine)
    if (machine.line.x > areaWidth) endLine(machine, machine.modes.lineSpacing, offset, true)
    const stop = machine.modes.tabs.find((tab) => tab > machine.line.x)
    if (stop === undefined) return
    // A stop beyond the print area fills the line, so that the next character wraps.
    advance(machine, Math.min(stop, areaWidth + 1), 0, offset)
  },
  setTabs: (machine, { stops }) => setTabs(machine, stops),
  setTabsOpen: (machine, { stops }) => setTabs(machine, stops),
  moveTo: (machine, { x }, offset) => moveTo(machine, dotsAlong(machine, x), offset),
  moveBy: (machine, { dx }, offset) =>
    moveTo(machine, machine.line.x + dotsAlong(machine, dx), offset),
  align: (machine, { n }, offset) => {
    const align = (['left', 'center', 'right'] as const)[digit(n)]
    if (align === undefined) return
    if (atLineStart(machine)) machine.modes.align = align
    else if (align !== machine.modes.align) {
      machine.paper.note('ALIGN_IGNORED', 'ESC a works at the start of a line only', offset)
    }
  },
  leftMargin: (machine, { dots }) => {
    if (atLineStart(machine)) {
      machine.modes.leftMargin = dotsX(machine, dots)
    }
  },
  printWidth: (machine, { dots }) => {
    if (atLineStart(machine)) {
      machine.modes.areaWidth = dotsX(machine, dots)
    }
  },
  motionUnits: ({ modes, profile }, { x, y }) => {
    const { unitsPerInchX, unitsPerInchY } = powerOnUnits(profile)
    modes.unitsPerInchX = x || unitsPerInchX
    modes.unitsPerInchY = y || unitsPerInchY
  },
  defaultLineSpacing: (machine) => {
    machine.modes.lineSpacing = machine.profile.lineSpacingDots
  },
  lineSpacing: (machine, { n }) => {
    machine.modes.lineSpacing = dotsAcross(machine, n)
  },
  lineStart: (machine, { n }, offset) => {
    if (digit(n) === 1) finishLine(machine, offset)
    else dropLine(machine, 'LINE_LOST', 'GS T dropped the line')
  },
  realtimeRequest: (machine, { n }) => {
    if (n === 2) clearBuffers(machine, 'DLE ENQ 2')
  },
  realtimeClear: (machine) => clearBuffers(machine, 'DLE DC4 8'),
  initialize: (machine, _, offset) => {
    const { line } = machine
    if (!isEmptyLine(line)) dropLine(machine, 'LINE_LOST', 'ESC @ dropped the line')
    leavePageMode(machine)
    machine.modes = powerOnModes(machine.profile)
    machine.line = emptyLine()
    Object.assign(machine.counter, powerOnCounter())
    endAutoStatus(machine, offset)
  },
  pageMode: (machine, _, offset) => enterPageMode(machine, offset),
  standardMode: (machine) => leavePageMode(machine),
  pageArea: (machine, area, offset) => setPageArea(machine, area, offset),
  pageMoveTo: (machine, { y }, offset) => movePageTo(machine, dotsAcross(machine, y), offset),
  pageMoveBy: (machine, { dy }, offset) => movePageBy(machine, dotsAcross(machine, dy), offset),
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
    const direction = digit(n)
    if (direction <= 3) setPageDirection(machine, direction as 0 | 1 | 2 | 3, offset)
  },
  ...swallow('carriageReturn', 'nul', 'bell', 'recordSeparator', 'pageSize'),
} satisfies Partial<Handlers>

function setTabs({ modes, profile }: Machine, stops: Uint8Array): void {
  const cell = (cellOf(profile.fonts, modes.font).widthDots + modes.rightSpacing) * modes.width
  modes.tabs = Array.from(stops, (stop) => stop * cell)
}

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
  if (machine.page === undefined) machine.sheet.feed(-shortFeed(machine, rows), offset)
  else endLine(machine, -rows, offset)
}
