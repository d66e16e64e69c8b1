/** The width of each column of a table, in whole dots, solved once for all its rows. */

export type TrackSize =
  | { readonly kind: 'fixed'; readonly dots: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'content' }
  | { readonly kind: 'fraction'; readonly parts: number }

export interface Track {
  readonly size: TrackSize
  /** Never narrower while there is room. Default 0. */
  readonly minDots?: number | undefined
  /** Never wider. Default: no limit. */
  readonly maxDots?: number | undefined
}

export interface Content {
  /** Widest cell on one line. */
  readonly maxDots: number
  /** Widest unbreakable unit; asked for only where it matters. */
  readonly minDots: () => number
}

export interface Solution {
  readonly widths: readonly number[]
  /** The columns did not fit and all were made narrower in proportion. */
  readonly scaled: boolean
}

/**
 * Integer widths of `tracks` that together with the gaps are at most `availableDots`, and equal to it when there is a
 * fraction track without a limit. Where they do not fit, content tracks give way first, down to their unbreakable
 * units; then fraction tracks, down to nothing but an even share; then all tracks are scaled.
 */
export function solveTracks(
  tracks: readonly Track[],
  contents: readonly Content[],
  availableDots: number,
  gapDots: number,
): Solution {
  const free = Math.max(availableDots - gapDots * (tracks.length - 1), 0)
  const widths = tracks.map((track, i) => firstWidth(track, contents[i] as Content, free))
  const floors = tracks.map((track, i) =>
    fractionFloor(track, contents[i] as Content, free / tracks.length),
  )
  const excess = sum(widths) + sum(floors) - free
  if (excess > 0) shrinkContent(tracks, contents, widths, excess)
  if (sum(widths) + sum(floors) > free) {
    const least = widths.map((width, i) => width + (floors[i] as number))
    return { widths: scaledTo(least, free), scaled: true }
  }
  shareRest(tracks, widths, floors, free - sum(widths))
  return { widths, scaled: false }
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

/** What a fraction track takes at least: its minimum, or its longest word where that is less than an even share. */
function fractionFloor(
  { size, minDots, maxDots = Infinity }: Track,
  content: Content,
  even: number,
): number {
  if (size.kind !== 'fraction') return 0
  return Math.min(minDots ?? Math.min(content.minDots(), Math.floor(even)), maxDots)
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
    const least = Math.max((contents[i] as Content).minDots(), minDots)
    return Math.max((widths[i] as number) - least, 0)
  })
  const total = sum(spare)
  if (total === 0) return
  const shares = scaledTo(spare, Math.min(excess, total))
  for (let i = 0; i < widths.length; i++) {
    widths[i] = (widths[i] as number) - (shares[i] as number)
  }
}

/** Gives `rest` dots to the fraction tracks by their parts; a track that its limits stop is settled first. */
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

/** Whole numbers in the proportion of `weights` that add up to `total`. */
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
