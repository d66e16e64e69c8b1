/** Pictures → commands: blank rows fed, the rest in bands that touch, none of which the printer takes for a real-time request. */

import { type Bitmap, blitBitmap, bytesPerRow, createBitmap, dotAt } from '../../model/bitmap.js'
import type { Diagnostic, Report } from '../../model/diagnostic.js'
import { hashOfBitmap, type StoredLogo } from '../../model/logo.js'
import type { Profile } from '../../model/profile.js'
import type { ImageBlock } from '../../model/strip.js'
import { columnImages, columnsOf, pushColumns } from './column-image.js'
import type { Command, CommandOut } from './commands/index.js'
import { feedDots } from './feed-dots.js'
import { printLogo } from './logo-commands.js'
import { halvedBitmap, type PlacedPicture, placePicture } from './picture-place.js'
import { pushPinBands } from './pin-image.js'
import { realtimeAt } from './realtime.js'

export interface ImagePlace {
  /** Left edge in dots, sent as white dots before the picture, because every printer obeys those. */
  readonly x: number
  readonly path: string
}

/** The printer for which pictures are lowered, and the destination of their commands. */
export interface ImageTarget {
  readonly profile: Profile
  readonly report: Report
  readonly out: CommandOut
  /** Line spacing to restore after commands that need their own. */
  readonly lineSpacingDots: number
}

/** From this number on, blank rows are fed and not sent. For fewer rows the stop of the motor costs more than it saves. */
const FED_ROWS = 24
/** A `GS ( L` counts its bytes in 16 bits, ten of them before the dots. */
const MAX_GRAPHICS_BYTES = 65_535 - 10
/** Rows of one `GS 8 L` (Epson TM-T88V: 1662). */
const MAX_LONG_ROWS = 1600

/** Prints a picture by its key if the printer holds it, else as dots. */
export function lowerImage(
  block: ImageBlock,
  target: ImageTarget & {
    readonly widthDots: number
    readonly logos?: readonly StoredLogo[] | undefined
  },
): void {
  const { bitmap, x } = block
  const way = target.profile.storedLogos
  const key = way === 'none' ? undefined : (block.stored ?? keyOf(bitmap, target.logos ?? []))
  // NV images of FS q are whole bytes high: a picture of another height would move the blocks after it.
  if (key === undefined || way === 'none' || (way === 'fs-q' && bitmap.heightDots % 8 !== 0)) {
    pushImage(bitmap, block, target)
    return
  }
  const { before, after } = nativePlace(x, bitmap.widthDots, target.widthDots)
  target.out.push(...before, printLogo(key, way), ...after)
}

function keyOf(bitmap: Bitmap, logos: readonly StoredLogo[]): string | undefined {
  if (logos.length === 0) return undefined
  const hash = hashOfBitmap(bitmap)
  return logos.find((logo) => logo.hash === hash)?.key
}

/**
 * The commands before and after a native symbol or stored picture that put it at `x`: alignment if possible, because all
 * printers obey that, else the left margin, which most printers obey.
 */
export function nativePlace(
  x: number,
  widthDots: number,
  stripDots: number,
): { readonly before: readonly Command[]; readonly after: readonly Command[] } {
  const free = stripDots - widthDots
  if (x === 0) return { before: [], after: [] }
  const n = x === free >> 1 ? 1 : x === free ? 2 : 0
  if (n > 0) return { before: [{ kind: 'align', n }], after: [{ kind: 'align', n: 0 }] }
  return {
    before: [{ kind: 'leftMargin', dots: x }],
    after: [{ kind: 'leftMargin', dots: 0 }],
  }
}

/** Pushes the commands that print `bitmap` at `x` and feed its height. */
export function pushImage(bitmap: Bitmap, { x, path }: ImagePlace, target: ImageTarget): void {
  const { profile, out, lineSpacingDots } = target
  const placed = placePicture(bitmap, x, profile)
  const whole = placed.bitmap
  const { imageCommand, head } = profile
  if (head === '9-pin') {
    pushPinBands(whole, lineSpacingDots, out)
    return
  }
  if (imageCommand === 'esc-star-24' || imageCommand === 'esc-star-8') {
    const columnDots = imageCommand === 'esc-star-24' ? 24 : 8
    const reportDot = () => target.report(dotAdded(path))
    pushColumns(whole, columnDots, lineSpacingDots, out, reportDot)
    return
  }
  out.push(...placed.before)
  for (const { from, to, blank } of stretchesOf(whole)) {
    if (blank) {
      feedDots(to - from, out)
      continue
    }
    pushBands(rowsOf(whole, from, to), { ...placed, path }, target)
  }
  out.push(...placed.after)
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly blank: boolean
}

/** Splits the rows into blank stretches, which are fed, and others. Blank rows at the top and the bottom are always fed. */
function stretchesOf(bitmap: Bitmap): Stretch[] {
  const { heightDots } = bitmap
  const stretches: Stretch[] = []
  let from = 0
  for (let y = 0; y < heightDots; ) {
    let end = y
    while (end < heightDots && isBlank(bitmap, end)) end++
    if (end === y) {
      y++
      continue
    }
    if (end - y >= FED_ROWS || y === 0 || end === heightDots) {
      if (y > from) stretches.push({ from, to: y, blank: false })
      stretches.push({ from: y, to: end, blank: true })
      from = end
    }
    y = end
  }
  if (from < heightDots) stretches.push({ from, to: heightDots, blank: false })
  return stretches
}

function isBlank({ widthDots, data }: Bitmap, y: number): boolean {
  const stride = bytesPerRow(widthDots)
  for (let i = y * stride; i < (y + 1) * stride; i++) if (data[i] !== 0) return false
  return true
}

/** A view on the rows, not a copy. */
function rowsOf({ widthDots, data }: Bitmap, from: number, to: number): Bitmap {
  const stride = bytesPerRow(widthDots)
  return { widthDots, heightDots: to - from, data: data.subarray(from * stride, to * stride) }
}

type BandPlace = Pick<ImagePlace, 'path'> & Pick<PlacedPicture, 'marginDots' | 'isAligned'>

function pushBands(bitmap: Bitmap, place: BandPlace, target: ImageTarget): void {
  if (pushDoubled(bitmap, place, target)) return
  const { profile, out } = target
  const stride = bytesPerRow(bitmap.widthDots)
  const most = bandRows(profile, stride)
  for (let y = 0; y < bitmap.heightDots; ) {
    const end = Math.min(y + most, bitmap.heightDots)
    const band = rowsOf(bitmap, y, end)
    const at = realtimeAt(band.data)
    if (at < 0) {
      out.push(...bandCommands(band, profile))
      y = end
      continue
    }
    // The rows before the request stay one band; a request that runs over the end of a row is broken by the next band's header.
    const row = Math.floor(at / stride)
    if (at + 2 >= (row + 1) * stride) {
      out.push(...bandCommands(rowsOf(band, 0, row + 1), profile))
      y += row + 1
      continue
    }
    y = pushAwkwardRow(bitmap, { y, awkward: y + row }, place, target)
  }
}

/** Sends a picture of doubled dots, such as a QR code, in a quarter of the bytes. Returns false if that is impossible. */
function pushDoubled(
  bitmap: Bitmap,
  { isAligned }: BandPlace,
  { profile, out }: ImageTarget,
): boolean {
  // Half of an odd number of bytes is rounded up to whole bytes, so the picture would be wider on paper.
  const keepsWidth = !isAligned || bytesPerRow(bitmap.widthDots) % 2 === 0
  const isAble = profile.imageCommand === 'gs-v-0' && profile.doublesPictures && keepsWidth
  const half = isAble ? halvedBitmap(bitmap) : undefined
  if (half === undefined || realtimeAt(half.data) >= 0) return false
  const bytesPerHalf = bytesPerRow(half.widthDots)
  // Half as many rows, so that a band of doubled dots is as high on paper as any other.
  const most = Math.max(1, bandRows(profile, bytesPerHalf) >> 1)
  for (let y = 0; y < half.heightDots; y += most) {
    const { data, heightDots } = rowsOf(half, y, Math.min(y + most, half.heightDots))
    out.push({ kind: 'raster', m: 3, bytesPerRow: bytesPerHalf, rows: heightDots, data })
  }
  return true
}

function bandRows(profile: Profile, stride: number): number {
  const fitting = (bytes: number) => Math.max(1, Math.floor(bytes / stride))
  switch (profile.imageCommand) {
    case 'gs-8-l':
      return MAX_LONG_ROWS
    case 'gs-l':
      return Math.min(
        profile.imageBandRows,
        fitting(Math.min(profile.imageMaxBytes, MAX_GRAPHICS_BYTES)),
      )
    default:
      return Math.max(1, Math.min(profile.imageBandRows, fitting(profile.imageMaxBytes)))
  }
}

function bandCommands({ widthDots, heightDots, data }: Bitmap, profile: Profile): Command[] {
  const stride = bytesPerRow(widthDots)
  if (profile.imageCommand === 'gs-v-0') {
    return [{ kind: 'raster', m: 0, bytesPerRow: stride, rows: heightDots, data }]
  }
  const store = { a: 48, bx: 1, by: 1, c: 49, widthDots, heightDots, data } as const
  const kind = data.length > MAX_GRAPHICS_BYTES ? 'graphicsStoreRasterLong' : 'graphicsStoreRaster'
  return [
    { kind, ...store },
    { kind: 'graphicsPrint', fn: 50 },
  ]
}

/**
 * Sends the rows from `y` up to and including row `awkward`, whose bytes hold a real-time request. The dots of that row are
 * shifted within their bytes, with a left margin in place of white dots; or it is sent in columns together with the rows
 * around it. If neither works, it gets one more black dot, which is reported. Returns the row after those that were sent.
 */
function pushAwkwardRow(
  bitmap: Bitmap,
  { y, awkward }: { readonly y: number; readonly awkward: number },
  { marginDots, path }: BandPlace,
  { profile, report, out }: ImageTarget,
): number {
  const pushBefore = (end: number) => {
    if (end > y) out.push(...bandCommands(rowsOf(bitmap, y, end), profile))
  }
  const row = rowsOf(bitmap, awkward, awkward + 1)
  const moved = movedRow(row)
  if (moved !== undefined) {
    pushBefore(awkward)
    out.push({ kind: 'leftMargin', dots: marginDots + row.widthDots - moved.widthDots })
    out.push(...bandCommands(moved, profile), { kind: 'leftMargin', dots: marginDots })
    return awkward + 1
  }
  if (profile.drawnBy === 'column-image') {
    const last = Math.min(awkward, bitmap.heightDots - 24)
    for (let top = Math.max(y, awkward - 23); top <= last; top++) {
      const images = columnImages(columnsOf(bitmap, top))
      if (images === undefined) continue
      pushBefore(top)
      out.push(...images, { kind: 'feedDots', n: 24 })
      return top + 24
    }
  }
  pushBefore(awkward)
  const data = row.data.slice()
  for (let at = realtimeAt(data); at >= 0; at = realtimeAt(data)) data[at] = 0x11
  report(dotAdded(path))
  out.push(...bandCommands({ ...row, data }, profile))
  return awkward + 1
}

/** Drops up to seven white dots at the row's left, so that its bytes do not form a request; undefined if that does not help. */
function movedRow(row: Bitmap): Bitmap | undefined {
  for (let shift = 1; shift < 8 && !dotAt(row, shift - 1, 0); shift++) {
    const moved = createBitmap(row.widthDots - shift, 1)
    blitBitmap(moved, row, -shift, 0)
    if (realtimeAt(moved.data) < 0) return moved
  }
  return undefined
}

function dotAdded(path: string): Diagnostic {
  return {
    code: 'IMAGE_DOT_ADDED',
    severity: 'info',
    message:
      'a part of the picture has the bytes of a command that the printer obeys at once: a dot was added to it',
    path,
  }
}
