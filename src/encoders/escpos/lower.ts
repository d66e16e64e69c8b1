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
  /** Called for each block of the strip, in order, with the index of its first command. */
  readonly onBlock?: (firstCommand: number) => void
}

/**
 * Returns the commands that print `strip` on a printer of `profile`, from `initialize` on.
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

/** Bytes of a strip, with the places at which they may be split. */
export interface LoweredBytes extends BytePlaces {
  readonly bytes: Uint8Array
}

/** Writes the same commands as bytes. It makes no command objects, because they cost more than all the rest of lowering. */
export function lowerToBytes(strip: Strip, options: LowerOptions): LoweredBytes {
  const out = new ByteOut()
  const blockStarts: number[] = []
  lowerInto(out, strip, options, () => void blockStarts.push(out.at))
  return { bytes: out.finish(), blockStarts, rasters: out.rasters }
}

/** Approximate length of a piece in bytes. */
const PIECE_BYTES = 65_536

/**
 * Yields the bytes of a strip whose blocks come in parts, as soon as there are enough of them.
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

/** The context of all functions that lower a block: the printer, the destination, and the modes that earlier blocks have left. */
class Lowering implements LineTarget, ImageTarget {
  readonly out: CommandOut
  readonly profile: Profile
  readonly report: Report
  readonly logos: LowerOptions['logos']
  readonly widthDots: number
  readonly lineSpacingDots: number
  readonly modes: SentModes
  readonly #device: DeviceState
  /** Paths of the nodes for which it was reported that their text is dots. */
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

  /** Lowers a row as a page if the printer has page mode and can print all of the row in it; else as a picture. */
  #lowerRow(row: RowBlock): void {
    const { profile, report } = this
    const page = planPage(row, profile, report)
    if (page?.hasDrawnText ?? holdsText(row)) reportText(row, this.#reported, report)
    if (page === undefined) pushImage(drawRow(row, profile, report), row, this)
    else lowerPage(page, this)
  }
}

/** Reports once for each node that its text is dots, because an archive of the bytes then cannot read the text back. */
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

/** Sends text in its modes, with dots in between for characters that the printer lacks; or the whole line as a picture. */
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
    // The style goes before the gap, whose blanks must not be taller than the run, and after it again, because a gap may reset it.
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

/** Ends a line: LF if the line spacing (or a taller run) is the distance wanted; else `ESC J`, which prints the line as well. */
function endLine(line: LineBlock, lineSpacingDots: number, out: CommandOut): void {
  let advance = lineSpacingDots
  for (const run of line.runs) if (run.heightDots > advance) advance = run.heightDots
  if (line.heightDots === advance) pushLineFeed(out)
  else feedDots(line.heightDots, out)
}

/**
 * Whether a line must be sent as a picture. `ESC *` makes a line 24 dots high and has no styles, so lower lines and styled
 * drawn characters are pictures, and so are columns whose bytes the printer would obey.
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
