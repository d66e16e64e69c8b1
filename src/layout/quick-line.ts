/** One line of plain text, like most lines of a receipt: its run is made without a flow, a piece and a line. */

import type { PlainCells } from '../model/cells.js'
import type { TextStyle } from '../model/style.js'
import type { LayoutContext } from './context.js'
import { plainText } from './flow.js'

/**
 * The cells of a text that is plain and not empty, in a style that does not ink the space between characters. Undefined for any
 * other text: it is laid out by flows.
 */
export function quickCells(
  text: unknown,
  style: TextStyle,
  context: LayoutContext,
): PlainCells | undefined {
  if (typeof text !== 'string' || text === '') return undefined
  if (style.inverse || style.letterSpacing !== 0) return undefined
  return plainText(text, style, context)
}
