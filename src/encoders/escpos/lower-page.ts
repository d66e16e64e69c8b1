/** A label in page mode: text in the printer's fonts, everything else as columns of dots or symbols, each at its place on the page. */

import { type Bitmap, createBitmap } from '../../model/bitmap.js'
import type { Report } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import { type Block, highestDots, type LineBlock, type RowBlock } from '../../model/strip.js'
import { symbolBitmap } from '../../symbols/symbol.js'
import { columnImages, columnsOf } from './column-image.js'
import { pushMoveTo } from './command-out.js'
import type { Command, CommandOut } from './commands/index.js'
import { drawLine } from './draw-line.js'
import { drawRow } from './draw-row.js'
import { holdsDrawn, isDrawnRun } from './drawn-runs.js'
import type { SentModes } from './modes.js'
import { nativeSymbol } from './native-symbol.js'
import { type LineTarget, pushCells } from './push-cells.js'

/**
 * Rows of a character that hang below the position of `GS $`, which is its baseline: row 21 of the 24 of Font A (Epson
 * programming guide 10.01 p. 109). Pictures and symbols stand on it.
 */
const HANGING_DOTS = 3

/** Rows of one `ESC *`. */
const STRIP_DOTS = 24

/** A picture is split at a gap of this many white columns, because `ESC $` costs fewer bytes than they do. */
const WHITE_COLUMNS = 16

/** A line of text on the page. Everything else is a `PlacedPicture`: commands that begin at `x` on row `bottom`. */
interface PlacedLine {
  readonly line: LineBlock
  readonly x: number
  readonly bottom: number
}

interface PlacedPicture {
  readonly x: number
  readonly bottom: number
  readonly commands: readonly Command[]
}

export interface PagePlan {
  readonly widthDots: number
  readonly heightDots: number
  readonly lines: readonly PlacedLine[]
  readonly pictures: readonly PlacedPicture[]
  /** Whether some of the pictures are text. */
  readonly hasDrawnText: boolean
}

/** Plans a label as one page. Undefined if the printer has no page that is long enough, or would obey bytes of a picture. */
export function planPage(row: RowBlock, profile: Profile, report: Report): PagePlan | undefined {
  const { isLabel, heightDots, widthDots } = row
  const { pageModeDots, absolutePosition, head } = profile
  const canFill = (pageModeDots ?? 0) >= heightDots && absolutePosition && head === 'thermal'
  if (isLabel !== true || !canFill || heightDots < STRIP_DOTS) return undefined
  const plan = new Plan(widthDots, profile, report)
  return plan.addRow(row, 0, 0)
    ? {
        widthDots,
        heightDots,
        lines: plan.lines,
        pictures: plan.pictures,
        hasDrawnText: plan.hasDrawnText,
      }
    : undefined
}

/** Sends `ESC L`, the page, and `FF`, which prints it. Pictures go first, so that their white does not cover text. */
export function lowerPage(
  { widthDots, heightDots, lines, pictures }: PagePlan,
  { modes, out }: Pick<LineTarget, 'modes' | 'out'>,
): void {
  out.push({ kind: 'pageMode' }, { kind: 'pageDirection', n: 0 })
  out.push({ kind: 'pageArea', x: 0, y: 0, width: widthDots, height: heightDots })
  modes.swapPage()
  for (const { x, bottom, commands } of pictures) {
    moveTo(x, bottom, out)
    out.push(...commands)
  }
  for (const placed of lines) lowerPageLine(placed, modes, out)
  modes.swapPage()
  out.push({ kind: 'formFeed' })
}

function moveTo(x: number, y: number, out: CommandOut): void {
  out.push({ kind: 'pageMoveTo', y })
  pushMoveTo(x, out)
}

function lowerPageLine({ line, x, bottom }: PlacedLine, modes: SentModes, out: CommandOut): void {
  out.push({ kind: 'pageMoveTo', y: bottom - HANGING_DOTS })
  for (const run of line.runs) {
    modes.style(run.style, run.cells)
    pushMoveTo(x + run.x, out)
    pushCells(run, modes, out)
  }
}

class Plan {
  readonly lines: PlacedLine[] = []
  readonly pictures: PlacedPicture[] = []
  hasDrawnText = false
  readonly #widthDots: number
  readonly #profile: Profile
  readonly #report: Report

  constructor(widthDots: number, profile: Profile, report: Report) {
    this.#widthDots = widthDots
    this.#profile = profile
    this.#report = report
  }

  /** Adds the blocks of a row whose corner is at `x` and `y`. Returns false if page mode cannot print one of them. */
  addRow(row: RowBlock, x: number, y: number): boolean {
    return row.cells.every(({ y: top, blocks }) => {
      let at = y + top
      return blocks.every((block) => {
        const isAdded = this.#addBlock(block, x, at)
        at += heightOf(block)
        return isAdded
      })
    })
  }

  #addBlock(block: Block, x: number, y: number): boolean {
    switch (block.kind) {
      case 'line':
        return this.#addLine(block, x, y)
      case 'image':
        return this.#addPicture(block.bitmap, x + block.x, y)
      case 'symbol': {
        const bitmap = symbolBitmap(block.symbol)
        const native = nativeSymbol(block.symbol, this.#profile)
        if (native === undefined) {
          return this.#addPicture(bitmap, x + block.x, y)
        }
        const bottom = y + bitmap.heightDots
        this.pictures.push({ x: x + block.x, bottom, commands: native })
        return true
      }
      case 'row': {
        const isPlain = block.turn === 0 && block.inverse === undefined
        if (isPlain) return this.addRow(block, x + block.x, y)
        this.hasDrawnText ||= holdsText(block)
        return this.#addPicture(drawRow(block, this.#profile, this.#report), x + block.x, y)
      }
      default:
        return true
    }
  }

  #addLine(line: LineBlock, x: number, y: number): boolean {
    if (line.runs.some(isDrawnRun) || holdsDrawn(line)) {
      this.hasDrawnText = true
      return this.#addPicture(drawLine(line, this.#widthDots, this.#profile, this.#report), x, y)
    }
    this.lines.push({ line, x, bottom: y + highestDots(line.runs) })
    return true
  }

  /** Adds a picture in strips of 24 rows. The last strip begins higher, so that it ends with the picture. */
  #addPicture(bitmap: Bitmap, x: number, y: number): boolean {
    const { heightDots } = bitmap
    for (let top = 0; top < heightDots; top += STRIP_DOTS) {
      const bottom = Math.max(y + Math.min(top + STRIP_DOTS, heightDots), STRIP_DOTS)
      const columns = columnsOf(rowsFrom(bitmap, top), bottom - STRIP_DOTS - y)
      for (const { from, to } of stretchesOf(columns)) {
        const commands = columnImages(columns.subarray(from * 3, to * 3))
        if (commands === undefined) return false
        this.pictures.push({ x: x + from, bottom, commands })
      }
    }
    return true
  }
}

/** The picture with the rows above `top` white, because another strip has them. */
function rowsFrom(bitmap: Bitmap, top: number): Bitmap {
  if (top === 0) return bitmap
  const rest = createBitmap(bitmap.widthDots, bitmap.heightDots)
  const from = (bitmap.data.length / bitmap.heightDots) * top
  rest.data.set(bitmap.data.subarray(from), from)
  return rest
}

/** The ranges of columns with ink. A gap of fewer than `WHITE_COLUMNS` columns does not end a range. */
function stretchesOf(columns: Uint8Array): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = []
  for (let x = 0; x < columns.length / 3; x++) {
    if (columns[x * 3] === 0 && columns[x * 3 + 1] === 0 && columns[x * 3 + 2] === 0) continue
    const last = stretches.at(-1)
    if (last !== undefined && x - last.to < WHITE_COLUMNS) last.to = x + 1
    else stretches.push({ from: x, to: x + 1 })
  }
  return stretches
}

function heightOf(block: Block): number {
  if (block.kind === 'image') return block.bitmap.heightDots
  return 'heightDots' in block ? block.heightDots : 0
}

export function holdsText(block: Block): boolean {
  if (block.kind === 'row') return block.cells.some(({ blocks }) => blocks.some(holdsText))
  return block.kind === 'line'
}
