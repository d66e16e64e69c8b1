/** White in dots, millimetres or cells (`8`, `'2mm'`, `'3 cells'`), and the fields for it that all nodes have. */

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

/** A single value for all sides, or values for some of them. */
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

/** Returns the white on each side in dots; at the left and right rounded up to the printer's placement grid. */
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

/** Converts white to dots at the printer's resolution. */
export function spacingDots(value: Spacing, { dotsPerMm, fonts }: Metrics): number {
  if (typeof value === 'number') return value
  const count = Number.parseFloat(value)
  return Math.round(count * (value.endsWith('mm') ? dotsPerMm : fonts.A.widthDots))
}
