/** The virtual printer's whole state, and the moves that all commands are made of: put, print the line, feed. */
import { type MultibyteDecoder, multibyteDecoder } from '../charsets/multibyte-decoder.js'
import type { Bitmap } from '../model/bitmap.js'
import type { PaperCut, PrintedPulse, UnknownBytes } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { plainStyle, type TextStyle } from '../model/style.js'
import type { Control } from './control.js'
import { type Counter, powerOnCounter } from './counter.js'
import { isAnswered, logEffect } from './log-effect.js'
import type { MachineParts } from './machine-parts.js'
import { Macro } from './macro.js'
import { type Modes, powerOnModes } from './modes.js'
import type { PageMode } from './page-mode/page.js'
import { GraphicsMemory } from './pictures/graphics-memory.js'
import { entriesOf, MAX_ROWS, Sheet } from './sheet.js'
import {
  emptyLine,
  isEmptyLine,
  itemWidth,
  type LineBuffer,
  type LineItem,
  printLine,
} from './text/line.js'

export interface Machine extends Control {
  /** The printer as it left the factory; `profile` also has the changes by its settings. */
  readonly madeAs: Profile
  profile: Profile
  multibyte: MultibyteDecoder
  /** The roll. */
  readonly paper: Sheet
  /** The place of printing: the roll, or the page of page mode. */
  sheet: Sheet
  page: PageMode | undefined
  modes: Modes
  line: LineBuffer
  /** Bytes of a multi-byte character that are not complete. */
  readonly pending: { bytes: number[]; offset: number }
  /** The style of the last character; successive characters of the same style share one object. */
  lastStyle: TextStyle
  /** Download graphics by key. Like NV graphics, they survive `ESC @`. */
  readonly downloadGraphics: GraphicsMemory
  /** Images of `FS q`; the first one has the number 1. */
  nvImages: readonly Bitmap[]
  /** Cuts of `GS V` 97 and 98, which are made when their place on the paper has reached the cutter. */
  dueCuts: PaperCut[]
  readonly counter: Counter
  /** Number of log entries that printed pages have added. */
  pageEntries: number
  readonly pulses: PrintedPulse[]
  readonly unknown: UnknownBytes[]
  replies: number
  /** Whether it was noted that the stream is in another language. */
  isLanguageNamed: boolean
}

/** A printer that was just switched on. */
export function powerOn(profile: Profile, parts: MachineParts = {}): Machine {
  const paper = new Sheet(profile.widthDots)
  const machine: Machine = {
    madeAs: profile,
    profile,
    multibyte: multibyteDecoder(profile.charset),
    paper,
    sheet: paper,
    page: undefined,
    modes: powerOnModes(profile),
    line: emptyLine(),
    pending: { bytes: [], offset: 0 },
    lastStyle: plainStyle,
    nvGraphics: parts.nvGraphics ?? new GraphicsMemory(),
    downloadGraphics: new GraphicsMemory(),
    nvImages: [],
    dueCuts: [],
    macro: new Macro(parts.hasMacro ?? true),
    report: (effect, offset) => {
      logEffect(effect, paper, offset)
      if (isAnswered(effect)) machine.replies++
      parts.report?.(effect)
    },
    counter: powerOnCounter(),
    pageEntries: 0,
    pulses: paper.log.pulses,
    unknown: paper.log.unknown,
    replies: 0,
    isLanguageNamed: false,
  }
  return machine
}

/** Left edge and width of the print area in dots of the sheet. */
export function printArea(machine: Machine): { areaLeft: number; areaWidth: number } {
  const { page, modes, sheet } = machine
  if (page !== undefined) return { areaLeft: 0, areaWidth: sheet.widthDots }
  const areaLeft = Math.min(modes.leftMargin, sheet.widthDots)
  return { areaLeft, areaWidth: Math.max(0, Math.min(modes.areaWidth, sheet.widthDots - areaLeft)) }
}

/** Prints the line and feeds by `asked` dots, or by the height of the line if that is more. */
export function endLine(machine: Machine, asked: number, offset: number, wrapped = false): void {
  const { line, sheet } = machine
  const feedDots = shortFeed(machine, asked)
  if (machine.page !== undefined) {
    endPageLine(machine, feedDots, wrapped)
    return
  }
  if (isBeyondPaper(machine)) {
    machine.line = emptyLine()
    return
  }
  if (isEmptyLine(line)) {
    if (feedDots !== 0) sheet.seamRow = -1
    sheet.feed(feedDots, offset)
    return
  }
  const { align, upsideDown } = machine.modes
  const bottom = sheet.headRow + line.heightDots
  printLine(sheet, line, { ...printArea(machine), align, upsideDown, wrapped, bottom })
  sheet.seamRow = leavesNoGap(line, feedDots) ? sheet.headRow + line.heightDots : -1
  sheet.feed(Math.max(feedDots, line.heightDots), offset)
  machine.line = emptyLine()
}

/** Whether the virtual paper has ended. Later lines are not printed, so they are not kept either. */
function isBeyondPaper({ sheet }: Machine): boolean {
  return sheet.headRow >= MAX_ROWS && sheet.handOut === undefined
}

/**
 * Ends a line of page mode. All items stand on the row that is one character of Font A below the position, and the
 * position moves by the feed alone, whatever the height of the characters. Lines are neither aligned nor turned
 * (Star Line Mode manual 5-6-3, Citizen CT-S310 manual 5.1.3). Characters hang `page.descent` rows below that row.
 */
function endPageLine(machine: Machine, feedDots: number, wrapped: boolean): void {
  const { line, sheet, page } = machine
  const cell = machine.profile.fonts.A.heightDots
  if (line.items.length > 0 && !isPageFull(machine)) {
    const bottom = sheet.headRow + cell
    const place = { ...printArea(machine), align: 'left', upsideDown: false } as const
    printLine(sheet, line, { ...place, wrapped, bottom, descent: page?.descent ?? 0 })
  }
  sheet.headRow = Math.max(-cell, Math.min(sheet.headRow + feedDots, MAX_ROWS))
  machine.line = emptyLine()
}

/** Most entries that are logged of one page. A real page holds only dots, and no page needs more entries than this. */
const MAX_ON_PAGE = 100_000

function isPageFull({ page, sheet, paper, line }: Machine): boolean {
  if (page === undefined) return false
  const entries = entriesOf(page.whole) + entriesOf(sheet)
  if (entries <= MAX_ON_PAGE) return false
  if (!page.full) {
    page.full = true
    paper.note('PAGE_FULL', `the page holds ${MAX_ON_PAGE} things; no more is kept`, line.offset)
  }
  return true
}

/** The longest feed of one command (Epson ESC/POS reference, ESC J and ESC d): 1016 mm. */
const MAX_FEED_INCHES = 40

/** Limits a feed, forwards or backwards, to the longest that a printer makes with one command. */
export function shortFeed({ profile }: Machine, rows: number): number {
  const most = MAX_FEED_INCHES * profile.dpi
  return Math.max(-most, Math.min(rows, most))
}

/** Most bytes that the items of one line may take, because a stream can print items over each other without end. */
const MAX_IN_LINE = 8_000_000

/** Puts an item into the line. A line that holds more than any line needs takes no more items. */
export function putItem({ line, paper }: Machine, item: LineItem): void {
  if (line.bytes > MAX_IN_LINE) return
  line.items.push(item)
  line.bytes += 200 + (item.kind === 'glyph' ? 0 : item.bitmap.data.length)
  if (line.bytes <= MAX_IN_LINE) return
  paper.note('LINE_FULL', 'more in one line than it can hold; what comes is not kept', item.offset)
}

/**
 * Whether the next line's image may continue this line's image. Programs print pictures in 24-dot bands with any line spacing
 * up to the band's height; 8-dot bands belong together only if the feed is the band's height or 0.
 */
function leavesNoGap(line: LineBuffer, feedDots: number): boolean {
  const bandsOf24 = line.items.every((item) => item.kind !== 'image' || item.scaleY === 1)
  return feedDots === line.heightDots || feedDots === 0 || (bandsOf24 && feedDots < line.heightDots)
}

/**
 * Prints a begun line as LF does, for commands that work only at the start of a line. A line in which only the position was
 * moved stays as it is, because it has no items to print.
 */
export function finishLine(machine: Machine, offset: number): void {
  if (machine.line.heightDots > 0) endLine(machine, machine.modes.lineSpacing, offset)
}

/** Begins a new line in page mode if an item does not fit into a begun one (TM-T88III specification 3.12.3). */
export function wrapFullLine(machine: Machine, widthDots: number, offset: number): void {
  const { page, line } = machine
  if (page === undefined || line.x === 0) return
  if (line.x + widthDots <= printArea(machine).areaWidth) return
  endLine(machine, machine.modes.lineSpacing, offset, true)
}

/** Whether commands work that need the start of a line. In page mode they do, because those of standard mode only store a value. */
export function atLineStart(machine: Machine): boolean {
  return machine.page !== undefined || isEmptyLine(machine.line)
}

/** Converts horizontal motion units to dots. Fractions are cut off, because the motor makes whole steps (Epson, GS P). */
export function dotsX({ modes, profile }: Machine, units: number): number {
  return Math.trunc((units * profile.dpi) / modes.unitsPerInchX)
}

/** Converts vertical motion units to dots. */
export function dotsY({ modes, profile }: Machine, units: number): number {
  return Math.trunc((units * profile.dpi) / modes.unitsPerInchY)
}

/** Converts motion units along the lines to dots. In page mode lines may run up or down the paper. */
export function dotsAlong(machine: Machine, units: number): number {
  return runsAcross(machine) ? dotsX(machine, units) : dotsY(machine, units)
}

export function dotsAcross(machine: Machine, units: number): number {
  return runsAcross(machine) ? dotsY(machine, units) : dotsX(machine, units)
}

function runsAcross({ page, modes }: Machine): boolean {
  return page === undefined || modes.pageDirection % 2 === 0
}

/** Drops the content of the line, and notes its text after `message`. */
export function dropLine(machine: Machine, code: string, message: string): void {
  const { line } = machine
  const items = line.items.some((item) => item.kind !== 'glyph' || item.glyph !== undefined)
  if (items) machine.paper.note(code, `${message}: ${lineText(line)}`, line.offset)
  machine.line = emptyLine()
}

function lineText(line: LineBuffer): string {
  let text = ''
  let x = 0
  for (const item of line.items) {
    if (text !== '' && item.x > x) text += ' '
    text += item.kind === 'glyph' ? item.text : item.kind === 'image' ? '[image]' : '[symbol]'
    x = item.x + itemWidth(item)
  }
  return text
}

/** Moves the position in the line to `x`. The first move sets the offset of the line. */
export function advance(machine: Machine, x: number, heightDots: number, offset: number): void {
  const { line } = machine
  if (isEmptyLine(line)) line.offset = offset
  line.x = x
  line.widthDots = Math.max(line.widthDots, x)
  line.heightDots = Math.max(line.heightDots, heightDots)
}

/** The style that the next character gets. */
export function currentStyle(machine: Machine, multibyte: boolean): TextStyle {
  const { modes, lastStyle: last } = machine
  const { font, bold, doubleStrike, inverse } = modes
  const width = multibyte ? modes.hanziWidth : modes.width
  const height = multibyte ? modes.hanziHeight : modes.height
  const underline = multibyte ? modes.hanziUnderline : modes.underline
  const letterSpacing = multibyte ? modes.hanziRightSpacing : modes.rightSpacing
  // An unchanged style gets no new object, because this runs for each character.
  const isSame =
    last.font === font &&
    last.width === width &&
    last.height === height &&
    last.bold === bold &&
    last.doubleStrike === doubleStrike &&
    last.underline === underline &&
    last.inverse === inverse &&
    last.letterSpacing === letterSpacing
  if (isSame) return last
  const style = { font, width, height, bold, doubleStrike, underline, inverse, letterSpacing }
  machine.lastStyle = style
  return style
}
