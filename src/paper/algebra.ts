/**
 * The algebra of papers: an empty one, one moved along the roll, several joined, and some rows of one. Only this
 * file lists the logs of a Paper, so that a new kind of entry is one line in its type and one in the table below.
 */
import { type Bitmap, bytesPerRow, createBitmap } from '../model/bitmap.js'
import type { Paper, PaperPart } from '../model/paper.js'

type Lists = {
  readonly [K in keyof Paper as Paper[K] extends readonly unknown[] ? K : never]: Paper[K]
}
export type LogName = keyof Lists
type Entry<K extends LogName> = Lists[K][number]

/** The lists of a Paper. */
export type PaperLog = { readonly [K in LogName]: readonly Entry<K>[] }
/** The lists of a paper that is still being printed on. */
export type OpenLog = { readonly [K in LogName]: Entry<K>[] }

/** Whether the entries of a list have a row of the paper, or only a place in the stream. */
const PLACES = {
  glyphs: 'row',
  images: 'row',
  symbols: 'row',
  lines: 'row',
  texts: 'row',
  cuts: 'row',
  pulses: 'stream',
  unknown: 'stream',
  notes: 'stream',
} as const satisfies Record<LogName, 'row' | 'stream'>

const NAMES = Object.keys(PLACES) as readonly LogName[]

type Change = (entries: readonly never[], name: LogName) => readonly unknown[]

/** Makes a log by making each of its lists. */
function logOf(make: (name: LogName) => readonly unknown[]): OpenLog {
  return Object.fromEntries(NAMES.map((name) => [name, make(name)])) as unknown as OpenLog
}

function changeLog(log: PaperLog, change: Change): OpenLog {
  return logOf((name) => change(log[name] as readonly never[], name))
}

/** Makes a log without entries, to which entries can be added. */
export function emptyLog(): OpenLog {
  return logOf(() => [])
}

/** Copies a log with its present entries. */
export function copyLog(log: PaperLog): PaperLog {
  return changeLog(log, (entries) => [...entries])
}

/** Takes all entries off a log, and moves them down by `rows`. */
export function takeLog(log: OpenLog, rows: number): PaperLog {
  const taken = logOf((name) => (log[name] as unknown[]).splice(0))
  return shiftLog(taken, rows)
}

export function isEmptyLog(log: PaperLog): boolean {
  return NAMES.every((name) => log[name].length === 0)
}

/** Moves entries that have a row down by `rows`. */
function shiftLog(log: PaperLog, rows: number): PaperLog {
  if (rows === 0) return log
  const down = (entry: { readonly y: number }) => ({ ...entry, y: entry.y + rows })
  return changeLog(log, (entries, name) => (PLACES[name] === 'row' ? entries.map(down) : entries))
}

/** The properties that all papers of a printer share. */
export type RollSize = Pick<Paper, 'widthDots' | 'dpi'>

/** Makes a paper without rows. */
export function emptyPaper({ widthDots, dpi }: RollSize): Paper {
  const bitmap = createBitmap(widthDots, 0)
  return { widthDots, heightDots: 0, dpi, bitmap, ...emptyLog(), replies: 0 }
}

/** Makes a Paper the part of a roll that begins at row `y`. */
export function shiftPaper(paper: Paper, y: number): PaperPart {
  return { ...paper, ...shiftLog(paper, y), y }
}

/**
 * Joins parts of a roll to one Paper.
 * @param from row of the roll that becomes row 0; the parts begin there or below
 */
export function joinParts(
  parts: readonly PaperPart[],
  { widthDots, dpi }: RollSize,
  from: number,
): Paper {
  const end = parts.reduce((row, part) => Math.max(row, part.y + part.heightDots), from)
  const bitmap = createBitmap(widthDots, end - from)
  let glyphCount = 0
  const logs = parts.map((part) => {
    addRows(bitmap.data, (part.y - from) * bytesPerRow(widthDots), part.bitmap.data)
    const log = shiftLog(part, -from)
    const before = glyphCount
    glyphCount += log.glyphs.length
    const lines = log.lines.map((line) => ({
      ...line,
      from: line.from + before,
      to: line.to + before,
    }))
    return { ...log, lines }
  })
  return {
    widthDots,
    heightDots: bitmap.heightDots,
    dpi,
    bitmap,
    ...logOf((name) => logs.flatMap((log): readonly unknown[] => log[name])),
    replies: parts.reduce((sum, { replies }) => sum + replies, 0),
  }
}

/**
 * Joins papers, each below the one before it, as wide as the first. Offsets stay those of the stream that each paper was
 * printed from.
 */
export function concatPapers(papers: readonly Paper[]): Paper {
  const [first, ...more] = papers
  if (first === undefined) return emptyPaper({ widthDots: 8, dpi: 203 })
  if (more.length === 0) return first
  let y = 0
  const parts = papers.map((paper) => {
    const part = shiftPaper(paper, y)
    y += paper.heightDots
    return part
  })
  return joinParts(parts, first, 0)
}

/** The rows of a slice, and the bytes that printed them. */
export interface PaperSlice {
  /** Rows `from` to `to`, exclusive. */
  readonly from: number
  readonly to: number
  /** Bytes after `fromOffset`, up to and including `toOffset`. */
  readonly fromOffset: number
  readonly toOffset: number
  /** The first slice also has the entries above the paper, and all replies, because replies lack an offset. */
  readonly isFirst: boolean
}

/**
 * Cuts some rows out of a paper. Lines, symbols and images belong to the slice that has their top row; an entry without
 * a row belongs to the slice that has its offset. A slice to the end of the stream also has the entries below its rows.
 */
export function slicePaper(paper: Paper, slice: PaperSlice): Paper {
  const { from, fromOffset, toOffset, isFirst } = slice
  const heightDots = slice.to - from
  const to = toOffset === Number.POSITIVE_INFINITY ? toOffset : slice.to
  const isHere = ({ y }: { readonly y: number }) => (isFirst || y >= from) && y < to
  const isThen = ({ offset }: { readonly offset: number }) =>
    offset > fromOffset && offset <= toOffset
  const kept = glyphsHere(paper, isHere)
  const before = new Int32Array(paper.glyphs.length + 1)
  for (let i = 0; i < paper.glyphs.length; i++) before[i + 1] = (before[i] ?? 0) + (kept[i] ?? 0)
  const special: Partial<PaperLog> = {
    glyphs: paper.glyphs.filter((_, i) => kept[i] === 1),
    images: paper.images
      .map((image, i) => {
        const previous = paper.images[i - 1]
        return {
          ...image,
          continues: image.continues && previous !== undefined && isHere(previous),
        }
      })
      .filter(isHere),
    lines: paper.lines
      .filter(isHere)
      .map((line) => ({ ...line, from: before[line.from] ?? 0, to: before[line.to] ?? 0 })),
    // A cut belongs to the bytes that made it. Because the cutter is behind the head, its row may lie outside of the slice,
    // and the nearest row of the slice is taken.
    cuts: paper.cuts
      .filter(isThen)
      .map((cut) => ({ ...cut, y: from + Math.max(0, Math.min(heightDots, cut.y - from)) })),
  }
  const log = changeLog(
    paper,
    (entries, name) =>
      special[name] ?? (PLACES[name] === 'row' ? entries.filter(isHere) : entries.filter(isThen)),
  )
  return {
    widthDots: paper.widthDots,
    heightDots,
    dpi: paper.dpi,
    bitmap: sliceRows(paper.bitmap, from, slice.to),
    ...shiftLog(log, -from),
    replies: isFirst ? paper.replies : 0,
  }
}

/** Returns 1 for each glyph on the slice. A glyph belongs to the slice of its line, however low it is in the line. */
function glyphsHere(paper: Paper, isHere: (item: { readonly y: number }) => boolean): Uint8Array {
  const kept = Uint8Array.from(paper.glyphs, (glyph) => (isHere(glyph) ? 1 : 0))
  for (const line of paper.lines) kept.fill(isHere(line) ? 1 : 0, line.from, line.to)
  return kept
}

function sliceRows(bitmap: Bitmap, from: number, to: number): Bitmap {
  const stride = bytesPerRow(bitmap.widthDots)
  const data = bitmap.data.slice(from * stride, to * stride)
  return { widthDots: bitmap.widthDots, heightDots: to - from, data }
}

/** Adds the black dots of `rows` to the dots of `target`, because paper that was fed back is printed on again. */
export function addRows(target: Uint8Array, at: number, rows: Uint8Array): void {
  const first = Math.max(0, -at)
  const count = Math.min(rows.length, target.length - at)
  for (let i = first; i < count; i++) {
    target[at + i] = (target[at + i] as number) | (rows[i] as number)
  }
}
