/** The result of a stream of bytes in a few plain values, ready for JSON. */
import type { Paper, PaperNote } from '../../model/paper.js'
import { imageBands } from '../diff/whole-images.js'
import { hexOf } from './paper-json.js'
import { paperToText } from './paper-text.js'

export interface DecodeSummary {
  /** Printed text; lines that the printer wrapped are joined again. */
  readonly text: string
  readonly symbols: readonly { readonly kind: string; readonly data: string }[]
  /** Sizes of the pictures as sent, in dots; the bands of one picture are one image. */
  readonly images: readonly { readonly widthDots: number; readonly heightDots: number }[]
  readonly cuts: number
  readonly pulses: number
  readonly replies: number
  readonly unknown: readonly { readonly offset: number; readonly hex: string }[]
  /** Notes of things that did not print, or not as intended. */
  readonly notes: readonly PaperNote[]
  readonly paper: { readonly widthDots: number; readonly heightDots: number }
}

/**
 * Sums a paper up in plain values, ready for JSON.
 *
 * @example
 * decodeSummary(paper).text // '合计 ￥12.50'
 */
export function decodeSummary(paper: Paper): DecodeSummary {
  return {
    text: paperToText(paper, { joinWrapped: true }),
    symbols: paper.symbols.map(({ kind, data }) => ({ kind, data })),
    images: imageBands(paper).map((bands) => ({
      widthDots: bands[0]?.bitmap.widthDots ?? 0,
      heightDots: bands.reduce((sum, { bitmap }) => sum + bitmap.heightDots, 0),
    })),
    cuts: paper.cuts.length,
    pulses: paper.pulses.length,
    replies: paper.replies,
    unknown: paper.unknown.map(({ offset, bytes }) => ({ offset, hex: hexOf(bytes) })),
    notes: paper.notes,
    paper: { widthDots: paper.widthDots, heightDots: paper.heightDots },
  }
}
