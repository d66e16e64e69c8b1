/** Makes room in one row for a number wider than its column: takes free white beside it, then room from cells whose words can wrap. */

import type { Edges } from './table-cell.js'

/** The widths that a cell of the row asks for, in dots. */
export interface RowItem {
  /** Width of its text on one line. */
  readonly naturalDots: number
  /** Least width that keeps its words whole and has room for more than one hanzi a line. */
  readonly wordDots: number
  /** Least width that keeps its numbers whole. */
  readonly unitDots: number
  /** Whether the cell takes white at its left first, as one that is aligned to the right does. */
  readonly growsLeft: boolean
}

export interface RowSpace {
  /** Right edge of the table's box. */
  readonly endDots: number
  readonly minGapDots: number
  readonly gridDots: number
}

/**
 * Returns edges of the row's cells that keep every number whole, moved as little as possible. Undefined if the row lacks room.
 */
export function fitRow(
  items: readonly RowItem[],
  edges: readonly Edges[],
  space: RowSpace,
): Edges[] | undefined {
  const white = items.map(({ naturalDots, unitDots }, i) =>
    Math.max(unitDots, Math.min(naturalDots, (edges[i] as Edges).widthDots)),
  )
  const words = items.map(({ wordDots, unitDots }, i) =>
    Math.max(unitDots, Math.min(wordDots, (edges[i] as Edges).widthDots)),
  )
  for (const needs of [white, words]) {
    for (const minGapDots of [Infinity, space.minGapDots]) {
      const fitted = shiftEdges(items, edges, needs, { ...space, minGapDots })
      if (fitted !== undefined) return fitted
    }
  }
  return undefined
}

/** Shifts the edges. Cells and gaps in turn, and the white right of the table, each give up room down to their least width. */
function shiftEdges(
  items: readonly RowItem[],
  edges: readonly Edges[],
  needs: readonly number[],
  { endDots, minGapDots, gridDots }: RowSpace,
): Edges[] | undefined {
  const onGrid = (dots: number) => Math.ceil(dots / gridDots) * gridDots
  const widths: number[] = []
  const least: number[] = []
  edges.forEach(({ x, widthDots }, i) => {
    const next = edges[i + 1]
    const gap = Math.max((next?.x ?? endDots) - x - widthDots, 0)
    widths.push(widthDots, next === undefined ? gap - (gap % gridDots) : gap)
    least.push(onGrid(needs[i] as number), next === undefined ? 0 : Math.min(gap, minGapDots))
  })
  const sumOf = (list: readonly number[]) => list.reduce((sum, dots) => sum + dots, 0)
  if (sumOf(least) > sumOf(widths)) return undefined
  items.forEach(({ growsLeft }, i) => {
    grow(widths, least, i * 2, growsLeft ? -1 : 1)
  })
  let x = (edges[0] as Edges).x
  return edges.map((_, i) => {
    const widthDots = widths[i * 2] as number
    const moved = { x, widthDots }
    x += widthDots + (widths[i * 2 + 1] as number)
    return moved
  })
}

/** Widens part `at` to its least width, with dots of the nearest parts on the side `first`, then on the other side. */
function grow(widths: number[], least: readonly number[], at: number, first: -1 | 1): void {
  for (const step of [first, -first]) {
    for (let from = at + step; from >= 0 && from < widths.length; from += step) {
      const lacking = (least[at] as number) - (widths[at] as number)
      if (lacking <= 0) return
      const given = Math.min((widths[from] as number) - (least[from] as number), lacking)
      if (given <= 0) continue
      widths[from] = (widths[from] as number) - given
      widths[at] = (widths[at] as number) + given
    }
  }
}
