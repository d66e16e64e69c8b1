/** Adds the texts of drawn characters and symbols to a paper that has them only as dots. */
import type { DrawnBlock } from '../model/drawn-block.js'
import type { Paper, PrintedImage, PrintedText } from '../model/paper.js'

/**
 * Returns the paper with `texts` for text and codes that are printed as dots, such as 𠮷 in a name or a QR code that the printer
 * cannot make itself.
 * @param paper what the bytes of `compiled` print, whole
 * @param blocks `compiled.drawnBlocks` of the same receipt
 *
 * @example
 * const compiled = compile(receipt, { profile })
 * withDrawnTexts(printBytes(compiled.bytes, profile), compiled.drawnBlocks).texts // []
 */
export function withDrawnTexts(paper: Paper, blocks: readonly DrawnBlock[]): Paper {
  const images = byOffset(paper.images)
  const symbols = byOffset(paper.symbols)
  const made = [...byOffset(paper.glyphs), ...symbols].sort((a, b) => a.offset - b.offset)
  const texts = blocks.flatMap((block) => {
    const dots = between(images, block)
    const [first] = dots
    if (first === undefined) return []
    const top = Math.min(...dots.map(({ y }) => y))
    const bottom = Math.max(...dots.map(bottomOf))
    // If the printer has printed some of the text itself, only the pictures between are dots.
    const isMixed = between(made, block).length > 0
    const said = new Set(between(symbols, block).map(({ data }) => data))
    return block.pieces
      .filter(({ isDots, text }) => (isDots || !isMixed) && text.trim() !== '' && !said.has(text))
      .map(({ text, x, widthDots, y = 0, heightDots = bottom - top }): PrintedText => {
        return { text, x, y: top + y, widthDots, heightDots, offset: block.from }
      })
  })
  return { ...paper, texts }
}

function byOffset<T extends { readonly offset: number }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => a.offset - b.offset)
}

/** The entries, sorted by offset, that the bytes of a block made. */
function between<T extends { readonly offset: number }>(
  sorted: readonly T[],
  { from, to }: DrawnBlock,
): readonly T[] {
  const start = firstFrom(sorted, from)
  return sorted.slice(start, firstFrom(sorted, to))
}

function firstFrom(sorted: readonly { readonly offset: number }[], offset: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.offset ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function bottomOf({ y, bitmap, scaleY }: PrintedImage): number {
  return y + bitmap.heightDots * scaleY
}
