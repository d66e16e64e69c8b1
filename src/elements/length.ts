/** Lengths in dots or millimetres: `24` or `'3mm'`. */

import * as s from '../model/shape.js'
import type { Length } from './nodes.js'

/** At most three digits, so less than a metre, because a barcode of a kilometre would be 170 MB of bytes. */
const MILLIMETRES = /^\d{1,3}(\.\d+)?mm$/

/** Schema of a length of 1 to `most` dots, or of millimetres as text; `words` describe the text in messages. */
export function lengthSchema(most: number, words = 'a length such as "8mm"') {
  return s.either(
    [s.whole(1, most), s.pattern(MILLIMETRES, words)],
    `1 to ${most} dots, or ${words}`,
  )
}

/** Converts a length to dots, at least one. */
export function lengthDots(length: Length, dotsPerMm: number): number {
  if (typeof length === 'number') return length
  return Math.max(1, Math.round(Number.parseFloat(length) * dotsPerMm))
}
