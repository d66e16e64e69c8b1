/** Strip → commands: the modes are stated after `ESC @`, then only what changes is sent. */

import type { Charset } from '../../charsets/charset.js'
import { ZONE_DRAWN } from '../../model/cells.js'
import type { Report } from '../../model/diagnostic.js'
import type { StoredLogo } from '../../model/logo.js'
import type { Profile } from '../../model/profile.js'
import type { Block, LineBlock, RowBlock, Strip } from '../../model/strip.js'
import { columnImages } from './column-image.js'
import { ByteOut, pushLineFeed } from './command-out.js'
import type { Command, CommandOut } from './commands/index.js'
import { DeviceState } from './device-state.js'
import { drawLine, drawnGlyph } from './draw-line.js'
import { drawRow } from './draw-row.js'
import { hasDrawn, holdsDrawn, isDrawnRun, isPlainLine } from './drawn-runs.js'
import { feedDots } from './feed-dots.js'
import { lowerCut, pulse } from './lower-cut.js'
import { type ImageTarget, lowerImage, pushImage } from './lower-image.js'
import { holdsText, lowerPage, planPage } from './lower-page.js'
import { lowerSymbol } from './lower-symbol.js'
import { SentModes } from './modes.js'
import { canPassOverLine, lowerPinLine } from './pin-line.js'
import { glyphColumns, type LineTarget, pushCells } from './push-cells.js'
import type { BytePlaces } from './segments.js'
import { settlePages } from './settle-pages.js'

export interface LowerOptions {
  readonly profile: Profile
  readonly charset: Charset
  readonly report: Report
  /** Pictures that the printer holds. Default none. */
  readonly logos?: readonly StoredLogo[] | undefined
  /** Told for each block of the strip, in order, the index of its first command. */
  readonly onBlock?: (firstCommand: number) => void
}

/**
 * Commands that print `strip` on a printer of `profile`, from `ESC @` on.
 *
 * @example
 * const commands = lowerStrip(layoutReceipt(receipt, context), { profile, ...context })
 * commands[0] // { kind: 'initialize' }
 */
export function lowerStrip(strip: Strip, options: LowerOptions): Command[] {
  const out: Command[] = []
  lowerInto(out, strip, options, () => options.onBlock?.(out.length))
  return out
}

/** Bytes of a strip, with the places at which they may be parted. */
export interface LoweredBytes extends BytePlaces {
  readonly bytes: Uint8Array
}

/** The bytes of the same commands, which are not made: they cost more than all else that lowering does. */
export function lowerToBytes(strip: Strip, options: LowerOptions): LoweredBytes {
  const out = new ByteOut()
  const blockStarts: number[] = []
  lowerInto(out, strip, options, () => void blockStarts.push(out.at))
  return { bytes: out.finish(), blockStarts, rasters: out.rasters }
}

/** About so many bytes are given at once. */
const PIECE_BYTES = 65_536

/**
 * The bytes of blocks that come in parts, as soon as there are some.
 * @param parts of a strip, in order; on a printer with several code pages one part, because its lines are settled together
 */
export function* lowerInPieces(
  parts: Iterable<readonly Block[]>,
  strip: Omit<Strip, 'blocks'>,
  options: LowerOptions,
): Generator<Uint8Array> {
  const out = new ByteOut()
  const lowering = new Lowering(out, strip, options)
  for (const blocks of parts) {
    for (const block of settlePages({ ...strip, blocks }, options.charset).blocks) {
      lowering.lower(block)
    }
    if (out.at >= PIECE_BYTES) yield out.take()
  }
  lowering.end()
  yield out.finish()
}

function lowerInto(
  out: CommandOut,
  strip: Strip,
  options: LowerOptions,
  onBlock: () => void,
): void {
  const lowering = new Lowering(out, strip, options)
  for (const block of settlePages(strip, options.charset).blocks) {
    onBlock()
    lowering.lower(block)
  }
  lowering.end()
}

/** Blocks on their way to a printer, which is in the modes that those before have left. It is the context of all that lowers a block. */
class Lowering implements LineTarget, ImageTarget {
  readonly out: CommandOut
  readonly profile: Profile
  readonly report: Report
  readonly logos: LowerOptions['logos']
  readonly widthDots: number
  readonly lineSpacingDots: number
  readonly modes: SentModes
  readonly #device: DeviceState
  /** Nodes of which it was said that their text is dots. */
  readonly #reported = new Set<string>()

  constructor(out: CommandOut, strip: Omit<Strip, 'blocks'>, options: LowerOptions) {
    this.out = out
    this.profile = options.profile
    this.report = options.report
    this.logos = options.logos
    this.widthDots = strip.widthDots
    this.lineSpacingDots = strip.lineSpacingDots
    this.modes = new SentModes(out, options.profile, options.charset, strip.lineSpacingDots)
    this.modes.start()
    this.#device = new DeviceState(out, options)
  }

  lower(block: Block): void {
    switch (block.kind) {
      case 'line':
        lowerLine(block, this)
        break
      case 'image':
        lowerImage(block, this)
        break
      case 'symbol':
        lowerSymbol(block, this)
        break
      case 'row':
        this.#lowerRow(block)
        break
      case 'feed':
        feedDots(block.heightDots, this.out)
        break
      case 'cut':
        lowerCut(block, this)
        break
      case 'pulse':
        this.out.push(pulse(block, this.profile))
        break
      case 'device':
        this.#device.lower(block)
        break
      default:
        block satisfies never
    }
  }

  /** Takes back the settings that were made for this receipt alone. */
  end(): void {
    this.#device.restore()
  }

  /** As a page of page mode if the printer has it, and can take all of it; else as a picture. */
  #lowerRow(row: RowBlock): void {
    const { profile, report } = this
    const page = planPage(row, profile, report)
    if (page?.hasDrawnText ?? holdsText(row)) reportText(row, this.#reported, report)
    if (page === undefined) pushImage(drawRow(row, profile, report), row, this)
    else lowerPage(page, this)
  }
}

/** Text in a row of dots cannot be read back from the bytes, which matters to whoever archives them. Said once of a node. */
function reportText({ path }: RowBlock, reported: Set<string>, report: Report): void {
  if (reported.has(path)) return
  reported.add(path)
  report({
    code: 'ROW_AS_DOTS',
    severity: 'info',
    message: 'this is printed as one picture: the text in it is dots as well',
    path,
  })
}

/** Text is sent in modes; dots for what the printer lacks go in between, or the whole line becomes a picture. */
function lowerLine(line: LineBlock, lowering: Lowering): void {
  const { modes, out, profile, report } = lowering
  if (profile.head === '9-pin' && canPassOverLine(line, profile)) {
    lowerPinLine(line, lowering)
    return
  }
  if (!isPlainLine(line) && mustBeRaster(line, profile)) {
    const bitmap = drawLine(line, lowering.widthDots, profile, report)
    pushImage(bitmap, { x: 0, path: line.path }, lowering)
    feedDots(line.heightDots - bitmap.heightDots, out)
    return
  }
  let x = 0
  for (const run of line.runs) {
    // Blanks of a gap must not be taller than the run, so its style goes first; printers that cannot move lose it.
    modes.style(run.style, run.cells)
    if (run.x !== x) {
      modes.moveTo(run.x, x)
      x = run.x
      modes.style(run.style, run.cells)
    }
    pushCells(run, modes, out)
    x += run.widthDots
  }
  endLine(line, lowering.lineSpacingDots, out)
}

/** LF where the line spacing (or a taller run) is the distance wanted; else `ESC J`, which prints the line as well. */
function endLine(line: LineBlock, lineSpacingDots: number, out: CommandOut): void {
  let advance = lineSpacingDots
  for (const run of line.runs) if (run.heightDots > advance) advance = run.heightDots
  if (line.heightDots === advance) pushLineFeed(out)
  else feedDots(line.heightDots, out)
}

/**
 * `ESC *` makes a line 24 dots high: a lower line is printed as a picture, and so is whatever it cannot style, and columns
 * that hold bytes which the printer would obey.
 */
function mustBeRaster(line: LineBlock, profile: Profile): boolean {
  if (line.runs.some(isDrawnRun)) return true
  if (!holdsDrawn(line)) return false
  const isHigh = line.runs.some((run) => run.heightDots >= 24)
  for (const { cells, style, heightDots } of line.runs) {
    if (!hasDrawn(cells)) continue
    const inline =
      isHigh &&
      profile.head === 'thermal' &&
      profile.drawnBy === 'column-image' &&
      style.width === 1 &&
      style.height === 1 &&
      style.letterSpacing === 0 &&
      style.underline === 0 &&
      !style.inverse &&
      heightDots <= 24
    if (!inline) return true
    for (let i = 0; i < cells.length; i++) {
      if (cells.zone[i] !== ZONE_DRAWN) continue
      if (columnImages(glyphColumns(drawnGlyph(cells, i, style))) === undefined) return true
    }
  }
  return false
}
