/**
 * Sub-path `xiaopiao/scripts`: fonts for scripts whose letters join, stack or run from right to left. HarfBuzz shapes the letters, and the
 * package draws them. Fonts and libraries are loaded before `compile`, because `compile` is synchronous.
 */

export type { Outline, PlacedOutline, ScriptFonts, ScriptLetter } from '../model/cells.js'
export { type FontFile, loadFonts, type ScriptLibraries, type ScriptName } from './load-fonts.js'
