/** The embedded dot font: look-up by character, and drawing on one-bit rows. */
export { drawGlyph, fillRect, invertRect } from './draw.js'
export { drawCell } from './draw-cell.js'
export type { Glyph } from './glyph-file.js'
export { glyphFor, hasGlyph } from './glyphs.js'
export { missingGlyph } from './missing-glyph.js'
