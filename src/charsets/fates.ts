/** Decides the fate of a character: native, substituted, drawn or removed, with a note for the diagnostics. */
import { ZONE_PAGE } from '../model/cells.js'
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
import { type CellText, drawnPiece, fourBytePiece, nativePieces, textOf } from './pieces.js'
import {
  digitSeparator,
  lastResortsOf,
  strippedOf,
  substitutesOf,
  twinsOf,
} from './substitutions.js'

/** A diagnostic without its count. Notes with the same `code` and `subject` are counted together. */
export interface Note {
  readonly code: string
  readonly severity: Severity
  /** The character in the words of the message, such as `'¥' (U+00A5)`. */
  readonly subject: string
  readonly verdict: string
  readonly hint?: string
}

export interface Fate {
  readonly pieces: readonly CellText[]
  readonly notes: readonly Note[]
  /** Separator to print before the pieces if they follow a digit. */
  readonly afterDigit?: string
}

export interface FateContext {
  readonly charset: Charset
  readonly onUnsupported: OnUnsupported
  readonly path: string
  /** Whether the caller gave fonts for scripts that are shaped. Default false. */
  readonly hasFonts?: boolean
}

const KEYCAP = 0x20e3
const EMOJI_STYLE = '\ufe0f'
/** Replacements for a character that cannot be printed at all, the most visible first. */
const placeholders = ['〓', '□', '■']
const BOX = '□'

/**
 * Decides how a cluster is printed. Throws `CHAR_UNSUPPORTED` if `onUnsupported` is `error` and the cluster is not
 * native.
 */
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

/** Returns the fate of an emoji sequence, or of a letter with marks that Unicode cannot compose. Only the base is printed. */
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

function isOfPage(pieces: readonly CellText[]): boolean {
  return pieces.some(({ zone }) => zone >= ZONE_PAGE)
}

function fateOfCharacter(codePoint: number, context: FateContext, emojiStyle: boolean): Fate {
  const { charset } = context
  const character = String.fromCodePoint(codePoint)
  if (isBlank(codePoint)) return substituted(character, [' '], charset, 'info') ?? noFate
  const native = isRightToLeft(codePoint) ? undefined : nativePieces(character, charset)
  if (native !== undefined) {
    // A twin in the multi-byte ROM (￥ for ¥) is safer than a code page, and needs no change of mode.
    const twin = isOfPage(native)
      ? substituted(character, twinsOf(character), charset, 'info')
      : undefined
    return twin === undefined || isOfPage(twin.pieces) ? { pieces: native, notes: [] } : twin
  }
  const script = shapedScript(codePoint)
  if (script !== undefined) return unsupportedScript(script, context)
  const same = substituted(character, twinsOf(character), charset, 'info')
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
    substituted(character, strippedOf(character), charset) ??
    substituted(character, lastResortsOf(character), charset) ??
    missing(character, charset)
  )
}

const noFate: Fate = { pieces: [], notes: [] }

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
  const hint = 'write it in other characters, or print it as an image'
  return { pieces, notes: [{ ...note('CHAR_MISSING', 'error', cluster, verdict), hint }] }
}

function unsupportedScript(script: string, context: FateContext): Fate {
  refuseIfStrict(script, context)
  const pieces = placeholder(context.charset)
  const verdict = `needs letters that join or run from right to left, and stands as '${textOf(pieces)}'`
  const hint = scriptHint(script, context.hasFonts === true)
  return {
    pieces,
    notes: [{ code: 'SCRIPT_UNSUPPORTED', severity: 'error', subject: script, verdict, hint }],
  }
}

/** Defined only in the small builds, which cannot draw text, even with fonts. */
declare const __XIAOPIAO_SMALL_ZONES__: unknown

function scriptHint(script: string, hasFonts: boolean): string {
  if (typeof __XIAOPIAO_SMALL_ZONES__ !== 'undefined') {
    return "import { compile } from 'xiaopiao', which prints it with the fonts of loadFonts"
  }
  return hasFonts
    ? `give loadFonts a font that has ${script}`
    : 'run `npm install harfbuzzjs bidi-js`, and give the option fonts what loadFonts of xiaopiao/scripts has loaded'
}

function placeholder(charset: Charset): readonly CellText[] {
  for (const text of placeholders) {
    const pieces = nativePieces(text, charset)
    if (pieces !== undefined) return pieces
  }
  const box = drawnPiece(BOX, codePointAt(BOX, 0), charset, false)
  return box === undefined ? (nativePieces('?', charset) ?? []) : [box]
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
  throw new ReceiptError(`the printer does not have ${subjectOf(text)}`, {
    code: 'CHAR_UNSUPPORTED',
    path: context.path,
    hint: "write another character, or allow 'substitute' or 'draw' for unsupported ones",
  })
}

function circledDigits(base: number): readonly string[] {
  return base >= 0x31 && base <= 0x39 ? [String.fromCodePoint(base + 0x242f)] : []
}

/** Returns the letters of a flag, such as `CN`, from its two regional indicators. Marks on them are dropped. */
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
