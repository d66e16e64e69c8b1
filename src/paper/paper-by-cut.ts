/** Splits a roll into the papers that the cutter made of it. */
import { bytesPerRow } from '../model/bitmap.js'
import type { Paper } from '../model/paper.js'
import { type PaperSlice, slicePaper } from './algebra.js'

/**
 * Returns one Paper for each cut, and one for the rest after the last cut. Lines, symbols and images go to the paper that
 * has their top row, and their rows count from its top; pulses, notes and unknown bytes go by their offset to the
 * paper that was being printed then. White rows after the last cut do not make a paper, because they are only the way from
 * head to cutter. `replies` lack an offset, so all of them count on the first paper. A cut that separates no rows
 * stays on the paper beside it.
 *
 * @example
 * const twice = compile({ nodes: [text('1'), cut(), text('2'), cut()] }, { profile: generic80 }).bytes
 * papersByCut(printBytes(twice, generic80)).length // 2
 */
export function papersByCut(paper: Paper): readonly Paper[] {
  const ends: Omit<PaperSlice, 'isFirst'>[] = []
  for (const cut of paper.cuts) {
    const from = ends.at(-1)?.to ?? 0
    const to = Math.min(cut.y, paper.heightDots)
    if (to > from) ends.push({ from, to, fromOffset: 0, toOffset: cut.offset })
  }
  const last = ends.at(-1)
  if (last === undefined) return [paper]
  if (hasPrint(paper, last.to)) {
    ends.push({ from: last.to, to: paper.heightDots, fromOffset: 0, toOffset: 0 })
  }
  const pieces = ends.map((piece, i) => ({
    ...piece,
    fromOffset: i === 0 ? -1 : (ends[i - 1]?.toOffset ?? -1),
    toOffset: i === ends.length - 1 ? Number.POSITIVE_INFINITY : piece.toOffset,
  }))
  return pieces.map((piece, i) => slicePaper(paper, { ...piece, isFirst: i === 0 }))
}

/**
 * Splits a paper at a row: first the part above it that was made by the bytes up to `offset`, then the rest. Lines,
 * symbols and images go with their top row, as in `papersByCut`.
 */
export function splitPaper(paper: Paper, row: number, offset: number): readonly [Paper, Paper] {
  const end = Number.POSITIVE_INFINITY
  const above = { from: 0, to: row, fromOffset: -1, toOffset: offset, isFirst: true }
  const below = {
    from: row,
    to: paper.heightDots,
    fromOffset: offset,
    toOffset: end,
    isFirst: false,
  }
  return [slicePaper(paper, above), slicePaper(paper, below)]
}

/** Whether something is printed at a row or below it. */
export function hasPrint(paper: Paper, from: number): boolean {
  const { data, widthDots } = paper.bitmap
  const isBelow = ({ y }: { readonly y: number }) => y >= from
  return (
    data.subarray(from * bytesPerRow(widthDots)).some((byte) => byte !== 0) ||
    paper.lines.some(isBelow) ||
    paper.images.some(isBelow) ||
    paper.symbols.some(isBelow)
  )
}
