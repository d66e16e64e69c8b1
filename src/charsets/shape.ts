/** Shaping: text to cells for a printer's charset. Every character is native, substituted, drawn, or reported. */
import { type Cells, ZONE_ASCII, ZONE_MULTIBYTE } from '../model/cells.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Report } from '../model/diagnostic.js'
import { type CellBuffer, createCellBuffer, finishCells, pushCell } from './cell-buffer.js'
import type { Charset } from './charset.js'
import { clusterEnd } from './clusters.js'
import { decideFate, type Fate, type Note } from './fates.js'
import { assignPages } from './pages.js'
import { zoneTables } from './zones.js'

export interface ShapeOptions {
  /** Where the text stands in the receipt: `nodes[3].value`. */
  readonly path: string
  readonly report: Report
  /**
   * For characters that the printer does not have. `substitute` (default): by the table, else drawn. `draw`: drawn,
   * else by the table. `error`: throws. In all three the same sign in another width (`¥` as `￥`, a no-break space
   * as a space) is only noted.
   */
  readonly onUnsupported?: OnUnsupported
  /** Cells already in the line, for the tab stops. Default 0. */
  readonly column?: number
}

/** Tab stops stand at every fourth cell. */
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
  const { codes } = zoneTables(charset.zone)
  if (isPlain(text, codes)) return shapePlain(text, codes)
  return shapeMixed(text.normalize('NFC'), codes, charset, options)
}

/** Only ASCII and two-byte characters, none of which NFC changes or joins. */
function isPlain(text: string, codes: Uint16Array): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x20 && unit < 0x7f) continue
    if (codes[unit] === 0 || (unit >= 0xf900 && unit < 0xfb00)) return false
  }
  return true
}

function shapePlain(text: string, codes: Uint16Array): Cells {
  const length = text.length
  const start = new Uint32Array(length + 1)
  const width = new Uint8Array(length)
  const zone = new Uint8Array(length)
  const code = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    const ascii = unit < 0x7f
    start[i] = i
    width[i] = ascii ? 1 : 2
    zone[i] = ascii ? ZONE_ASCII : ZONE_MULTIBYTE
    code[i] = ascii ? unit : (codes[unit] as number)
  }
  start[length] = length
  return { length, text, start, width, zone, code }
}

interface Counted {
  readonly note: Note
  count: number
}

function shapeMixed(
  text: string,
  codes: Uint16Array,
  charset: Charset,
  options: ShapeOptions,
): Cells {
  const { path, report, onUnsupported = 'substitute', column = 0 } = options
  const context = { charset, onUnsupported, path }
  const buffer = createCellBuffer(text.length)
  const fates = new Map<string, Fate>()
  const counted = new Map<string, Counted>()
  let paged = false
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i)
    const end = isAlone(text, i, codes) ? i + 1 : clusterEnd(text, i)
    if (end === i + 1 && unit >= 0x20 && unit < 0x7f) {
      pushCell(buffer, text.charAt(i), 1, ZONE_ASCII, unit)
    } else if (end === i + 1 && codes[unit] !== 0) {
      pushCell(buffer, text.charAt(i), 2, ZONE_MULTIBYTE, codes[unit] as number)
    } else if (unit === 0x09) {
      pushTab(buffer, column)
    } else {
      const cluster = text.slice(i, end)
      let fate = fates.get(cluster)
      if (fate === undefined) {
        fate = decideFate(cluster, context)
        fates.set(cluster, fate)
      }
      paged = pushFate(buffer, fate) || paged
      countNotes(counted, fate.notes)
    }
    i = end
  }
  if (paged) assignPages(buffer, charset)
  for (const { note, count } of counted.values()) report(diagnosticOf(note, count, path))
  return finishCells(buffer)
}

/** Whether nothing after this unit can belong to its cluster; quick, and true for nearly all text. */
function isAlone(text: string, index: number, codes: Uint16Array): boolean {
  const next = text.charCodeAt(index + 1)
  const unit = text.charCodeAt(index)
  if (unit >= 0xd800 && unit < 0xe000) return false
  return !(next >= 0x300) || codes[next] !== 0
}

/** Returns whether one of the cells waits for a code page. */
function pushFate(buffer: CellBuffer, fate: Fate): boolean {
  let paged = false
  if (fate.afterDigit && endsInDigit(buffer)) {
    pushCell(buffer, fate.afterDigit, 1, ZONE_ASCII, fate.afterDigit.charCodeAt(0))
  }
  for (const { text, width, zone, code, pages } of fate.pieces) {
    pushCell(buffer, text, width, zone, code, pages)
    if (pages !== 0) paged = true
  }
  return paged
}

function endsInDigit(buffer: CellBuffer): boolean {
  const code = buffer.length > 0 ? (buffer.code[buffer.length - 1] as number) : 0
  return code >= 0x30 && code <= 0x39 && buffer.zone[buffer.length - 1] === ZONE_ASCII
}

function pushTab(buffer: CellBuffer, column: number): void {
  const at = column + buffer.totalWidth
  for (let blanks = TAB_CELLS - (at % TAB_CELLS); blanks > 0; blanks--) {
    pushCell(buffer, ' ', 1, ZONE_ASCII, 0x20)
  }
}

function countNotes(counted: Map<string, Counted>, notes: readonly Note[]): void {
  for (const note of notes) {
    const key = `${note.code} ${note.subject}`
    const known = counted.get(key)
    if (known === undefined) counted.set(key, { note, count: 1 })
    else known.count++
  }
}

function diagnosticOf(note: Note, count: number, path: string) {
  const { code, severity, subject, verdict, hint } = note
  const message = `${subject} ${verdict} (${count} ${count === 1 ? 'time' : 'times'}).`
  return { code, severity, message, path, ...(hint === undefined ? {} : { hint }) }
}
