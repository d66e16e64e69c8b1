/** Letters of scripts whose letters join, stack or run from right to left: shaped by a font that the caller gives, and drawn as dots. */

import type { ScriptLetter } from './cells.js'

export type { Outline, PlacedOutline, ScriptLetter } from './cells.js'

/** The result of `loadFonts`: all that shaping and layout ask of them, without waiting. */
export interface ScriptFonts {
  /**
   * The letters of a text of one script, in the order in which they are read; undefined if no font has all of it.
   * @param script as in messages: `Thai`, `Arabic`
   */
  readonly letters: (text: string, script: string) => readonly ScriptLetter[] | undefined
  /**
   * The level of each UTF-16 unit of a paragraph: odd ones run from right to left.
   * @param units stretches that run from left to right whatever is around them, such as amounts
   */
  readonly levels: (
    text: string,
    units: readonly { readonly from: number; readonly to: number }[],
  ) => Uint8Array
  /** UTF-16 offsets at which a word begins in scripts that write none of their blanks, such as Thai and Khmer. */
  readonly wordStarts: (text: string) => readonly number[]
}

/** Parts of a font's height: an em is as high as a character cell, so that letters match its capitals. */
const BASELINE_PART = 5 / 24

/** Dots of an em, by the height of the font's cell and the multiple of the text. */
export function emDots(cellDots: number, multiple: number): number {
  return cellDots * multiple
}

/** Dots from the bottom of a cell up to the baseline. */
export function baselineDots(cellDots: number, multiple: number): number {
  return Math.round(cellDots * BASELINE_PART) * multiple
}

/** Width in dots; those of neighbours add up to that of their word. */
export function letterDots({ at, advance }: ScriptLetter, em: number): number {
  return Math.round((at + advance) * em) - Math.round(at * em)
}
