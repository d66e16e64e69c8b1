/** Bytes of text to characters in the line: code pages, two- and four-byte characters, wrapping. */
import { isWide } from '../../charsets/classes.js'
import { jisDecoder } from '../../charsets/multibyte-decoder.js'
import { utf8CodePoint, utf8Length } from '../../charsets/utf8-bytes.js'
import type { Glyph } from '../../glyphs/glyph-file.js'
import { glyphFor } from '../../glyphs/glyphs.js'
import { missingGlyph } from '../../glyphs/missing-glyph.js'
import type { FontCell } from '../../model/metrics.js'
import type { FontId } from '../../model/style.js'
import { advance, currentStyle, endLine, type Machine, printArea, putItem } from '../machine.js'
import { cellOf } from './font-cells.js'
import { doubleGlyph, turnGlyph } from './glyph-shapes.js'

/** The log shows this for a character without a meaning. */
const REPLACEMENT = '\u{fffd}'

/** Takes bytes of text; a character may begin in one call and end in the next. */
export function putBytes(machine: Machine, bytes: Uint8Array, offset: number): void {
  const { pending, modes } = machine
  const multibyte = modes.jis ? jisDecoder : machine.multibyte
  const pairs = readsPairs(machine) && !modes.utf8
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    const next = bytes[i + 1]
    const isPair = pairs && pending.bytes.length === 0 && next !== undefined
    // The effect of `putByte` on a whole character, without keeping its first byte.
    if (isPair && multibyte.isLead(byte) && multibyte.isTrail(next)) {
      const text = multibyte.lookup(byte, next) ?? REPLACEMENT
      putHanzi(machine, text, modes.userHanzi.get((byte << 8) | next), offset + i)
      i++
    } else putByte(machine, byte, offset + i)
  }
}

/**
 * Whether a lead byte opens a character of two bytes. `FS &` exists for the JIS system, in which every byte could
 * be one; in Shift_JIS the byte itself tells (HPRT PPTII-A p. 39, Toshiba B-EP 8-56).
 */
function readsPairs({ modes, profile }: Machine): boolean {
  return modes.chinese || (profile.charset === 'shift_jis' && !modes.jis)
}

/** Ends a character whose last bytes are missing: its lead byte becomes a broken cell. */
export function breakPending(machine: Machine): void {
  while (machine.pending.bytes.length > 0) breakLead(machine)
}

/** Makes the lead byte one broken cell, and reads the bytes after it again. */
function breakLead(machine: Machine): void {
  const { pending } = machine
  const { bytes, offset } = pending
  pending.bytes = []
  putCell(machine, REPLACEMENT, undefined, offset)
  for (let i = 1; i < bytes.length; i++) putByte(machine, bytes[i] as number, offset + i)
}

/**
 * Reads a byte strictly: a byte that cannot be the second one of a character makes the first one a broken cell, and is
 * read again. Four bytes are one character only if the ROM has it.
 */
function putByte(machine: Machine, byte: number, offset: number): void {
  const { pending } = machine
  const multibyte = machine.modes.jis ? jisDecoder : machine.multibyte
  if (machine.modes.utf8) {
    putUtf8(machine, byte, offset)
    return
  }
  if (pending.bytes.length === 0) {
    if (readsPairs(machine) && multibyte.isLead(byte)) {
      pending.bytes = [byte]
      pending.offset = offset
    } else {
      putSingle(machine, byte, offset)
    }
    return
  }
  const [b1, b2, b3] = pending.bytes as [number, number | undefined, number | undefined]
  if (b2 === undefined && multibyte.isTrail(byte)) {
    finishPending(machine, (b1 << 8) | byte, multibyte.lookup(b1, byte))
  } else if (b2 === undefined && multibyte.lookup4 !== undefined && isDigit(byte)) {
    pending.bytes.push(byte)
  } else if (b2 !== undefined && b3 === undefined && byte >= 0x81 && byte <= 0xfe) {
    pending.bytes.push(byte)
  } else if (b2 !== undefined && b3 !== undefined && isDigit(byte)) {
    finishPending(machine, -1, multibyte.lookup4?.(b1, b2, b3, byte))
  } else {
    breakLead(machine)
    putByte(machine, byte, offset)
  }
}

/** Wide characters print in the cells of hanzi, all others in those of the font. */
function putUtf8(machine: Machine, byte: number, offset: number): void {
  const { pending } = machine
  const isNext = byte >= 0x80 && byte < 0xc0
  if (pending.bytes.length === 0) {
    if (byte < 0x80) putSingle(machine, byte, offset)
    else if (utf8Length(byte) === 0) putCell(machine, REPLACEMENT, undefined, offset)
    else {
      pending.bytes = [byte]
      pending.offset = offset
    }
    return
  }
  if (!isNext) {
    breakLead(machine)
    putByte(machine, byte, offset)
    return
  }
  pending.bytes.push(byte)
  if (pending.bytes.length < utf8Length(pending.bytes[0] as number)) return
  const codePoint = utf8CodePoint(pending.bytes)
  const text = codePoint === undefined ? REPLACEMENT : String.fromCodePoint(codePoint)
  if (codePoint !== undefined && isWide(codePoint)) finishPending(machine, -1, text)
  else {
    pending.bytes = []
    putCell(machine, text, undefined, pending.offset)
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function finishPending(machine: Machine, code: number, text: string | undefined): void {
  const { pending, modes } = machine
  pending.bytes = []
  const own = modes.userHanzi.get(code)
  putHanzi(machine, text ?? REPLACEMENT, own, pending.offset)
}

function putSingle(machine: Machine, byte: number, offset: number): void {
  const { modes } = machine
  const text =
    byte < 0x80
      ? (modes.country.get(byte) ?? String.fromCharCode(byte))
      : (modes.codePage[byte - 0x80] ?? REPLACEMENT)
  const own = modes.userCharacters ? modes.userGlyphs[modes.font].get(byte) : undefined
  putCell(machine, text, own, offset)
}

/** Puts one character of the half-width fonts into the line. */
function putCell(machine: Machine, text: string, own: Glyph | undefined, offset: number): void {
  const { modes, profile } = machine
  const cell = cellOf(profile.fonts, modes.font)
  const glyph =
    own ?? (profile.head === '9-pin' ? pinGlyph(text, cell) : narrowGlyph(text, modes.font, cell))
  const spacing = modes.rightSpacing * modes.width
  putGlyph(machine, text, glyph, cell, { before: 0, after: spacing }, false, offset)
}

function putHanzi(machine: Machine, text: string, own: Glyph | undefined, offset: number): void {
  const { modes, profile } = machine
  const { widthDots, heightDots } = profile.hanzi
  const blank = text === '\u{3000}'
  // Korean codes have some hanja more than once; NFC makes one character of those, because Unicode calls them the same.
  const unit = text.charCodeAt(0)
  const isPlain = unit >= 0x3000 && unit < 0xd7a4
  const codePoint = (isPlain ? text : text.normalize('NFC')).codePointAt(0) ?? 0
  const built = blank ? undefined : glyphFor(codePoint, 'A', 2)
  const glyph = own ?? built ?? (blank ? undefined : missingGlyph(widthDots, heightDots))
  const spacing = {
    before: modes.hanziLeftSpacing * modes.hanziWidth,
    after: modes.hanziRightSpacing * modes.hanziWidth,
  }
  putGlyph(machine, text, glyph, profile.hanzi, spacing, true, offset)
}

function putGlyph(
  machine: Machine,
  text: string,
  glyph: Glyph | undefined,
  cell: FontCell,
  spacing: { readonly before: number; readonly after: number },
  multibyte: boolean,
  offset: number,
): void {
  const style = currentStyle(machine, multibyte)
  const turned = machine.modes.rotated && machine.page === undefined
  const across = cell.widthDots * style.width
  const upright = cell.heightDots * style.height
  const widthDots = turned ? upright : across
  const heightDots = turned ? across : upright
  const before = spacing.before
  const { areaWidth } = printArea(machine)
  if (machine.line.x > 0 && machine.line.x + before + widthDots > areaWidth) {
    endLine(machine, machine.modes.lineSpacing, offset, true)
  }
  const x = machine.line.x + before
  advance(machine, x + widthDots + spacing.after, heightDots, offset)
  const shown = turned && glyph !== undefined ? turnGlyph(glyph) : glyph
  if (shown === undefined && !style.inverse && (style.underline === 0 || turned)) return
  putItem(machine, {
    kind: 'glyph',
    x,
    widthDots,
    heightDots,
    spacing: spacing.after,
    glyph: shown,
    turned,
    text,
    style,
    multibyte,
    offset,
  })
}

/** The glyph of a half-width character: undefined for a blank, a box for a character that neither font has. */
export function narrowGlyph(text: string, font: FontId, cell: FontCell): Glyph | undefined {
  if (text === ' ' || text === '\u{a0}') return undefined
  const codePoint = text.codePointAt(0) ?? 0
  const shape: FontId = cell.heightDots >= 24 ? 'A' : font === 'A' ? 'B' : font
  return (
    glyphFor(codePoint, shape, 1) ??
    glyphFor(codePoint, 'B', 1) ??
    missingGlyph(cell.widthDots, cell.heightDots)
  )
}

/** The shape that 9 pins print, whose dots are 2 × 2 of the paper's. */
function pinGlyph(text: string, cell: FontCell): Glyph | undefined {
  if (text === ' ' || text === '\u{a0}') return undefined
  const glyph = glyphFor(text.codePointAt(0) ?? 0, 'pin', 1)
  return glyph === undefined
    ? missingGlyph(cell.widthDots, cell.heightDots)
    : doubleGlyph(glyph, cell)
}
