/** The places of breaks as a list, for tests to compare. */

import { markBreaks } from '../../src/layout/line-breaks.js'

type Mark = (text: string, marks: Uint8Array) => unknown

/** As `mark` has them, over marks that another text has left. Undefined if it gives the text up. */
export function breakOffsets(text: string, mark: Mark = markBreaks): number[] | undefined {
  const marks = new Uint8Array(text.length).fill(1)
  if (mark(text, marks) === false) return undefined
  return Array.from(marks.keys()).filter((at) => marks[at] === 1)
}
