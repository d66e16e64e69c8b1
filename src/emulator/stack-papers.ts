/** Papers that came out of one printer after each other, as one. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'

/** Each below the one before it. Offsets stay those of the stream that each was printed from. */
export function stackPapers(papers: readonly Paper[]): Paper {
  const [first, ...more] = papers
  if (first === undefined) return emptyPaper
  if (more.length === 0) return first
  const all = { rows: 0, glyphs: 0 }
  const moved = papers.map((paper): Paper => {
    const { rows, glyphs } = all
    all.rows += paper.heightDots
    all.glyphs += paper.glyphs.length
    const down = <T extends { readonly y: number }>(item: T): T => ({ ...item, y: item.y + rows })
    return {
      ...paper,
      glyphs: paper.glyphs.map(down),
      images: paper.images.map(down),
      symbols: paper.symbols.map(down),
      lines: paper.lines.map((line) => ({
        ...down(line),
        from: line.from + glyphs,
        to: line.to + glyphs,
      })),
      cuts: paper.cuts.map(down),
    }
  })
  return {
    widthDots: first.widthDots,
    heightDots: all.rows,
    bitmap: stackBitmaps(papers.map(({ bitmap }) => bitmap)),
    glyphs: moved.flatMap(({ glyphs }) => glyphs),
    images: moved.flatMap(({ images }) => images),
    symbols: moved.flatMap(({ symbols }) => symbols),
    lines: moved.flatMap(({ lines }) => lines),
    cuts: moved.flatMap(({ cuts }) => cuts),
    pulses: moved.flatMap(({ pulses }) => pulses),
    replies: moved.reduce((sum, { replies }) => sum + replies, 0),
    unknown: moved.flatMap(({ unknown }) => unknown),
    notes: moved.flatMap(({ notes }) => notes),
  }
}

const emptyPaper: Paper = {
  widthDots: 8,
  heightDots: 0,
  bitmap: { widthDots: 8, heightDots: 0, data: new Uint8Array(0) },
  glyphs: [],
  images: [],
  symbols: [],
  lines: [],
  cuts: [],
  pulses: [],
  replies: 0,
  unknown: [],
  notes: [],
}

/** One below the other; all are as wide as the first. */
export function stackBitmaps(bitmaps: readonly Bitmap[]): Bitmap {
  const [first] = bitmaps as [Bitmap]
  if (bitmaps.length === 1) return first
  const { widthDots } = first
  const heightDots = bitmaps.reduce((sum, bitmap) => sum + bitmap.heightDots, 0)
  const data = new Uint8Array(heightDots * bytesPerRow(widthDots))
  let at = 0
  for (const bitmap of bitmaps) {
    data.set(bitmap.data, at)
    at += bitmap.data.length
  }
  return { widthDots, heightDots, data }
}
