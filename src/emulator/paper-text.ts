/** Paper as text: the printed lines, gaps as blanks. */
import type { Paper, PrintedGlyph, PrintedLine } from '../model/paper.js'

/** Width of a blank: the cell of Font A at 203 dpi. */
const blankDots = 12

export interface TextOptions {
  /** Write a line that the printer wrapped by itself as one line. Default false: as on paper. */
  readonly joinWrapped?: boolean
}

/** The printed lines, joined by `\n`. A gap is one blank per 12 dots, rounded, at least one; rows of images alone are left out. */
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
  const from = continued ? line.x : 0
  const text = lineText(glyphs, from)
  const end = Math.max(from, ...glyphs.map((glyph) => glyph.x + glyph.widthDots))
  return line.wrapped ? text + gap(line.x + line.widthDots - end) : text
}

/** The text of glyphs that stand in one line, with blanks for the gaps from `from` dots on; else from the first glyph. */
export function lineText(glyphs: readonly PrintedGlyph[], from?: number): string {
  let text = ''
  let x = from
  for (const glyph of [...glyphs].sort((a, b) => a.x - b.x)) {
    text += gap(glyph.x - (x ?? glyph.x)) + glyph.text
    x = glyph.x + glyph.widthDots
  }
  return text
}

function gap(dots: number): string {
  return dots > 0 ? ' '.repeat(Math.max(1, Math.round(dots / blankDots))) : ''
}
