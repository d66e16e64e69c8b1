/** One line of plain text, like most lines of a receipt: its run is made without cells, a flow, a piece and a line. */

import { PlainRun } from '../model/strip.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { type PlainMeasures, plainHeightDots } from './measure.js'

const BLANK = 0x20

/**
 * How many characters are two cells wide in a text that is plain, not empty and ends in ink, in a style that does not ink the
 * space between characters. -1 for any other text: it is laid out by flows.
 */
export function quickWide(
  text: unknown,
  measures: PlainMeasures,
  { shaper }: LayoutContext,
): number {
  if (typeof text !== 'string' || text === '' || !measures.isQuick) return -1
  return text.charCodeAt(text.length - 1) === BLANK ? -1 : shaper.wideIn(text)
}

/** The run of a text of which `quickWide` has told the wide characters. */
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
