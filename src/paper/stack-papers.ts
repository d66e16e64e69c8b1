/** Papers that came out of one printer after each other, as one. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'
import { joinParts, partAt } from './join-parts.js'

/** Each below the one before it. Offsets stay those of the stream that each was printed from. */
export function stackPapers(papers: readonly Paper[]): Paper {
  const [first, ...more] = papers
  if (first === undefined) return emptyPaper
  if (more.length === 0) return first
  let y = 0
  const parts = papers.map((paper) => {
    const part = partAt(paper, y)
    y += paper.heightDots
    return part
  })
  return joinParts(parts, first.widthDots, 0)
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
