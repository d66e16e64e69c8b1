/** A roll as the papers that the cutter made of it. */
import { type Bitmap, bytesPerRow } from '../model/bitmap.js'
import type { Paper, PaperCut } from '../model/paper.js'

/**
 * One Paper for each cut, and one for what stands after the last. Lines, symbols and images are on the paper where their
 * top row is, and their rows count from its top; pulses, notes and unknown bytes are by their offset on the paper that was
 * begun then. White rows after the last cut, as the way from head to cutter leaves them, are no paper. `replies` have no
 * offset: all of them are counted on the first. A cut that separates no rows stays on the paper beside it.
 */
export function papersByCut(paper: Paper): readonly Paper[] {
  const ends: Piece[] = []
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
    fromOffset: i === 0 ? -1 : (ends[i - 1] as Piece).toOffset,
    toOffset: i === ends.length - 1 ? Number.POSITIVE_INFINITY : piece.toOffset,
  }))
  return pieces.map((piece, i) => pieceOf(paper, piece, i === 0))
}

/** Rows `from` to `to`, made by the bytes after `fromOffset` up to `toOffset`. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly fromOffset: number
  readonly toOffset: number
}

/**
 * What is above a row and was made by the bytes up to `offset`, and the rest. Lines, symbols and images are where their
 * top row is, as in `papersByCut`.
 */
export function splitPaper(paper: Paper, row: number, offset: number): readonly [Paper, Paper] {
  const end = Number.POSITIVE_INFINITY
  const above = { from: 0, to: row, fromOffset: -1, toOffset: offset }
  const below = { from: row, to: paper.heightDots, fromOffset: offset, toOffset: end }
  return [pieceOf(paper, above, true), { ...pieceOf(paper, below, false), replies: 0 }]
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

function pieceOf(paper: Paper, piece: Piece, isFirst: boolean): Paper {
  const isLast = piece.toOffset === Number.POSITIVE_INFINITY
  // What was drawn on the white rows after the last cut is on no piece of its own.
  const to = isLast ? Number.POSITIVE_INFINITY : piece.to
  const isHere = ({ y }: { readonly y: number }) => (isFirst || y >= piece.from) && y < to
  const isThen = ({ offset }: { readonly offset: number }) =>
    offset > piece.fromOffset && offset <= piece.toOffset
  const moved = <T extends { readonly y: number }>(item: T): T => ({
    ...item,
    y: item.y - piece.from,
  })
  const kept = glyphsHere(paper, isHere)
  const before = new Int32Array(paper.glyphs.length + 1)
  for (let i = 0; i < paper.glyphs.length; i++) before[i + 1] = (before[i] ?? 0) + (kept[i] ?? 0)
  return {
    widthDots: paper.widthDots,
    heightDots: piece.to - piece.from,
    bitmap: rowsOf(paper.bitmap, piece.from, piece.to),
    glyphs: paper.glyphs.filter((_, i) => kept[i] === 1).map(moved),
    images: paper.images
      .map((image, i) => {
        const previous = paper.images[i - 1]
        const continues = image.continues && previous !== undefined && isHere(previous)
        return { ...image, continues }
      })
      .filter(isHere)
      .map(moved),
    symbols: paper.symbols.filter(isHere).map(moved),
    lines: paper.lines.filter(isHere).map((line) => ({
      ...moved(line),
      from: before[line.from] ?? 0,
      to: before[line.to] ?? 0,
    })),
    cuts: cutsOf(paper.cuts, piece, isThen),
    pulses: paper.pulses.filter(isThen),
    replies: isFirst ? paper.replies : 0,
    unknown: paper.unknown.filter(isThen),
    notes: paper.notes.filter(isThen),
  }
}

/** 1 for each glyph that is on the piece: a glyph goes with its line, however low it stands in it. */
function glyphsHere(paper: Paper, isHere: (item: { readonly y: number }) => boolean): Uint8Array {
  const kept = Uint8Array.from(paper.glyphs, (glyph) => (isHere(glyph) ? 1 : 0))
  for (const line of paper.lines) kept.fill(isHere(line) ? 1 : 0, line.from, line.to)
  return kept
}

function cutsOf(
  cuts: readonly PaperCut[],
  piece: Piece,
  isThen: (cut: PaperCut) => boolean,
): PaperCut[] {
  const rows = piece.to - piece.from
  return cuts
    .filter(isThen)
    .map((cut) => ({ ...cut, y: Math.max(0, Math.min(rows, cut.y - piece.from)) }))
}

function rowsOf(bitmap: Bitmap, from: number, to: number): Bitmap {
  const stride = bytesPerRow(bitmap.widthDots)
  const data = bitmap.data.slice(from * stride, to * stride)
  return { widthDots: bitmap.widthDots, heightDots: to - from, data }
}
