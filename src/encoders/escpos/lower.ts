/** Strip → commands: the modes are stated after `ESC @`, then only what changes is sent. */

import { cellBytes } from '../../charsets/cell-bytes.js'
import type { Charset } from '../../charsets/charset.js'
import { bandsOf } from '../../images/image-to-bitmap.js'
import { type Bitmap, blitBitmap, bytesPerRow, createBitmap } from '../../model/bitmap.js'
import { ZONE_ASCII, ZONE_DRAWN, ZONE_MULTIBYTE, ZONE_PAGE } from '../../model/cells.js'
import type { Report } from '../../model/diagnostic.js'
import type { Profile } from '../../model/profile.js'
import type {
  CutBlock,
  ImageBlock,
  LineBlock,
  PulseBlock,
  Run,
  Strip,
  SymbolBlock,
} from '../../model/strip.js'
import { qrBitmap } from '../../symbols/qr.js'
import type { Command } from './commands/index.js'
import { drawLine, drawnGlyph } from './draw-line.js'
import { drawRow } from './draw-row.js'
import { Modes } from './modes.js'
import { settlePages } from './settle-pages.js'
import { utf8 } from './utf8.js'

export interface LowerOptions {
  readonly profile: Profile
  readonly charset: Charset
  readonly report: Report
  /** Told for each block of the strip, in order, the index of its first command. */
  readonly onBlock?: (firstCommand: number) => void
}

/** Commands that print `strip` on a printer of `profile`, from `ESC @` on. */
export function lowerStrip(strip: Strip, options: LowerOptions): Command[] {
  const out: Command[] = []
  const modes = new Modes(out, options.profile, options.charset, strip.lineSpacingDots)
  modes.start()
  for (const block of settlePages(strip, options.charset).blocks) {
    options.onBlock?.(out.length)
    switch (block.kind) {
      case 'line':
        lowerLine(block, strip, modes, out, options)
        break
      case 'image':
        lowerImage(block, out, options.profile)
        break
      case 'symbol':
        lowerSymbol(block, strip, out, options.profile)
        break
      case 'row':
        pushRaster(drawRow(block, options.profile, options.report), block.x, out, options.profile)
        break
      case 'feed':
        feed(block.heightDots, out)
        break
      case 'cut':
        lowerCut(block, out, options)
        break
      case 'pulse':
        out.push(pulse(block, options.profile))
        break
      default:
        block satisfies never
    }
  }
  return out
}

/** Text is sent in modes; dots for what the printer lacks go in between, or the whole line becomes a picture. */
function lowerLine(
  line: LineBlock,
  strip: Strip,
  modes: Modes,
  out: Command[],
  { profile, report }: LowerOptions,
): void {
  if (mustBeRaster(line, profile)) {
    const bitmap = drawLine(line, strip.widthDots, profile, report)
    pushRaster(bitmap, 0, out, profile)
    feed(line.heightDots - bitmap.heightDots, out)
    return
  }
  let x = 0
  for (const run of line.runs) {
    // Blanks of a gap must not be taller than the run, so its style goes first; printers that cannot move lose it.
    modes.style(run.style, run.cells)
    modes.moveTo(run.x, x)
    x = run.x
    modes.style(run.style, run.cells)
    pushCells(run, modes, out)
    x += run.widthDots
  }
  endLine(line, strip.lineSpacingDots, out)
}

/** LF where the line spacing (or a taller run) is the distance wanted; else `ESC J`, which prints the line as well. */
function endLine(line: LineBlock, lineSpacingDots: number, out: Command[]): void {
  let advance = lineSpacingDots
  for (const run of line.runs) if (run.heightDots > advance) advance = run.heightDots
  if (line.heightDots === advance) out.push({ kind: 'lineFeed' })
  else feed(line.heightDots, out)
}

/** `ESC *` makes a line 24 dots high: a lower line is printed as a picture, and so is whatever it cannot style. */
function mustBeRaster(line: LineBlock, profile: Profile): boolean {
  const isHigh = line.runs.some((run) => run.heightDots >= 24)
  for (const { cells, style, heightDots } of line.runs) {
    if (!cells.zone.includes(ZONE_DRAWN)) continue
    const inline =
      isHigh &&
      profile.drawnBy === 'column-image' &&
      style.width === 1 &&
      style.height === 1 &&
      style.letterSpacing === 0 &&
      style.underline === 0 &&
      !style.inverse &&
      heightDots <= 24
    if (!inline) return true
  }
  return false
}

function pushCells(run: Run, modes: Modes, out: Command[]): void {
  const { cells } = run
  const end = cells.length
  let i = 0
  while (i < end) {
    const zone = cells.zone[i] as number
    if (zone === ZONE_DRAWN) {
      out.push(columnImage(drawnGlyph(cells, i, run.style)))
      i++
      continue
    }
    const from = i
    const mode = modeOf(zone)
    let needed = mode
    while (i < end) {
      const next = cells.zone[i] as number
      if (next === ZONE_DRAWN) break
      const nextMode = modeOf(next)
      if (nextMode !== undefined) {
        if (needed !== undefined && nextMode !== needed) break
        needed = nextMode
      }
      i++
    }
    if (needed !== undefined) modes.encoding(needed)
    out.push({ kind: 'text', bytes: cellBytes(cells, from, i) })
  }
}

/** The zone whose mode the printer must be in; ASCII prints in any. */
function modeOf(zone: number): number | undefined {
  if (zone === ZONE_ASCII) return undefined
  return zone === ZONE_MULTIBYTE ? ZONE_MULTIBYTE : zone >= ZONE_PAGE ? zone : undefined
}

/** `ESC *` in 24-dot density: columns from left to right, three bytes each, topmost dot in the high bit. */
function columnImage(glyph: Bitmap): Command {
  const data = new Uint8Array(glyph.widthDots * 3)
  const stride = bytesPerRow(glyph.widthDots)
  const top = 24 - glyph.heightDots
  for (let y = 0; y < glyph.heightDots; y++) {
    const row = y + top
    for (let x = 0; x < glyph.widthDots; x++) {
      if (((glyph.data[y * stride + (x >> 3)] as number) & (0x80 >> (x & 7))) === 0) continue
      const at = x * 3 + (row >> 3)
      data[at] = (data[at] as number) | (0x80 >> (row & 7))
    }
  }
  return { kind: 'bitImage', m: 33, columns: glyph.widthDots, data }
}

function lowerImage(block: ImageBlock, out: Command[], profile: Profile): void {
  pushRaster(block.bitmap, block.x, out, profile)
}

/** `GS v 0` in bands with nothing between; the left margin is white dots, which every printer obeys. */
function pushRaster(bitmap: Bitmap, x: number, out: Command[], profile: Profile): void {
  const whole = x === 0 ? bitmap : shifted(bitmap, x)
  for (const band of bandsOf(whole, profile.imageBandRows)) {
    out.push({
      kind: 'raster',
      m: 0,
      bytesPerRow: bytesPerRow(band.widthDots),
      rows: band.heightDots,
      data: band.data,
    })
  }
}

function shifted(bitmap: Bitmap, x: number): Bitmap {
  const wide = createBitmap(x + bitmap.widthDots, bitmap.heightDots)
  blitBitmap(wide, bitmap, x, 0)
  return wide
}

function lowerSymbol(block: SymbolBlock, strip: Strip, out: Command[], profile: Profile): void {
  const { symbol } = block
  if (profile.qr === 'raster') {
    pushRaster(qrBitmap(symbol), block.x, out, profile)
    return
  }
  const place = nativePlace(block, strip)
  out.push(...place.before)
  const level = { L: 0x30, M: 0x31, Q: 0x32, H: 0x33 }[symbol.level]
  out.push(
    { kind: 'qrModel', n1: 0x32, n2: 0 },
    { kind: 'qrModuleSize', n: symbol.moduleDots },
    { kind: 'qrErrorLevel', n: level },
    { kind: 'qrStore', m: 0x30, data: utf8(symbol.data) },
    { kind: 'qrPrint', m: 0x30 },
  )
  out.push(...place.after)
}

/** Native symbols obey alignment everywhere and the left margin on most printers, so alignment goes first. */
function nativePlace(
  block: SymbolBlock,
  strip: Strip,
): { readonly before: readonly Command[]; readonly after: readonly Command[] } {
  const free = strip.widthDots - block.widthDots
  if (block.x === 0) return { before: [], after: [] }
  const n = block.x === free >> 1 ? 1 : block.x === free ? 2 : 0
  if (n > 0) return { before: [{ kind: 'align', n }], after: [{ kind: 'align', n: 0 }] }
  return {
    before: [{ kind: 'leftMargin', dots: block.x }],
    after: [{ kind: 'leftMargin', dots: 0 }],
  }
}

/** `ESC J` moves up to 255 dots at once. */
function feed(dots: number, out: Command[]): void {
  for (let left = dots; left > 0; left -= 255) {
    out.push({ kind: 'feedDots', n: Math.min(left, 255) })
  }
}

function lowerCut(block: CutBlock, out: Command[], { profile, report }: LowerOptions): void {
  const mode = profile.cuts.includes(block.mode) ? block.mode : profile.cuts[0]
  if (mode === undefined) {
    report({
      code: 'CUT_UNSUPPORTED',
      severity: 'info',
      message: `${profile.id} has no cutter: the paper is fed to the tear bar`,
      path: block.path,
    })
    feed(block.heightDots, out)
    return
  }
  if (mode !== block.mode) {
    report({
      code: 'CUT_MODE_CHANGED',
      severity: 'info',
      message: `${profile.id} cannot make a ${block.mode} cut: a ${mode} one is made`,
      path: block.path,
    })
  }
  out.push({ kind: 'cutFeed', m: mode === 'full' ? 65 : 66, n: 0 })
}

/** Pulse times go in units of 2 ms. */
function pulse(block: PulseBlock, { drawer }: Profile): Command {
  const pin = block.pin ?? drawer.pin
  const units = (ms: number) => Math.min(Math.max(Math.round(ms / 2), 1), 255)
  return {
    kind: 'drawerPulse',
    m: pin === 2 ? 0 : 1,
    t1: units(drawer.onMs),
    t2: units(drawer.offMs),
  }
}
