/** Computes the width of each column of a table in whole dots, once for all its rows. */

export type TrackSize =
  | { readonly kind: 'fixed'; readonly dots: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'content' }
  | { readonly kind: 'fraction'; readonly parts: number }

export interface Track {
  readonly size: TrackSize
  /** Least width while there is room. Default 0. */
  readonly minDots?: number | undefined
  /** Greatest width. Default: no limit. */
  readonly maxDots?: number | undefined
}

export interface Content {
  /** Width of the widest cell if each is on one line. */
  readonly maxDots: number
  /**
   * Width of the widest unbreakable stretch: a word, or a number with its sign. It is a function, because measuring takes time and the
   * value is seldom needed.
   */
  readonly wordDots: () => number
  /**
   * Width of the widest number or character, and least room for words to wrap in. It is a function, because measuring takes time and the
   * value is seldom needed.
   */
  readonly unitDots: () => number
}

export interface Space {
  readonly availableDots: number
  readonly gapDots: number
  /** The width that a gap keeps when room is short. */
  readonly minGapDots: number
}

export interface Solution {
  readonly widths: readonly number[]
  readonly gapDots: number
  /** `asked`: everything fits. `narrow`: gaps and words gave way. `crowded`: there is less room than the numbers need. */
  readonly verdict: 'asked' | 'narrow' | 'crowded'
}

/**
 * Returns integer widths of `tracks` that together with the gaps take at most the available dots, and all of them if there is a fraction
 * track without a limit. If they do not fit, content tracks give way first, down to their words; then
 * fraction tracks, down to their words or an even share; then the gaps; then words, but no number. If even that is
 * too wide, fixed and percent tracks keep their width and the others share the rest.
 */
export function solveTracks(
  tracks: readonly Track[],
  contents: readonly Content[],
  space: Space,
): Solution {
  const { availableDots, gapDots, minGapDots } = space
  const gaps = tracks.length - 1
  const asked = solveAtGap(tracks, contents, availableDots - gapDots * gaps)
  if (asked !== undefined) return { widths: asked, gapDots, verdict: 'asked' }
  const askedRoom = Math.max(availableDots - gapDots * gaps, 0)
  const limits = tracks.map((track, i) => {
    return limitsOf(track, contents[i] as Content, askedRoom, askedRoom / tracks.length)
  })
  const words = limits.map(({ wordDots }) => wordDots)
  const units = limits.map(({ unitDots }) => unitDots)
  const room = availableDots - sum(words)
  if (gaps > 0 && room >= minGapDots * gaps) {
    const gap = Math.min(Math.floor(room / gaps), gapDots)
    const widths = withRest(tracks, words, room - gap * gaps)
    return { widths, gapDots: gap, verdict: 'narrow' }
  }
  const free = Math.max(availableDots - minGapDots * gaps, 0)
  if (sum(units) <= free) {
    const spare = words.map((dots, i) => dots - (units[i] as number))
    const shares = scaledTo(spare, free - sum(units))
    const widths = units.map((dots, i) => dots + (shares[i] as number))
    return { widths, gapDots: minGapDots, verdict: 'narrow' }
  }
  return { widths: crowd(tracks, units, free), gapDots: minGapDots, verdict: 'crowded' }
}

/** Returns the widths at the gap that was asked for; undefined if they do not fit. */
function solveAtGap(
  tracks: readonly Track[],
  contents: readonly Content[],
  room: number,
): number[] | undefined {
  const free = Math.max(room, 0)
  const widths = tracks.map((track, i) => firstWidth(track, contents[i] as Content, free))
  const even = free / tracks.length
  const floors = tracks.map((track, i) => fractionFloor(track, contents[i] as Content, even))
  const excess = sum(widths) + sum(floors) - free
  if (excess > 0) shrinkContent(tracks, contents, widths, excess)
  if (sum(widths) + sum(floors) > free) return undefined
  shareRest(tracks, widths, floors, free - sum(widths))
  return widths
}

function firstWidth(
  { size, minDots = 0, maxDots = Infinity }: Track,
  content: Content,
  free: number,
): number {
  const clamp = (dots: number) => Math.min(Math.max(dots, minDots), maxDots)
  switch (size.kind) {
    case 'fixed':
      return size.dots
    case 'percent':
      return clamp(Math.floor((free * size.percent) / 100))
    case 'content':
      return clamp(content.maxDots)
    case 'fraction':
      return 0
    default:
      return size satisfies never
  }
}

/** Least width of a fraction track: its minimum, else its longest word but no more than an even share; and always its numbers. */
function fractionFloor(
  { size, minDots, maxDots = Infinity }: Track,
  content: Content,
  even: number,
): number {
  if (size.kind !== 'fraction') return 0
  const words = minDots ?? Math.min(content.wordDots(), Math.floor(even))
  return Math.min(Math.max(words, content.unitDots()), maxDots)
}

/** Takes up to `excess` dots from the content tracks in proportion to what they can give. */
function shrinkContent(
  tracks: readonly Track[],
  contents: readonly Content[],
  widths: number[],
  excess: number,
): void {
  const spare = tracks.map(({ size, minDots = 0 }, i) => {
    if (size.kind !== 'content') return 0
    const { wordDots, unitDots } = contents[i] as Content
    const least = Math.max(wordDots(), unitDots(), minDots)
    return Math.max((widths[i] as number) - least, 0)
  })
  const total = sum(spare)
  if (total === 0) return
  const shares = scaledTo(spare, Math.min(excess, total))
  for (let i = 0; i < widths.length; i++) {
    widths[i] = (widths[i] as number) - (shares[i] as number)
  }
}

/** How narrow a track may become: first as its words, then as its numbers. Fixed and percent tracks keep their width. */
function limitsOf(track: Track, content: Content, askedRoom: number, even: number) {
  const { size, minDots = 0, maxDots = Infinity } = track
  if (size.kind === 'fixed' || size.kind === 'percent') {
    const dots = firstWidth(track, content, askedRoom)
    return { wordDots: dots, unitDots: dots }
  }
  const unitDots = Math.min(content.unitDots(), maxDots)
  const words =
    size.kind === 'content' ? content.wordDots() : Math.min(content.wordDots(), Math.floor(even))
  return { wordDots: Math.min(Math.max(words, minDots, unitDots), maxDots), unitDots }
}

/** Adds `rest` dots to the first fraction track without a limit, so that the table still ends at the edge. */
function withRest(tracks: readonly Track[], widths: readonly number[], rest: number): number[] {
  const taker = tracks.findIndex(({ size, maxDots }) => size.kind === 'fraction' && !maxDots)
  return widths.map((dots, i) => (i === taker ? dots + rest : dots))
}

/** Shares less room than the numbers need. Fixed and percent tracks keep their width as long as they fit. */
function crowd(tracks: readonly Track[], units: readonly number[], free: number): number[] {
  const isFixed = tracks.map(({ size }) => size.kind === 'fixed' || size.kind === 'percent')
  const fixed = sum(units.filter((_, i) => isFixed[i]))
  if (fixed > free) return scaledTo(units, free)
  const shares = scaledTo(
    units.map((dots, i) => (isFixed[i] ? 0 : dots)),
    free - fixed,
  )
  return units.map((dots, i) => (isFixed[i] ? dots : (shares[i] as number)))
}

/** Shares `rest` dots among the fraction tracks by their parts. A track whose share is outside its limits gets its limit first. */
function shareRest(
  tracks: readonly Track[],
  widths: number[],
  floors: readonly number[],
  rest: number,
): void {
  const parts = tracks.map(({ size }) => (size.kind === 'fraction' ? size.parts : 0))
  let left = rest
  const settle = (i: number, dots: number) => {
    widths[i] = dots
    left -= dots
    parts[i] = 0
  }
  for (;;) {
    const total = sum(parts)
    if (total === 0) return
    const share = (i: number) => Math.floor((left * (parts[i] as number)) / total)
    const short = parts.findIndex((part, i) => part > 0 && share(i) < (floors[i] as number))
    if (short >= 0) {
      settle(short, floors[short] as number)
      continue
    }
    const limit = (i: number) => tracks[i]?.maxDots ?? Infinity
    const long = parts.findIndex((part, i) => part > 0 && share(i) > limit(i))
    if (long < 0) break
    settle(long, limit(long))
  }
  const shares = scaledTo(parts, left)
  for (let i = 0; i < widths.length; i++) if (parts[i] !== 0) widths[i] = shares[i] as number
}

/** Returns whole numbers in the proportion of `weights` that add up to `total`. */
function scaledTo(weights: readonly number[], total: number): number[] {
  const all = sum(weights)
  let given = 0
  let seen = 0
  return weights.map((weight) => {
    seen += weight
    const until = all === 0 ? 0 : Math.floor((total * seen) / all)
    const share = until - given
    given = until
    return share
  })
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
