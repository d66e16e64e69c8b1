/** Pictures on the paper: rasters on separate rows, columns in the line, and pictures that were stored before. */
import { fillRect } from '../../glyphs/draw.js'
import { type Bitmap, createBitmap, dotAt, turnBitmap } from '../../model/bitmap.js'
import { advance, finishLine, type Machine, printArea, putItem, wrapFullLine } from '../machine.js'
import { MAX_ROWS } from '../sheet.js'
import { alignedX, emptyLine } from '../text/line.js'
import { bitmapOfColumns } from './picture-bits.js'

/**
 * Prints a picture at the head, aligned in the print area, and feeds its height. A begun line is printed first. If
 * that line was only moved in, the picture begins at that position (Citizen PPU-231II p. 91, Better BT-532C p. 27),
 * and the next line begins at the left. In page mode the picture goes into the line at the position, as characters
 * do. If `turns` is true, `ESC {` turns it, as it does all but the newer pictures (Epson APG 10.01, ESC {).
 */
export function putRaster(
  machine: Machine,
  picture: Bitmap,
  scaleX: number,
  scaleY: number,
  offset: number,
  turns = false,
): void {
  const area = printArea(machine)
  const width = picture.widthDots * scaleX
  const height = picture.heightDots * scaleY
  if (machine.page !== undefined) {
    wrapFullLine(machine, width, offset)
    const { line } = machine
    const { x } = line
    advance(machine, Math.min(area.areaWidth, x + width), height, offset)
    const image = { bitmap: picture, scaleX, scaleY, offset }
    if (width > 0 && height > 0) putItem(machine, { kind: 'image', x, ...image })
    return
  }
  finishLine(machine, offset)
  const { sheet } = machine
  const moved = machine.line.x
  machine.line = emptyLine()
  if (width > 0 && height > 0 && sheet.headRow < MAX_ROWS) {
    const { align } = machine.modes
    const upsideDown = turns && machine.modes.upsideDown
    const bitmap = upsideDown ? turnBitmap(picture, 180) : picture
    const place = { areaWidth: area.areaWidth, align, upsideDown }
    const x = area.areaLeft + moved + alignedX(moved + width, place)
    const y = sheet.headRow
    sheet.putImage(
      { x, y, bitmap, scaleX, scaleY, placement: 'raster', offset },
      area.areaLeft + area.areaWidth,
    )
  }
  sheet.feed(height, offset)
  sheet.seamRow = sheet.headRow
}

/** Returns the scales of `m` (0 to 3, 48 to 51): bit 0 double width, bit 1 double height. */
export function scalesOf(m: number): { scaleX: number; scaleY: number } {
  return { scaleX: (m & 1) + 1, scaleY: ((m >> 1) & 1) + 1 }
}

interface ColumnMode {
  readonly heightDots: 8 | 24
  readonly scaleX: number
  readonly scaleY: number
  /** Whether a dot whose left neighbour is printed is left out, because the pin does not return in time. */
  readonly apart?: boolean
  readonly raisedDots?: number
}

/** Modes of a thermal head by m: single density is twice as wide, and dots of 8-dot columns are three times as high. */
const thermalModes: Readonly<Record<number, ColumnMode>> = {
  0: { heightDots: 8, scaleX: 2, scaleY: 3 },
  1: { heightDots: 8, scaleX: 1, scaleY: 3 },
  32: { heightDots: 24, scaleX: 2, scaleY: 1 },
  33: { heightDots: 24, scaleX: 1, scaleY: 1 },
}

/** Modes of a head of 9 pins: a row is 1/72 inch, two dots of a paper that is fed by 1/144 inch (Epson TM-U230, ESC *). */
const pinModes: Readonly<Record<number, ColumnMode>> = {
  0: { heightDots: 8, scaleX: 2, scaleY: 2, raisedDots: 2 },
  1: { heightDots: 8, scaleX: 1, scaleY: 2, apart: true, raisedDots: 2 },
}

/**
 * `ESC *`: a picture in the line. A mode that the head does not have is noted and not drawn. Dots beyond the print area are
 * dropped; they never wrap.
 */
export function putColumns(
  machine: Machine,
  m: number,
  columns: number,
  data: Uint8Array,
  offset: number,
): void {
  const mode = machine.profile.head === '9-pin' ? pinModes[m] : thermalMode(m)
  if (mode === undefined) {
    const message = `a head of 9 pins has the modes 0 and 1 of ESC *, not ${m}: not drawn`
    machine.paper.note('HEAD_MODE_UNKNOWN', message, offset)
    return
  }
  const { heightDots, scaleX, scaleY, raisedDots = 0 } = mode
  const dots = bitmapOfColumns(columns, heightDots, data)
  const bitmap = mode.apart === true ? withoutNeighbours(dots) : dots
  wrapFullLine(machine, columns * scaleX, offset)
  const { line } = machine
  const x = line.x
  const { areaWidth } = printArea(machine)
  advance(machine, Math.min(areaWidth, x + columns * scaleX), heightDots * scaleY, offset)
  if (columns === 0) return
  putItem(machine, { kind: 'image', x, bitmap, scaleX, scaleY, raisedDots, offset })
}

/** Returns the mode of a thermal head, which takes any m and reads two of its bits. */
function thermalMode(m: number): ColumnMode {
  return thermalModes[m & 0x21] as ColumnMode
}

function withoutNeighbours(bitmap: Bitmap): Bitmap {
  const apart = createBitmap(bitmap.widthDots, bitmap.heightDots)
  for (let y = 0; y < bitmap.heightDots; y++) {
    for (let x = 0; x < bitmap.widthDots; x++) {
      if (dotAt(bitmap, x, y) && !(x > 0 && dotAt(apart, x - 1, y))) fillRect(apart, x, y, 1, 1)
    }
  }
  return apart
}
