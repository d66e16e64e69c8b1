/** Paper as text: the printed lines, with blanks for gaps. */
import type { Paper, PrintedGlyph, PrintedLine } from '../../model/paper.js'

/** Width of a blank: the cell of Font A at 203 dpi. */
const BLANK_DOTS = 12

export interface TextOptions {
  /** Whether a line that the printer wrapped is written as one line. Default false: as on paper. */
  readonly joinWrapped?: boolean
}

/**
 * Returns the printed lines, joined by `\n`. A gap is one blank per 12 dots, rounded, at least one. Rows that hold only images
 * are left out.
 *
 * @example
 * paperToText(paper) // '合计 ￥12.50'
 */
export function paperToText(paper: Paper, options: TextOptions = {}): string {
  let text = ''
  let joining = false
  for (const line of paper.lines) {
    if (!joining && isImageOnly(paper, line)) continue
    if (text !== '' && !joining) text += '\n'
    text += textOfLine(paper.glyphs.slice(line.from, line.to), line, joining)
    joining = line.wrapped && options.joinWrapped === true
  }
  return text
}

function isImageOnly(paper: Paper, line: PrintedLine): boolean {
  const hasImage = paper.images.some(
    (image) =>
      image.placement === 'in-line' && image.y >= line.y && image.y < line.y + line.heightDots,
  )
  return line.from === line.to && hasImage
}

function textOfLine(
  glyphs: readonly PrintedGlyph[],
  line: PrintedLine,
  continued: boolean,
): string {
  // A turned line gets no indent, because its indent would be from another edge of the paper.
  if (line.turn !== undefined) return lineText(glyphs, line.turn)
  const from = continued ? line.x : 0
  const text = lineText(glyphs, undefined, from)
  const end = Math.max(from, ...glyphs.map((glyph) => glyph.x + glyph.widthDots))
  return line.wrapped ? text + gap(line.x + line.widthDots - end) : text
}

/**
 * Returns the text of the glyphs of a line in reading direction. Gaps become blanks, counted from `from` dots on, or
 * else from the first glyph.
 */
export function lineText(
  glyphs: readonly PrintedGlyph[],
  turn: PrintedLine['turn'],
  from?: number,
): string {
  let text = ''
  let at = from
  for (const { glyph, start, end } of glyphs
    .map((one) => ({ glyph: one, ...spanOf(one, turn) }))
    .sort((a, b) => a.start - b.start)) {
    text += gap(start - (at ?? start)) + glyph.text
    at = end
  }
  return text
}

/** The beginning and end of a glyph along its line, which may be turned. */
function spanOf({ x, y, widthDots, heightDots }: PrintedGlyph, turn: PrintedLine['turn']) {
  if (turn === 90) return { start: y, end: y + heightDots }
  if (turn === 180) return { start: -x - widthDots, end: -x }
  if (turn === 270) return { start: -y - heightDots, end: -y }
  return { start: x, end: x + widthDots }
}

function gap(dots: number): string {
  return dots > 0 ? ' '.repeat(Math.max(1, Math.round(dots / BLANK_DOTS))) : ''
}
