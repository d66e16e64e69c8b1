/** The width of each column of a table, in whole dots, solved once for all its rows. */

export type Track =
  | { readonly kind: 'fixed'; readonly dots: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'content' }
  | { readonly kind: 'fraction'; readonly parts: number }

export interface Content {
  /** Widest cell on one line. */
  readonly maxDots: number
  /** Widest unbreakable unit; asked for only when the table is too narrow. */
  readonly minDots: () => number
}

/**
 * Integer widths of `tracks` that together with the gaps are at most `availableDots`, and equal to it when there is a
 * fraction track. Where it does not fit, content tracks give way first, down to their unbreakable units; then all
 * tracks are scaled.
 */
export function solveTracks(
  tracks: readonly Track[],
  contents: readonly Content[],
  availableDots: number,
  gapDots: number,
): { readonly widths: readonly number[]; readonly scaled: boolean } {
  const free = Math.max(availableDots - gapDots * (tracks.length - 1), 0)
  const widths = tracks.map((track, i) => firstWidth(track, contents[i] as Content, free))
  const fractionFloor = tracks.map((track, i) =>
    track.kind === 'fraction'
      ? Math.min((contents[i] as Content).minDots(), Math.floor(free / tracks.length))
      : 0,
  )
  let excess = sum(widths) + sum(fractionFloor) - free
  if (excess > 0) excess = shrinkContent(tracks, contents, widths, excess)
  if (excess > 0 && sum(widths) > free) {
    scaleTo(widths, free)
    return { widths, scaled: true }
  }
  shareRest(tracks, widths, fractionFloor, free - sum(widths))
  return { widths, scaled: false }
}

function firstWidth(track: Track, content: Content, free: number): number {
  switch (track.kind) {
    case 'fixed':
      return track.dots
    case 'percent':
      return Math.floor((free * track.percent) / 100)
    case 'content':
      return content.maxDots
    case 'fraction':
      return 0
    default:
      return track satisfies never
  }
}

/** Takes `excess` dots from the content tracks in proportion to what they can give; answers what is left of it. */
function shrinkContent(
  tracks: readonly Track[],
  contents: readonly Content[],
  widths: number[],
  excess: number,
): number {
  const spare = tracks.map((track, i) =>
    track.kind === 'content'
      ? Math.max((widths[i] as number) - (contents[i] as Content).minDots(), 0)
      : 0,
  )
  const total = sum(spare)
  const take = Math.min(excess, total)
  let taken = 0
  let seen = 0
  for (let i = 0; i < widths.length; i++) {
    seen += spare[i] as number
    const until = total === 0 ? 0 : Math.floor((take * seen) / total)
    widths[i] = (widths[i] as number) - (until - taken)
    taken = until
  }
  return excess - take
}

/** Gives `rest` dots to the fraction tracks by their parts, each at least its floor. */
function shareRest(
  tracks: readonly Track[],
  widths: number[],
  floors: readonly number[],
  rest: number,
): void {
  const open = tracks.map((track) => (track.kind === 'fraction' ? track.parts : 0))
  let left = rest
  for (;;) {
    const parts = sum(open)
    if (parts === 0) return
    const short = open.findIndex(
      (part, i) => part > 0 && Math.floor((left * part) / parts) < (floors[i] as number),
    )
    if (short === -1) break
    widths[short] = Math.min(floors[short] as number, left)
    left -= widths[short] as number
    open[short] = 0
  }
  const parts = sum(open)
  let given = 0
  let seen = 0
  for (let i = 0; i < widths.length; i++) {
    if (open[i] === 0) continue
    seen += open[i] as number
    const until = Math.floor((left * seen) / parts)
    widths[i] = until - given
    given = until
  }
}

function scaleTo(widths: number[], total: number): void {
  const before = sum(widths)
  let given = 0
  let seen = 0
  for (let i = 0; i < widths.length; i++) {
    seen += widths[i] as number
    const until = Math.floor((total * seen) / before)
    widths[i] = until - given
    given = until
  }
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
