/**
 * Lays out a row whose cells do not fit side by side: first its words over the whole width, then each value under the other as `header
 * value`.
 */

import { blankCells } from '../model/cut-cells.js'
import type { Block } from '../model/strip.js'
import type { Box, LayoutContext } from './context.js'
import type { Flow, Piece } from './line.js'
import { measureFlow } from './measure.js'
import { placeLines } from './place.js'
import { boundUnits } from './right-to-left.js'
import type { Cell, Column, FlowCell } from './table-cell.js'
import { findUnits } from './units.js'
import { wrapFlow } from './wrap.js'

export interface StackedCell {
  readonly cell: Cell
  readonly column: Column
  /** The header of its column, empty for none. */
  readonly label: Flow
}

/** Returns the blocks of the cells under each other in `box`. The first cell that holds words comes first. */
export function stackRow(
  cells: readonly StackedCell[],
  box: Box,
  context: LayoutContext,
): readonly Block[] {
  const title = cells.find(({ cell }) => 'flows' in cell && isWords(cell))
  const rest = cells.filter((stacked) => stacked !== title)
  const first = title === undefined ? [] : titleBlocks(title, box, context)
  return [...first, ...rest.flatMap((stacked) => valueBlocks(stacked, box, context))]
}

function titleBlocks({ cell, column }: StackedCell, box: Box, context: LayoutContext): Block[] {
  const { widthDots } = box
  const options = { widthDots, policy: column.policy, path: cell.path }
  const lines = (cell as FlowCell).flows.flatMap((flow) => wrapFlow(flow, options, context))
  return placeLines(lines, { ...box, path: cell.path }, 'left', context.metrics)
}

function valueBlocks(
  { cell, label }: StackedCell,
  box: Box,
  context: LayoutContext,
): readonly Block[] {
  if ('layout' in cell) return cell.layout(box.x, box.widthDots, context)
  if (cell.flows.every((flow) => measureFlow(flow, context) === 0)) return []
  const options = { widthDots: box.widthDots, path: cell.path }
  const lines = cell.flows.flatMap((flow, i) =>
    wrapFlow(i === 0 ? labelled(label, flow) : flow, options, context),
  )
  return placeLines(lines, { ...box, path: cell.path }, 'right', context.metrics)
}

function labelled(label: Flow, value: Flow): Flow {
  const last = label.at(-1)
  return last === undefined ? value : [...label, blankPiece(last), ...value]
}

function blankPiece({ style }: Piece): Piece {
  return { cells: blankCells(1), style: { ...style, underline: 0, inverse: false } }
}

/** Whether a cell holds more than numbers with their units. */
function isWords({ flows }: FlowCell): boolean {
  return flows.some((flow) => {
    const text = flow.map(({ cells }) => cells.text).join('')
    let words = ''
    let at = 0
    for (const { from, to } of boundUnits(text, findUnits(text))) {
      words += text.slice(at, from)
      at = to
    }
    return /\p{L}/u.test(words + text.slice(at))
  })
}

/** Joins the paragraphs of a header's cell into one label. */
export function labelOf(cell: Cell | undefined): Flow {
  if (cell === undefined || !('flows' in cell)) return []
  return cell.flows
    .filter((flow) => flow.length > 0)
    .reduce((label, flow) => labelled(label, flow), [])
}
