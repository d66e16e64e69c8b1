/** The stages of text in layout: the spans of a receipt, flows of shaped pieces, and the lines that flows are wrapped into. */

import type { Cells } from '../model/cells.js'
import type { TextStyle } from '../model/style.js'

export interface Span {
  readonly text: string
  readonly style: TextStyle
  /** Path of the string in the receipt, such as `nodes[3].text[1].text`. */
  readonly path: string
  /** Keep the text on one line, unless it is wider than the line. */
  readonly nowrap?: boolean
}

export interface Piece {
  readonly cells: Cells
  readonly style: TextStyle
  /** A soft hyphen follows the piece, so a line may be broken there, with a hyphen. */
  readonly softHyphen?: boolean
  /** The piece is not broken, unless it is wider than the line. */
  readonly nowrap?: boolean
}

/** One paragraph: no newline inside. */
export type Flow = readonly Piece[]

/**
 * `word` breaks by Unicode's and the Chinese rules; `char` between any two characters; `none` cuts at the edge and
 * reports it; `ellipsis` cuts with `…`; `shrink` takes narrower sizes until it fits, then breaks as `word`. None of them
 * breaks a number without `NUMBER_BROKEN`.
 */
export const wrapPolicies = ['word', 'char', 'none', 'ellipsis', 'shrink'] as const
export type WrapPolicy = (typeof wrapPolicies)[number]

export interface Line {
  readonly pieces: readonly Piece[]
  readonly widthDots: number
  /** White at the left, not part of `widthDots`. Set on the lines after the first of an indented text. */
  readonly indentDots?: number
}

export interface WrapOptions {
  readonly widthDots: number
  /** Default `word`. */
  readonly policy?: WrapPolicy
  /** Indent of the lines after the first, in dots. Default 0. */
  readonly indentDots?: number
  /** Most lines of all paragraphs together; a text with more ends in an ellipsis. Default: no limit. */
  readonly maxLines?: number | undefined
  readonly path: string
}
