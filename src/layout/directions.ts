/** Text from right to left: the levels of a paragraph's cells, and the runs of a line in visual order. */

import { type Cells, PlainCells, type ScriptFonts } from '../model/cells.js'
import { sliceCells } from '../model/cut-cells.js'
import type { Metrics } from '../model/metrics.js'
import { isolatesOf } from './isolates.js'
import type { Flow, Piece } from './line.js'
import { measureCells, type Point, pointAt } from './measure.js'
import { hasRightToLeft } from './right-to-left.js'
import { findUnits, type Unit } from './units.js'

/** Adds to a paragraph the embedding level of each cell. Text without letters from right to left is returned as it is. */
export function withLevels(flow: Flow, fonts: ScriptFonts): Flow {
  const text = flow.map(({ cells }) => cells.text).join('')
  if (!hasRightToLeft(text)) return flow
  const units = findUnits(text)
  const levels = fonts.levels(text, isolatesOf(text, units), directionOf(text, units))
  let offset = 0
  return flow.map((piece) => {
    const { cells } = piece
    const own = Uint8Array.from(cells.start.subarray(0, cells.length), (start) => {
      return levels[offset + start] as number
    })
    offset += cells.text.length
    return { ...piece, cells: { ...spelledOut(cells), levels: own } }
  })
}

/** Returns the direction of the first letter outside of all amounts, because `x2` and `USD 5.00` begin lines of any language. */
function directionOf(text: string, units: readonly Unit[]): 'ltr' | 'rtl' {
  let at = 0
  let outside = ''
  for (const { from, to } of units) {
    outside += text.slice(at, from)
    at = to
  }
  const [letter = ''] = /\p{L}/u.exec(outside + text.slice(at)) ?? []
  return letter === '' || hasRightToLeft(letter) ? 'rtl' : 'ltr'
}

function spelledOut(cells: Cells): Cells {
  return cells instanceof PlainCells ? cells.toJSON() : cells
}

/** A part of a line at one level. */
export interface Stretch extends Piece {
  /** Its index in reading order. */
  readonly order: number
  readonly isRightToLeft: boolean
}

/** Returns the pieces in visual order, from left to right. Undefined if that is the order in which they are read. */
export function seenOrder(pieces: readonly Piece[]): readonly Stretch[] | undefined {
  if (!pieces.some(({ cells }) => cells.levels !== undefined)) return undefined
  const stretches = pieces.flatMap(stretchesOf)
  const known = stretches.flatMap(({ level }) => (level === undefined ? [] : [level]))
  // An ellipsis or a hyphen has no level and gets the paragraph's, which is the lowest.
  const base = Math.min(...known)
  const leveled = stretches.map(({ piece, level = base }, order) => ({
    ...piece,
    order,
    level,
    isRightToLeft: level % 2 === 1,
  }))
  return reorder(leveled)
}

interface Leveled {
  readonly piece: Piece
  readonly level: number | undefined
}

function stretchesOf(piece: Piece): readonly Leveled[] {
  const { cells } = piece
  const { levels } = cells
  if (levels === undefined) return [{ piece, level: undefined }]
  const stretches: Leveled[] = []
  for (let from = 0; from < cells.length; ) {
    const level = levels[from] as number
    let to = from + 1
    while (to < cells.length && levels[to] === level) to++
    stretches.push({ piece: { ...piece, cells: sliceCells(cells, from, to) }, level })
    from = to
  }
  return stretches
}

/** Reorders by rule L2 (UAX #9): from the highest level down to 1, reverses each sequence of stretches at that level or above. */
function reorder<T extends { readonly level: number }>(stretches: readonly T[]): readonly T[] {
  const seen = [...stretches]
  const highest = Math.max(0, ...seen.map(({ level }) => level))
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < seen.length; from++) {
      let to = from
      while ((seen[to]?.level ?? -1) >= level) to++
      if (to - from > 1) seen.splice(from, to - from, ...seen.slice(from, to).reverse())
      from = Math.max(from, to)
    }
  }
  return seen
}

/** Returns the widths seen at the left and at the right of the figure's point, which is before the cell `split`. */
export function seenPoint(flow: Flow, split: number, metrics: Metrics): Point {
  const seen = seenOrder(flow) ?? []
  const read = seen.toSorted((a, b) => a.order - b.order)
  let begin = 0
  // The stretch that holds the figure's last digit before the point.
  const own = read.find(({ cells }) => {
    const isOwn = split <= begin + cells.length
    if (!isOwn) begin += cells.length
    return isOwn
  })
  let leftDots = 0
  let widthDots = 0
  for (const stretch of seen) {
    if (stretch === own) leftDots = widthDots + pointAt([stretch], split - begin, metrics).wholeDots
    widthDots += measureCells(stretch.cells, stretch.style, metrics)
  }
  return { wholeDots: leftDots, fractionDots: widthDots - leftDots }
}
