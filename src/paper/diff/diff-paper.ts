/** The differences between two papers: lines of text, symbols, pictures, cuts, pulses, dots. */
import { hashOfBitmap } from '../../model/logo.js'
import type {
  Paper,
  PaperCut,
  PrintedGlyph,
  PrintedPulse,
  PrintedSymbol,
} from '../../model/paper.js'
import type { TextStyle } from '../../model/style.js'
import { lineText } from '../views/paper-text.js'
import { type DotsDiff, diffDots, sameDots } from './diff-dots.js'
import { diffKeys, pairUp } from './sequence-diff.js'
import { wholeImages } from './whole-images.js'

export interface PaperPlace {
  readonly x: number
  readonly y: number
}

export type LineChange =
  | ({ readonly change: 'removed' | 'added'; readonly text: string } & PaperPlace)
  /** `lines` lines from this one on have moved, all by the same distance. */
  | {
      readonly change: 'moved'
      readonly text: string
      readonly lines: number
      readonly before: PaperPlace
      readonly after: PaperPlace
    }
  /** The same text at the same place looks different: `bold false → true`. */
  | ({ readonly change: 'restyled'; readonly text: string; readonly what: string } & PaperPlace)

/** A difference. `before` is undefined for a thing that was added, `after` for a thing that was removed. */
export interface Change<T> {
  readonly before: T | undefined
  readonly after: T | undefined
}

export interface ImageSummary extends PaperPlace {
  readonly widthDots: number
  readonly heightDots: number
  readonly hash: string
}

export interface ImageChange extends Change<ImageSummary> {
  /** Number of dots that differ. Undefined unless both pictures exist and have one size. */
  readonly dots: number | undefined
}

export interface PaperDiff {
  /** Whether dots, size, cuts and pulses are the same. */
  readonly same: boolean
  readonly widthDots: Change<number> | undefined
  readonly heightDots: Change<number> | undefined
  /** Difference in dots, with the papers laid on each other by their top edges. */
  readonly dots: DotsDiff
  readonly lines: readonly LineChange[]
  readonly symbols: readonly Change<PrintedSymbol>[]
  readonly images: readonly ImageChange[]
  readonly cuts: readonly Change<PaperCut>[]
  readonly pulses: readonly Change<PrintedPulse>[]
}

/**
 * Compares two papers: their size, dots, lines of text, symbols, pictures, cuts and pulses.
 *
 * @example
 * diffPapers(paper, printBytes(bytes, profile)).same // true
 */
export function diffPapers(before: Paper, after: Paper): PaperDiff {
  const cuts = byIndex(before.cuts, after.cuts, ({ mode, y }) => `${mode} ${y}`)
  const pulses = byIndex(
    before.pulses,
    after.pulses,
    ({ pin, onMs, offMs }) => `${pin} ${onMs} ${offMs}`,
  )
  return {
    same: sameDots(before.bitmap, after.bitmap) && cuts.length === 0 && pulses.length === 0,
    widthDots: changed(before.widthDots, after.widthDots),
    heightDots: changed(before.heightDots, after.heightDots),
    dots: diffDots(before.bitmap, after.bitmap),
    lines: diffLines(before, after),
    symbols: pairUp(before.symbols, after.symbols, ({ kind, data }) => `${kind} ${data}`).filter(
      (pair) => !pair.equal || isPlacedAnew(pair),
    ),
    images: diffImages(before, after),
    cuts,
    pulses,
  }
}

function changed(before: number, after: number): Change<number> | undefined {
  return before === after ? undefined : { before, after }
}

function byIndex<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string) {
  const changes: Change<T>[] = []
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [b, a] = [before[i], after[i]]
    if (b === undefined || a === undefined || keyOf(b) !== keyOf(a)) {
      changes.push({ before: b, after: a })
    }
  }
  return changes
}

/** Whether x or size of a symbol changed. Its row does not count, because one more line above moves everything. */
function isPlacedAnew({ before, after }: Change<PrintedSymbol>): boolean {
  return (
    before?.x !== after?.x ||
    before?.widthDots !== after?.widthDots ||
    before?.heightDots !== after?.heightDots
  )
}

function diffImages(before: Paper, after: Paper): ImageChange[] {
  const named = (paper: Paper) =>
    wholeImages(paper).map((image) => ({
      ...image,
      widthDots: image.bitmap.widthDots * image.scaleX,
      heightDots: image.bitmap.heightDots * image.scaleY,
      hash: hashOfBitmap(image.bitmap),
    }))
  type Named = ReturnType<typeof named>[number]
  const keyOf = ({ hash, widthDots, heightDots, x }: Named) =>
    `${hash} ${widthDots} ${heightDots} ${x}`
  const summary = (image: Named | undefined): ImageSummary | undefined => {
    if (image === undefined) return undefined
    const { x, y, widthDots, heightDots, hash } = image
    return { x, y, widthDots, heightDots, hash }
  }
  return pairUp(named(before), named(after), keyOf)
    .filter(({ equal }) => !equal)
    .map(({ before: b, after: a }) => {
      const isOneSize =
        b !== undefined &&
        a !== undefined &&
        b.bitmap.widthDots === a.bitmap.widthDots &&
        b.bitmap.heightDots === a.bitmap.heightDots
      const dots = isOneSize ? diffDots(b.bitmap, a.bitmap).count : undefined
      return { before: summary(b), after: summary(a), dots }
    })
}

interface TextLine extends PaperPlace {
  readonly text: string
  readonly glyphs: readonly PrintedGlyph[]
}

function textLines(paper: Paper): TextLine[] {
  return paper.lines
    .map(({ from, to, y, turn }) => {
      const glyphs = paper.glyphs.slice(from, to)
      const x = Math.min(...glyphs.map((glyph) => glyph.x))
      return { text: lineText(glyphs, turn), x, y, glyphs }
    })
    .filter(({ glyphs }) => glyphs.length > 0)
}

function diffLines(before: Paper, after: Paper): LineChange[] {
  const [old, now] = [textLines(before), textLines(after)]
  const changes: LineChange[] = []
  for (const hunk of diffKeys(
    old.map(({ text }) => text),
    now.map(({ text }) => text),
  )) {
    const removed = old.slice(...hunk.before)
    const added = now.slice(...hunk.after)
    if (!hunk.equal) {
      changes.push(...removed.map((line) => ({ change: 'removed' as const, ...plain(line) })))
      changes.push(...added.map((line) => ({ change: 'added' as const, ...plain(line) })))
      continue
    }
    for (const [i, line] of removed.entries()) {
      const other = added[i] as TextLine
      const what = restyled(line, other)
      if (what !== undefined) changes.push({ change: 'restyled', ...plain(other), what })
    }
    changes.push(...movesOf(removed, added))
  }
  return joinMoves(changes)
}

function plain({ text, x, y }: TextLine) {
  return { text, x, y }
}

/** Lines that have moved. Neighbours that moved by the same distance are reported as one. */
function movesOf(old: readonly TextLine[], now: readonly TextLine[]): LineChange[] {
  const moves: { first: number; lines: number }[] = []
  const wayOf = (i: number) =>
    `${(now[i]?.x ?? 0) - (old[i]?.x ?? 0)} ${(now[i]?.y ?? 0) - (old[i]?.y ?? 0)}`
  for (const i of old.keys()) {
    if (i > 0 && wayOf(i) === wayOf(i - 1)) (moves.at(-1) as { lines: number }).lines++
    else moves.push({ first: i, lines: 1 })
  }
  return moves
    .filter(({ first }) => wayOf(first) !== '0 0')
    .map(({ first, lines }) => move(old[first] as TextLine, now[first] as TextLine, lines))
}

function move(
  old: PaperPlace & { readonly text: string },
  now: PaperPlace,
  lines: number,
): LineChange {
  const before = { x: old.x, y: old.y }
  const after = { x: now.x, y: now.y }
  return { change: 'moved', text: old.text, lines, before, after }
}

/** Joins the removal of a line at one place and its addition at another to a move. */
function joinMoves(changes: readonly LineChange[]): LineChange[] {
  const joined = [...changes]
  for (const change of changes) {
    if (change.change !== 'removed') continue
    const at = joined.findIndex((one) => one.change === 'added' && one.text === change.text)
    const added = joined[at]
    if (added?.change !== 'added') continue
    joined.splice(at, 1)
    joined[joined.indexOf(change)] = move(change, added, 1)
  }
  return joined
}

/** Describes how the same text looks different, by the first character that does. */
function restyled(old: TextLine, now: TextLine): string | undefined {
  for (const [i, glyph] of old.glyphs.entries()) {
    const other = now.glyphs[i]
    if (other === undefined) return 'other spaces'
    const keys = Object.keys(glyph.style) as (keyof TextStyle)[]
    const differing = keys.filter((key) => glyph.style[key] !== other.style[key])
    if (differing.length > 0) {
      return differing.map((key) => `${key} ${glyph.style[key]} → ${other.style[key]}`).join(', ')
    }
    if (glyph.x - old.x !== other.x - now.x) return 'other spaces'
  }
  return undefined
}
