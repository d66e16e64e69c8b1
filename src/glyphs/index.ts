/** The embedded dot font: look-up by character, and drawing on one-bit rows. */
export {
  type DotTarget,
  drawGlyph,
  fillRect,
  type GlyphDrawing,
  invertRect,
  orRow,
} from './draw.js'
export { type CellBox, drawCell } from './draw-cell.js'
export { type Glyph, rowsOfColumns } from './glyph-file.js'
export { type GlyphFont, glyphFor, hasGlyph } from './glyphs.js'
export { missingGlyph } from './missing-glyph.js'
