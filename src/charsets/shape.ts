/** Shapes text into cells for a printer's charset. Every character is native, substituted, drawn, or removed with a diagnostic. */
import {
  type Cells,
  PlainCells,
  type ScriptFonts,
  ZONE_ASCII,
  ZONE_MULTIBYTE,
} from '../model/cells.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Diagnostic, Report } from '../model/diagnostic.js'
import { type CellBuffer, createCellBuffer, finishCells, pushCell } from './cell-buffer.js'
import type { Charset } from './charset.js'
import { clusterEnd } from './clusters.js'
import { decideFate, type Fate, type FateContext, type Note } from './fates.js'
import { type Met, meetScript, pushLetters, scriptStretch } from './shape-script.js'
import { zoneCodes } from './zones.js'

export interface ShapeOptions {
  /** Path of the text in the receipt, for example `nodes[3].value`. */
  readonly path: string
  readonly report: Report
  /**
   * How to treat characters that the printer does not have. `substitute` (default): by the table, else drawn. `draw`: drawn, else by the
   * table. `error`: throws. In all three cases, printing the same sign in another width (`¥` as `￥`, a no-break space as a space) is only
   * reported as info.
   */
  readonly onUnsupported?: OnUnsupported
  /** Cells already in the line, for the tab stops. Default 0. */
  readonly column?: number
  /** Fonts of the scripts that have to be shaped. Default: none. */
  readonly scripts?: ScriptFonts | undefined
}

/** A tab stop is at every fourth cell. */
const TAB_CELLS = 4

/**
 * Turns one line of text into cells: composed (NFC), control characters removed, substitutes in place. Line ends are
 * the caller's: one that arrives is removed like any control character.
 *
 * Reports, once for each distinct character, with a count: `CHAR_SUBSTITUTED`, `CHAR_DRAWN`, `CHAR_REMOVED`,
 * `CONTROL_REMOVED`, `CHAR_MISSING`, `SCRIPT_UNSUPPORTED`. Throws `ReceiptError` `CHAR_UNSUPPORTED` only with
 * `onUnsupported: 'error'`.
 */
export function shape(text: string, charset: Charset, options: ShapeOptions): Cells {
  const plain = plainCells(text, charset)
  if (plain !== undefined) return plain
  return shapeMixed(text.normalize('NFC'), zoneCodes(charset.zone), charset, options)
}

/** Makes the shaper that layout uses to turn text into cells for a printer. */
export function shaperFor(charset: Charset, onUnsupported: OnUnsupported, scripts?: ScriptFonts) {
  return {
    shape: (text: string, options: Omit<ShapeOptions, 'onUnsupported' | 'scripts'>) =>
      shape(text, charset, { ...options, onUnsupported, scripts }),
    codes: zoneCodes(charset.zone),
    wideIn: (text: string) => plainWide(text, zoneCodes(charset.zone)),
  }
}

/** Returns the cells of text that needs no shaping; undefined for any other text. */
export function plainCells(text: string, charset: Charset): PlainCells | undefined {
  const codes = zoneCodes(charset.zone)
  const wide = plainWide(text, codes)
  return wide < 0 ? undefined : new PlainCells(text, codes, wide)
}

/**
 * Returns how many characters are two cells wide in text that needs no shaping: ASCII and two-byte characters, none of which NFC changes
 * or joins. Returns -1 for any other text.
 */
function plainWide(text: string, codes: Uint16Array): number {
  let wide = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x20 && unit < 0x7f) continue
    if (codes[unit] === 0 || unit === SOFT_HYPHEN || (unit >= 0xf900 && unit < 0xfb00)) return -1
    wide++
  }
  return wide
}

/** Excluded although KS X 1001 has a code for it, because a soft hyphen only marks a place for a break. */
const SOFT_HYPHEN = 0xad

function shapeMixed(
  text: string,
  codes: Uint16Array,
  charset: Charset,
  options: ShapeOptions,
): Cells {
  const { path, report, onUnsupported = 'substitute', column = 0 } = options
  const context = { charset, onUnsupported, path, hasFonts: options.scripts !== undefined }
  const buffer = createCellBuffer(text.length)
  const met = new Map<string, Met>()
  let joined = ''
  let nativeFrom = 0
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i)
    const code = unit >= 0x20 && unit < 0x7f ? unit : (codes[unit] as number)
    if (code !== 0 && standsAlone(text.charCodeAt(i + 1), codes)) {
      pushNative(buffer, code)
      i++
      continue
    }
    const stretch = scriptStretch(text, i, options)
    if (stretch !== undefined) {
      if (nativeFrom < i) joined += text.slice(nativeFrom, i)
      joined += pushLetters(buffer, stretch.letters)
      meetScript(met, stretch.script)
      i = stretch.end
      nativeFrom = i
      continue
    }
    const end = clusterEnd(text, i)
    const cluster = text.slice(i, end)
    if (nativeFrom < i) joined += text.slice(nativeFrom, i)
    joined +=
      cluster === '\t' ? pushTab(buffer, column) : pushFate(buffer, meet(met, cluster, context))
    i = end
    nativeFrom = end
  }
  joined += text.slice(nativeFrom)
  for (const diagnostic of diagnosticsOf(met, path)) report(diagnostic)
  return finishCells(buffer, joined)
}

/** Whether the next unit surely begins another cluster. This quick test is true for nearly all text. */
function standsAlone(next: number, codes: Uint16Array): boolean {
  return !(next >= 0x300) || codes[next] !== 0
}

function pushNative(buffer: CellBuffer, code: number): void {
  if (code < 0x80) pushCell(buffer, 1, 1, ZONE_ASCII, code)
  else pushCell(buffer, 1, 2, ZONE_MULTIBYTE, code)
}

function meet(met: Map<string, Met>, cluster: string, context: FateContext): Fate {
  const known = met.get(cluster)
  if (known !== undefined) {
    known.count++
    return known.fate
  }
  const fate = decideFate(cluster, context)
  met.set(cluster, { fate, count: 1 })
  return fate
}

/** Adds the cells of a fate, and returns their text. */
function pushFate(buffer: CellBuffer, fate: Fate): string {
  let added = ''
  if (fate.afterDigit && endsInDigit(buffer)) {
    added = fate.afterDigit
    pushNative(buffer, added.charCodeAt(0))
  }
  for (const { text, width, zone, code } of fate.pieces) {
    added += text
    pushCell(buffer, text.length, width, zone, code)
  }
  return added
}

function endsInDigit(buffer: CellBuffer): boolean {
  const last = buffer.length - 1
  const code = last < 0 ? 0 : (buffer.code[last] as number)
  return code >= 0x30 && code <= 0x39 && buffer.zone[last] === ZONE_ASCII
}

/** Adds blanks up to the next tab stop, and returns them as text. */
function pushTab(buffer: CellBuffer, column: number): string {
  const blanks = TAB_CELLS - ((column + buffer.totalWidth) % TAB_CELLS)
  for (let i = 0; i < blanks; i++) pushNative(buffer, 0x20)
  return ' '.repeat(blanks)
}

/** Makes one diagnostic for each code and subject, in the order of their first occurrence. */
function diagnosticsOf(met: ReadonlyMap<string, Met>, path: string): readonly Diagnostic[] {
  const counts = new Map<string, { readonly note: Note; count: number }>()
  for (const { fate, count } of met.values()) {
    for (const note of fate.notes) {
      const key = `${note.code} ${note.subject}`
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { note, count })
      else known.count += count
    }
  }
  return Array.from(counts.values(), ({ note, count }) => diagnosticOf(note, count, path))
}

function diagnosticOf(note: Note, count: number, path: string): Diagnostic {
  const { code, severity, subject, verdict, hint } = note
  const message = `${subject} ${verdict} (${count} ${count === 1 ? 'time' : 'times'})`
  return { code, severity, message, path, ...(hint === undefined ? {} : { hint }) }
}
