/** A cell before it is added to the buffer: a character that the printer has, or one that we draw. */
import { ZONE_ASCII, ZONE_DRAWN, ZONE_MULTIBYTE, ZONE_PAGE } from '../model/cells.js'
import type { Charset } from './charset.js'
import { isMark, isPictograph, isWide, shapedScript } from './classes.js'
import { codePointAt } from './clusters.js'
import { codePageBytes } from './code-pages.js'
import { fourByteCode, zoneCodes } from './zones.js'

export interface CellText {
  readonly text: string
  readonly width: 1 | 2
  readonly zone: number
  readonly code: number
}

const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u
/** The first arrow. From here on, pictographs may be emoji; the earlier ones, © ® ™, are not. */
const FIRST_EMOJI = 0x2190

/** Returns the cells of a text if the printer has all of its characters, else undefined. Four-byte codes are not considered. */
export function nativePieces(text: string, charset: Charset): readonly CellText[] | undefined {
  const codes = zoneCodes(charset.zone)
  const pieces: CellText[] = []
  for (const character of text) {
    const codePoint = codePointAt(character, 0)
    const code = codePoint <= 0xffff ? (codes[codePoint] as number) : 0
    if (codePoint >= 0x20 && codePoint < 0x7f) {
      pieces.push({ text: character, width: 1, zone: ZONE_ASCII, code: codePoint })
    } else if (code !== 0) {
      pieces.push({ text: character, width: 2, zone: ZONE_MULTIBYTE, code })
    } else if (charset.zone === 'utf8') {
      const piece = utf8Piece(character, codePoint)
      if (piece === undefined) return undefined
      pieces.push(piece)
    } else {
      const piece = pagePiece(character, codePoint, charset)
      if (piece === undefined) return undefined
      pieces.push(piece)
    }
  }
  return pieces
}

/**
 * Returns a cell of the first page that has the character; `fewestPageChanges` chooses the final page later. Marks are refused, because a
 * mark that a page has (Thai, Vietnamese) would print in a separate cell beside its letter.
 */
function pagePiece(text: string, codePoint: number, charset: Charset): CellText | undefined {
  if (isMark(codePoint)) return undefined
  for (const [index, { slot }] of charset.pages.entries()) {
    const code = codePageBytes(slot.encoding).get(codePoint)
    if (code !== undefined) return { text, width: 1, zone: ZONE_PAGE + index, code }
  }
  return undefined
}

/**
 * The characters that a printer in UTF-8 mode is assumed to have: letters, figures and signs of the basic plane,
 * two cells wide if Unicode calls them wide. Scripts that need shaping, emoji and all above the plane are left out.
 */
function utf8Piece(text: string, codePoint: number): CellText | undefined {
  if (codePoint > 0xffff || !PRINTABLE.test(text)) return undefined
  if (codePoint >= FIRST_EMOJI && isPictograph(codePoint)) return undefined
  if (shapedScript(codePoint) !== undefined) return undefined
  const low = 0x80 | (codePoint & 0x3f)
  const code =
    codePoint < 0x800
      ? ((0xc0 | (codePoint >> 6)) << 8) | low
      : ((0xe0 | (codePoint >> 12)) << 16) | ((0x80 | ((codePoint >> 6) & 0x3f)) << 8) | low
  return { text, width: isWide(codePoint) ? 2 : 1, zone: ZONE_MULTIBYTE, code }
}

/** Returns a cell with a four-byte code, if the zone is `gb18030`. Emoji are left out, because no ROM has them. */
export function fourBytePiece(codePoint: number, charset: Charset): CellText | undefined {
  if (charset.zone !== 'gb18030') return undefined
  if (codePoint >= 0x1f000 && codePoint <= 0x1ffff) return undefined
  const text = String.fromCodePoint(codePoint)
  const code = PRINTABLE.test(text) ? fourByteCode(codePoint) : 0
  return code === 0 ? undefined : { text, width: 2, zone: ZONE_MULTIBYTE, code }
}

/** Returns a drawn cell, in a width for which there is a glyph; `wide` says which width to try first. */
export function drawnPiece(
  text: string,
  codePoint: number,
  charset: Charset,
  wide: boolean,
): CellText | undefined {
  const widths = wide ? ([2, 1] as const) : ([1, 2] as const)
  const width = widths.find((cells) => charset.canDraw(codePoint, cells))
  return width && { text, width, zone: ZONE_DRAWN, code: codePoint }
}

export function textOf(pieces: readonly CellText[]): string {
  return pieces.map((piece) => piece.text).join('')
}
