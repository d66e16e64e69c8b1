/** White in dots, millimetres or cells: `8`, `'2mm'`, `'3 cells'`; and what all nodes have of it. */

import type { Metrics } from '../model/metrics.js'
import * as s from '../model/shape.js'
import { lengthSchema } from './length.js'
import type { PlaceFields, Sides, Spacing } from './nodes.js'

export const spacingSchema: s.Shape<Spacing> = s.either(
  [
    s.whole(0, 4000),
    s.pattern(/^\d{1,3}(\.\d+)?(mm| cells?)$/, 'a length such as "2mm" or "3 cells"'),
  ],
  '0 to 4000 dots, or a length such as "2mm" or "3 cells"',
)

const sides = s.object<Sides>({
  top: s.optional(spacingSchema),
  right: s.optional(spacingSchema),
  bottom: s.optional(spacingSchema),
  left: s.optional(spacingSchema),
})

/** One for all sides, or some of them. */
export const sidesSchema: s.Shape<Spacing | Sides> = s.either(
  [spacingSchema, sides],
  'a length such as 8 or "2mm", or an object with top, right, bottom and left',
)

type Place = NonNullable<PlaceFields['at']>

/** The fields of `PlaceFields`. */
export const placeFields = {
  margin: s.optional(sidesSchema),
  minHeight: s.optional(lengthSchema(4000)),
  at: s.optional(s.object<Place>({ xMm: s.number(0, 1000), yMm: s.number(0, 1000) })),
}

export interface SideDots {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** White on each side in dots, to the left and right in steps of the printer's places. */
export function sideDots(value: Spacing | Sides, metrics: Metrics): SideDots {
  const of = (one: Spacing | undefined) => (one === undefined ? 0 : spacingDots(one, metrics))
  const all = typeof value === 'object' ? value : undefined
  const same = all === undefined ? of(value as Spacing) : 0
  const { placementGridDots: grid } = metrics
  const onGrid = (dots: number) => Math.ceil(dots / grid) * grid
  return {
    top: all === undefined ? same : of(all.top),
    right: onGrid(all === undefined ? same : of(all.right)),
    bottom: all === undefined ? same : of(all.bottom),
    left: onGrid(all === undefined ? same : of(all.left)),
  }
}

/** At the resolution of the printer. */
export function spacingDots(value: Spacing, { dotsPerMm, fonts }: Metrics): number {
  if (typeof value === 'number') return value
  const count = Number.parseFloat(value)
  return Math.round(count * (value.endsWith('mm') ? dotsPerMm : fonts.A.widthDots))
}
