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

/** Searched in this order: what most receipts hold comes first, and a later file is read only when asked. */
const twoCellSets: readonly GlyphSetName[] = ['gb2312', 'gbk', 'gb18030', 'korean', 'emoji']
const narrowSets: Readonly<Record<GlyphFont, readonly GlyphSetName[]>> = {
  A: ['fonta'],
  B: ['fontb'],
  C: ['fontb'],
  small: ['fontb'],
  pin: ['pin'],
}
const smallTwoCellSets: readonly GlyphSetName[] = ['small']

/** `small` has two cells of 16×16 beside the single ones of Font B; `pin` has the same beside single ones of 6×9. */
export type GlyphFont = FontId | 'small' | 'pin'

const opened = new Map<GlyphSetName, GlyphFile>()

/**
 * The dots of a character. The cell width (1 or 2 cells, given by the charset) selects one of two forms, because
 * Greek, Cyrillic, quotes and box drawing exist in both. Undefined if the font lacks the glyph. Glyph files are
 * read at first use, and a few glyphs decoded with the one that is asked for.
 */
export function glyphFor(codePoint: number, font: GlyphFont, cellWidth: 1 | 2): Glyph | undefined {
  for (const name of setsOf(font, cellWidth)) {
    const file = open(name, codePoint)
    const glyph = file && glyphOfFile(file, codePoint)
    if (glyph !== undefined) return glyph
  }
  return undefined
}

/** Whether `glyphFor` would find the character; decodes nothing. */
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

/** The file, unless it has not been read yet and cannot hold the character. */
function open(name: GlyphSetName, codePoint: number): GlyphFile | undefined {
  let file = opened.get(name)
  if (file === undefined) {
    if (!mayHold(name, codePoint)) return undefined
    file = openGlyphFile(readGlyphData(name))
    opened.set(name, file)
  }
  return file
}
