/**
 * Looks characters up in the embedded dot font: 12×24 (Font A), 9×17 (Fonts B and C), 24×24 (two cells), 16×16 (two cells
 * of a small font), and the 6×9 of a head of 9 pins.
 */
import { type GlyphSetName, readGlyphData } from '#glyph-data'
import type { FontId } from '../model/style.js'
import {
  fileHasGlyph,
  type Glyph,
  type GlyphFile,
  glyphOfFile,
  openGlyphFile,
} from './glyph-file.js'
import { mayHold } from './set-pages.js'

/** The files in the order of search: characters of most receipts come first, so that later files are rarely read. */
const twoCellSets: readonly GlyphSetName[] = ['gb2312', 'gbk', 'gb18030', 'korean', 'emoji']
const narrowSets: Readonly<Record<GlyphFont, readonly GlyphSetName[]>> = {
  A: ['fonta'],
  B: ['fontb'],
  C: ['fontb'],
  small: ['fontb'],
  pin: ['pin'],
}
const smallTwoCellSets: readonly GlyphSetName[] = ['small']

/** `small` has 16×16 glyphs for two cells and those of Font B for one cell; `pin` has the same for two cells, and 6×9 for one. */
export type GlyphFont = FontId | 'small' | 'pin'

const opened = new Map<GlyphSetName, GlyphFile>()

/**
 * Returns the dots of a character. The cell width (1 or 2 cells, given by the charset) selects one of two forms, because
 * Greek, Cyrillic, quotes and box drawing exist in both. Undefined if the font lacks the glyph. Glyph files are
 * read at first use, and the glyphs of the same group are decoded together with it.
 */
export function glyphFor(codePoint: number, font: GlyphFont, cellWidth: 1 | 2): Glyph | undefined {
  for (const name of setsOf(font, cellWidth)) {
    const file = open(name, codePoint)
    const glyph = file && glyphOfFile(file, codePoint)
    if (glyph !== undefined) return glyph
  }
  return undefined
}

/** Whether `glyphFor` would find the character. No glyph is decoded. */
export function hasGlyph(codePoint: number, font: GlyphFont, cellWidth: 1 | 2): boolean {
  return setsOf(font, cellWidth).some((name) => {
    const file = open(name, codePoint)
    return file !== undefined && fileHasGlyph(file, codePoint)
  })
}

function setsOf(font: GlyphFont, cellWidth: 1 | 2): readonly GlyphSetName[] {
  if (cellWidth === 1) return narrowSets[font]
  return font === 'small' || font === 'pin' ? smallTwoCellSets : twoCellSets
}

/** Returns the file, and reads it if necessary. Undefined for a file that is not read yet and cannot hold the character. */
function open(name: GlyphSetName, codePoint: number): GlyphFile | undefined {
  let file = opened.get(name)
  if (file === undefined) {
    if (!mayHold(name, codePoint)) return undefined
    file = openGlyphFile(readGlyphData(name))
    opened.set(name, file)
  }
  return file
}
