/** Lays out one line of plain text, as most lines of a receipt are. The run is made directly, without cells, flow, piece or line. */

import { PlainRun } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { type PlainMeasures, plainHeightDots } from './measure.js'

const BLANK = 0x20

/**
 * Returns how many characters are two cells wide in a text that is plain, not empty and ends in ink, in a style that does not ink the
 * space between characters. Returns -1 for any other text, which has to be laid out by flows.
 */
export function quickWide(
  text: unknown,
  measures: PlainMeasures,
  { shaper }: LayoutContext,
): number {
  if (typeof text !== 'string' || text === '' || !measures.isQuick) return -1
  return text.charCodeAt(text.length - 1) === BLANK ? -1 : shaper.wideIn(text)
}

/** Makes the run of a text for which `quickWide` has counted the wide characters. */
export function quickRun(
  x: number,
  widthDots: number,
  { text, wide }: { readonly text: string; readonly wide: number },
  style: TextStyle,
  measures: PlainMeasures,
  { shaper }: LayoutContext,
): PlainRun {
  const heightDots = plainHeightDots(text.length, wide, measures)
  return new PlainRun(x, widthDots, heightDots, style, text, shaper.codes, wide)
}
