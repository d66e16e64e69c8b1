/** A line of wrapped text, and how text is wrapped into lines. */
import type { Piece } from './flow.js'

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
  /** White at its left that is not part of `widthDots`: lines after the first of an indented text. */
  readonly indentDots?: number
}

export interface WrapOptions {
  readonly widthDots: number
  /** Default `word`. */
  readonly policy?: WrapPolicy
  /** Indent of the lines after the first. Default 0. */
  readonly indentDots?: number
  readonly path: string
}
