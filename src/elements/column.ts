/** Reads the width and the vertical alignment of a table's column, or of a row's cell. */

import { leaderFlow } from '../layout/leader.js'
import type { Column } from '../layout/table-cell.js'
import type { TrackSize } from '../layout/tracks.js'
import * as s from '../model/shape.js'
import type { TextStyle } from '../model/style.js'
import type { ElementContext } from './element.js'
import type { ColumnFields } from './nodes.js'

const WIDTH_PATTERN = /^(auto|\d+(\.\d+)?%|\d+(\.\d+)?fr)$/
const cellCount = s.whole(1, 64)

/** Schemas of the fields for the width of a column, and for the vertical place of its cells. */
export const trackFields = {
  width: s.optional(
    s.either(
      [s.whole(1), s.pattern(WIDTH_PATTERN, '"auto", "30%" or "2fr"')],
      'a number of cells, "auto", "30%" or "2fr"',
    ),
  ),
  min: s.optional(cellCount),
  max: s.optional(cellCount),
  valign: s.optional(s.oneOf(['top', 'middle', 'bottom'])),
}

/** Makes a column of a table from its fields. */
export function columnOf(
  fields: ColumnFields,
  style: TextStyle,
  cellDots: number,
  path: string,
  context: ElementContext,
): Column {
  const dots = (cells: number | undefined) => (cells === undefined ? undefined : cells * cellDots)
  return {
    track: {
      size: trackSizeOf(fields.width ?? '1fr', cellDots),
      minDots: dots(fields.min),
      maxDots: dots(fields.max),
    },
    align: fields.align ?? 'left',
    valign: fields.valign ?? 'top',
    policy: fields.wrap ?? 'word',
    indentDots: (fields.indent ?? 0) * cellDots,
    maxLines: fields.maxLines,
    leader: leaderFlow(fields.leader, style, `${path}.leader`, context),
  }
}

function trackSizeOf(width: number | string, cellDots: number): TrackSize {
  if (typeof width === 'number') return { kind: 'fixed', dots: width * cellDots }
  if (width === 'auto') return { kind: 'content' }
  const value = Number.parseFloat(width)
  return width.endsWith('%')
    ? { kind: 'percent', percent: value }
    : { kind: 'fraction', parts: value }
}
