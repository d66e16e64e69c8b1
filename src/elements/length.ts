/** Lengths in dots or millimetres: `24` or `'3mm'`. */

import * as s from '../model/shape.js'
import type { Length } from './nodes.js'

/** Less than a metre: a barcode of a kilometre would be 170 MB of bytes. */
const MILLIMETRES = /^\d{1,3}(\.\d+)?mm$/

/** A length of 1 to `most` dots, or in millimetres; `words` say how a text may be. */
export function lengthSchema(most: number, words = 'a length such as "8mm"') {
  return s.either(
    [s.whole(1, most), s.pattern(MILLIMETRES, words)],
    `1 to ${most} dots, or ${words}`,
  )
}

/** At least one dot. */
export function lengthDots(length: Length, dotsPerMm: number): number {
  if (typeof length === 'number') return length
  return Math.max(1, Math.round(Number.parseFloat(length) * dotsPerMm))
}
