/** A line for a head of 9 pins: the head passes over it once for each band of its drawn characters; text comes in the last pass. */

import type { Bitmap } from '../../model/bitmap.js'
import { ZONE_DRAWN } from '../../model/cells.js'
import { sliceCells } from '../../model/cut-cells.js'
import type { FontCell } from '../../model/metrics.js'
import type { Profile } from '../../model/profile.js'
import type { LineBlock, Run } from '../../model/strip.js'
import type { TextStyle } from '../../model/style.js'
import { type CellSizes, drawLine } from './draw-line.js'
import { feedDots } from './feed-dots.js'
import { BAND_DOTS, PIN_DOTS, pinColumns, pinImages } from './pin-image.js'
import { type LineTarget, pushCells } from './push-cells.js'

/** Whether only the drawn characters need to be pictures. Not with text of double height: the printer makes two passes of it. */
export function canPassOverLine(line: LineBlock, profile: Profile): boolean {
  if (!profile.absolutePosition) return false
  let drawn = false
  for (const { cells, style } of line.runs) {
    if (style.strike === true) return false
    const isPlain = style.letterSpacing === 0 && style.underline === 0 && !style.inverse
    const hasDrawn = cells.zone.includes(ZONE_DRAWN)
    if (hasDrawn && !isPlain) return false
    if (style.height > 1 && cells.zone.some((zone) => zone !== ZONE_DRAWN)) return false
    drawn ||= hasDrawn
  }
  return drawn
}

/** Prints the line; the next block begins its height below. */
export function lowerPinLine(line: LineBlock, target: LineTarget): void {
  const { modes, out, profile } = target
  const stretches = line.runs.flatMap((run) => stretchesOf(run, profile))
  const drawn = stretches.filter(({ isDrawn }) => isDrawn)
  const dots = drawDrawn(drawn, line, target)
  const bands = Math.ceil(dots.heightDots / BAND_DOTS)
  let left = line.heightDots
  for (let band = bands; band > 1; band--) {
    let x = 0
    for (const stretch of drawn) {
      const columns = columnsOf(stretch, dots, dots.heightDots - band * BAND_DOTS)
      if (columns.every((column) => column === 0)) continue
      x = pushColumns(stretch, columns, x, target)
    }
    feedDots(BAND_DOTS, out)
    left -= BAND_DOTS
  }
  let x = 0
  for (const stretch of stretches) {
    if (stretch.isDrawn) {
      x = pushColumns(stretch, columnsOf(stretch, dots, dots.heightDots - BAND_DOTS), x, target)
      continue
    }
    const { style, cells } = stretch.run
    modes.style(style, cells)
    modes.moveTo(stretch.run.x, x)
    modes.style(style, cells)
    pushCells(stretch.run, modes, out)
    x = stretch.run.x + stretch.run.widthDots
  }
  feedDots(left, out)
}

interface Stretch {
  readonly run: Run
  readonly isDrawn: boolean
}

function pinFont({ font }: TextStyle, fonts: CellSizes['fonts']): FontCell {
  // A head of pins has no smaller font: layout has taken A in its place.
  return (font === 'small' ? undefined : fonts[font]) ?? fonts.A
}

/** Splits a run where the printer's characters end and drawn ones begin. */
function stretchesOf(run: Run, { fonts, hanzi }: CellSizes): Stretch[] {
  const { cells, style } = run
  const half = pinFont(style, fonts)
  const stretches: Stretch[] = []
  let x = run.x
  for (let from = 0; from < cells.length; ) {
    const isDrawn = cells.zone[from] === ZONE_DRAWN
    let to = from
    let widthDots = 0
    while (to < cells.length && (cells.zone[to] === ZONE_DRAWN) === isDrawn) {
      const cell = cells.width[to++] === 2 ? hanzi : half
      widthDots += (cell.widthDots + style.letterSpacing) * style.width
    }
    stretches.push({ run: { ...run, x, widthDots, cells: sliceCells(cells, from, to) }, isDrawn })
    x += widthDots
    from = to
  }
  return stretches
}

/** The drawn characters alone, as high as the tallest of them. */
function drawDrawn(drawn: readonly Stretch[], line: LineBlock, target: LineTarget): Bitmap {
  const { profile, report } = target
  const runs = drawn.map(({ run }) => ({ ...run, heightDots: drawnHeight(run, profile) }))
  const widthDots = Math.max(...runs.map((run) => run.x + run.widthDots))
  return drawLine({ ...line, runs }, widthDots, profile, report)
}

function drawnHeight({ cells, style }: Run, { fonts, hanzi }: CellSizes): number {
  const half = pinFont(style, fonts)
  return (cells.width.includes(2) ? hanzi : half).heightDots * style.height
}

function evenX({ run }: Stretch): number {
  return run.x - (run.x % PIN_DOTS)
}

function columnsOf(stretch: Stretch, dots: Bitmap, top: number): Uint8Array {
  const x = evenX(stretch)
  return pinColumns(dots, x, x + stretch.run.widthDots, top)
}

/** Pushes columns at the place of `stretch` and returns the position of the head after them, in dots. */
function pushColumns(stretch: Stretch, columns: Uint8Array, from: number, target: LineTarget) {
  const x = evenX(stretch)
  target.modes.moveTo(x, from)
  const images = pinImages(columns)
  target.out.push(...images)
  let width = 0
  for (const image of images) if (image.kind === 'bitImage') width += image.columns
  return x + width * PIN_DOTS
}
