/** What a stream of bytes printed, in a few plain values ready for JSON. */
import type { Paper } from '../model/paper.js'
import { hexOf } from './paper-json.js'
import { paperToText } from './paper-text.js'

export interface DecodeSummary {
  /** Printed text; lines that the printer wrapped by itself are joined again. */
  readonly text: string
  readonly symbols: readonly { readonly kind: string; readonly data: string }[]
  /** Dots as sent; bands of one picture are one image. */
  readonly images: readonly { readonly widthDots: number; readonly heightDots: number }[]
  readonly cuts: number
  readonly pulses: number
  readonly replies: number
  readonly unknown: readonly { readonly offset: number; readonly hex: string }[]
  readonly paper: { readonly widthDots: number; readonly heightDots: number }
}

export function decodeSummary(paper: Paper): DecodeSummary {
  return {
    text: paperToText(paper, { joinWrapped: true }),
    symbols: paper.symbols.map(({ kind, data }) => ({ kind, data })),
    images: wholeImages(paper),
    cuts: paper.cuts.length,
    pulses: paper.pulses.length,
    replies: paper.replies,
    unknown: paper.unknown.map(({ offset, bytes }) => ({ offset, hex: hexOf(bytes) })),
    paper: { widthDots: paper.widthDots, heightDots: paper.heightDots },
  }
}

function wholeImages(paper: Paper): { widthDots: number; heightDots: number }[] {
  const whole: { widthDots: number; heightDots: number }[] = []
  for (const { bitmap, continues } of paper.images) {
    const last = whole.at(-1)
    if (continues && last !== undefined) last.heightDots += bitmap.heightDots
    else whole.push({ widthDots: bitmap.widthDots, heightDots: bitmap.heightDots })
  }
  return whole
}
