/** The fate of one character: native, substituted, drawn, or removed; and the note that says so. */
import { ZONE_ASCII, ZONE_DRAWN, ZONE_MULTIBYTE, ZONE_PAGE } from '../model/cells.js'
import type { OnUnsupported } from '../model/charset.js'
import type { Severity } from '../model/diagnostic.js'
import { ReceiptError } from '../model/errors.js'
import type { Charset } from './charset.js'
import {
  isBlank,
  isControl,
  isHalfwidthKana,
  isInvisible,
  isMark,
  isPictograph,
  isRegionalIndicator,
  isRightToLeft,
  isSurrogate,
  isWide,
  shapedScript,
} from './classes.js'
import { codePointAt } from './clusters.js'
import { codePageBytes } from './code-pages.js'
import { digitSeparator, lastResortsOf, substitutesOf, twinOf } from './substitutions.js'
import { fourByteCode, zoneCodes } from './zones.js'

/** A cell to be. `pages` is a set of bits: the code pages that have the character. */
export interface Piece {
  readonly text: string
  readonly width: 1 | 2
  readonly zone: number
  readonly code: number
  readonly pages: number
}

/** A diagnostic before it is counted: one for each `code` and `subject` of a text. */
export interface Note {
  readonly code: string
  readonly severity: Severity
  /** What it is about, for the reader: `'¥' (U+00A5)`. */
  readonly subject: string
  readonly verdict: string
  readonly hint?: string
}

export interface Fate {
  readonly pieces: readonly Piece[]
  readonly notes: readonly Note[]
  /** What to print before the pieces when they follow a digit. */
  readonly afterDigit?: string
}

export interface FateContext {
  readonly charset: Charset
  readonly onUnsupported: OnUnsupported
  readonly path: string
}

const KEYCAP = 0x20e3
const EMOJI_STYLE = '\ufe0f'
const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u
/** Stand-ins for a character that cannot be printed at all, the most visible first. */
const placeholders = ['〓', '□', '■', '?']

/** What becomes of a cluster. Throws `CHAR_UNSUPPORTED` where `onUnsupported` is `error` and it is not native. */
export function decideFate(cluster: string, context: FateContext): Fate {
  const base = codePointAt(cluster, 0)
  if (isSurrogate(base)) return removed('CHAR_REMOVED', 'warning', base, 'is half a character')
  if (isControl(base)) {
    const verdict = 'is a control character and is never sent in text'
    return removed('CONTROL_REMOVED', 'warning', base, verdict)
  }
  if (isInvisible(base)) return invisible(base)
  if (isMark(base)) {
    return removed('CHAR_REMOVED', 'warning', base, 'is a mark with no letter before it')
  }
  const parts = [...cluster]
  const visible = parts.filter((part) => !isInvisible(codePointAt(part, 0)))
  if (visible.length === 1) {
    const fate = fateOfCharacter(base, context, cluster.includes(EMOJI_STYLE))
    return visible.length === parts.length ? fate : withNotes(fate, invisibleNotes(parts))
  }
  return fateOfSequence(cluster, visible, context)
}

function fateOfSequence(cluster: string, visible: readonly string[], context: FateContext): Fate {
  const base = codePointAt(cluster, 0)
  const second = codePointAt(visible[1] ?? '', 0)
  const { charset } = context
  const native = isRightToLeft(base) ? undefined : nativePieces(visible.join(''), charset)
  if (native !== undefined) return { pieces: native, notes: [] }
  const script = shapedScript(base)
  if (script !== undefined) return unsupportedScript(script, context)
  const texts = [cluster.normalize('NFKC')]
  if (second === KEYCAP) texts.unshift(...circledDigits(base), String.fromCodePoint(base))
  else if (isRegionalIndicator(base)) texts.unshift(flagLetters(visible))
  else if (!isHalfwidthKana(base)) return fateOfMarked(cluster, base, context)
  refuseIfStrict(cluster, context)
  return substituted(cluster, texts, charset) ?? missing(cluster, charset)
}

/** An emoji with more in its sequence, or a letter with marks that Unicode cannot compose: the base alone. */
function fateOfMarked(cluster: string, base: number, context: FateContext): Fate {
  refuseIfStrict(cluster, context)
  const drawn = isPictograph(base) ? drawnPiece(cluster, base, context.charset, true) : undefined
  if (drawn !== undefined) {
    const verdict = 'is drawn as its first picture'
    return { pieces: [drawn], notes: [note('CHAR_DRAWN', 'info', cluster, verdict)] }
  }
  const alone = fateOfCharacter(base, context, false)
  const verdict = `is printed without its marks, as '${textOf(alone.pieces)}'`
  return { ...alone, notes: [note('CHAR_SUBSTITUTED', 'warning', cluster, verdict)] }
}

function fateOfCharacter(codePoint: number, context: FateContext, emojiStyle: boolean): Fate {
  const { charset } = context
  const character = String.fromCodePoint(codePoint)
  if (isBlank(codePoint)) return substituted(character, [' '], charset, 'info') ?? noFate
  const native = isRightToLeft(codePoint) ? undefined : nativePieces(character, charset)
  if (native !== undefined) return { pieces: native, notes: [] }
  const script = shapedScript(codePoint)
  if (script !== undefined) return unsupportedScript(script, context)
  const twin = twinOf(character)
  const same = twin === undefined ? undefined : substituted(character, [twin], charset, 'info')
  if (same !== undefined) return same
  const fourBytes = fourBytePiece(codePoint, charset)
  if (fourBytes !== undefined) return { pieces: [fourBytes], notes: [] }
  refuseIfStrict(character, context)
  const bySubstitute = () => substituted(character, substitutesOf(character), charset)
  const byDrawing = () => drawn(character, codePoint, charset, emojiStyle)
  const first = context.onUnsupported === 'draw' ? byDrawing : bySubstitute
  const then = first === byDrawing ? bySubstitute : byDrawing
  return (
    first() ??
    then() ??
    substituted(character, lastResortsOf(character), charset) ??
    missing(character, charset)
  )
}

const noFate: Fate = { pieces: [], notes: [] }

/** The cells of a text if the printer has all of it, else undefined. Four-byte codes are not looked for. */
function nativePieces(text: string, charset: Charset): readonly Piece[] | undefined {
  const codes = zoneCodes(charset.zone)
  const pieces: Piece[] = []
  for (const character of text) {
    const codePoint = codePointAt(character, 0)
    const code = codePoint <= 0xffff ? (codes[codePoint] as number) : 0
    if (codePoint >= 0x20 && codePoint < 0x7f) {
      pieces.push({ text: character, width: 1, zone: ZONE_ASCII, code: codePoint, pages: 0 })
    } else if (code !== 0) {
      pieces.push({ text: character, width: 2, zone: ZONE_MULTIBYTE, code, pages: 0 })
    } else {
      const pages = pagesWith(codePoint, charset)
      if (pages === 0) return undefined
      pieces.push({ text: character, width: 1, zone: ZONE_PAGE, code: codePoint, pages })
    }
  }
  return pieces
}

/** Bit i is set if page i of the charset has the character. */
function pagesWith(codePoint: number, charset: Charset): number {
  let pages = 0
  for (const [index, page] of charset.pages.entries()) {
    if (codePageBytes(page.slot.encoding).has(codePoint)) pages |= 1 << index
  }
  return pages
}

/** Only where the ROM is said to have four-byte codes; emoji are in no ROM. */
function fourBytePiece(codePoint: number, charset: Charset): Piece | undefined {
  if (charset.zone !== 'gb18030') return undefined
  if (codePoint >= 0x1f000 && codePoint <= 0x1ffff) return undefined
  const text = String.fromCodePoint(codePoint)
  const code = PRINTABLE.test(text) ? fourByteCode(codePoint) : 0
  return code === 0 ? undefined : { text, width: 2, zone: ZONE_MULTIBYTE, code, pages: 0 }
}

function drawn(
  character: string,
  codePoint: number,
  charset: Charset,
  emojiStyle: boolean,
): Fate | undefined {
  const piece = drawnPiece(character, codePoint, charset, emojiStyle || isWide(codePoint))
  if (piece === undefined) return undefined
  return { pieces: [piece], notes: [note('CHAR_DRAWN', 'info', character, 'is drawn as dots')] }
}

function drawnPiece(
  text: string,
  codePoint: number,
  charset: Charset,
  wide: boolean,
): Piece | undefined {
  const widths = wide ? ([2, 1] as const) : ([1, 2] as const)
  const width = widths.find((cells) => charset.canDraw(codePoint, cells))
  return width && { text, width, zone: ZONE_DRAWN, code: codePoint, pages: 0 }
}

function substituted(
  character: string,
  candidates: readonly string[],
  charset: Charset,
  severity: Severity = 'warning',
): Fate | undefined {
  for (const text of candidates) {
    const pieces = nativePieces(text, charset)
    if (pieces === undefined) continue
    const verdict = `is printed as '${text}'`
    return {
      pieces,
      notes: [note('CHAR_SUBSTITUTED', severity, character, verdict)],
      afterDigit: digitSeparator(character, text),
    }
  }
  return undefined
}

function missing(cluster: string, charset: Charset): Fate {
  const pieces = placeholder(charset)
  const verdict = `cannot be printed and stands as '${textOf(pieces)}'`
  const hint = 'Write it in other characters, or print it as an image.'
  return { pieces, notes: [{ ...note('CHAR_MISSING', 'error', cluster, verdict), hint }] }
}

function unsupportedScript(script: string, context: FateContext): Fate {
  refuseIfStrict(script, context)
  const pieces = placeholder(context.charset)
  const verdict = `needs letters that join or run from right to left, and stands as '${textOf(pieces)}'`
  const hint = 'Print this text as an image.'
  return {
    pieces,
    notes: [{ code: 'SCRIPT_UNSUPPORTED', severity: 'error', subject: script, verdict, hint }],
  }
}

function placeholder(charset: Charset): readonly Piece[] {
  for (const text of placeholders) {
    const pieces = nativePieces(text, charset)
    if (pieces !== undefined) return pieces
  }
  return []
}

function removed(code: string, severity: Severity, codePoint: number, verdict: string): Fate {
  const subject = hexName(codePoint)
  return { pieces: [], notes: [{ code, severity, subject, verdict: `${verdict}: removed` }] }
}

function invisible(codePoint: number): Fate {
  return removed('CHAR_REMOVED', 'info', codePoint, 'prints nothing')
}

function invisibleNotes(parts: readonly string[]): readonly Note[] {
  return parts
    .map((part) => codePointAt(part, 0))
    .filter(isInvisible)
    .flatMap((codePoint) => invisible(codePoint).notes)
}

function withNotes(fate: Fate, notes: readonly Note[]): Fate {
  return { ...fate, notes: [...fate.notes, ...notes] }
}

function refuseIfStrict(text: string, context: FateContext): void {
  if (context.onUnsupported !== 'error') return
  throw new ReceiptError(`The printer does not have ${subjectOf(text)}.`, {
    code: 'CHAR_UNSUPPORTED',
    path: context.path,
    hint: "Write another character, or allow 'substitute' or 'draw' for unsupported ones.",
  })
}

function circledDigits(base: number): readonly string[] {
  return base >= 0x31 && base <= 0x39 ? [String.fromCodePoint(base + 0x242f)] : []
}

/** `CN` for the flag of two regional indicators; marks on them are dropped. */
function flagLetters(visible: readonly string[]): string {
  return visible
    .map((part) => codePointAt(part, 0))
    .filter(isRegionalIndicator)
    .map((codePoint) => String.fromCodePoint(codePoint - 0x1f1a5))
    .join('')
}

function note(code: string, severity: Severity, text: string, verdict: string): Note {
  return { code, severity, subject: subjectOf(text), verdict }
}

function subjectOf(text: string): string {
  const names = [...text].map((character) => hexName(codePointAt(character, 0)))
  return names[0]?.startsWith('U+') ? `'${text}' (${names.join(' ')})` : text
}

function hexName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('')
}
