/** The common part of two lists: runs that are equal, and between them the elements that only one list has. */
import { diffArrays } from 'diff'

/** Elements `before[from, to)` correspond to `after[from, to)`. The two runs are equal, or share no element. */
export interface Hunk {
  readonly equal: boolean
  readonly before: readonly [from: number, to: number]
  readonly after: readonly [from: number, to: number]
}

/** Most differences that are looked for. With more, everything between the common beginning and end counts as different. */
const MAX_EDITS = 1500

/** Compares lists by their keys. Equal and unequal hunks alternate. */
export function diffKeys(before: readonly string[], after: readonly string[]): Hunk[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let tail = 0
  const most = Math.min(before.length, after.length) - start
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const middle = diffArrays(
    before.slice(start, before.length - tail),
    after.slice(start, after.length - tail),
    { maxEditLength: MAX_EDITS },
  ) ?? [
    { removed: true, added: false, count: before.length - tail - start },
    { removed: false, added: true, count: after.length - tail - start },
  ]
  const parts = [
    { removed: false, added: false, count: start },
    ...middle,
    { removed: false, added: false, count: tail },
  ]
  const hunks: Hunk[] = []
  let b = 0
  let a = 0
  for (const { removed, added, count } of parts) {
    if (count === 0) continue
    const from = { b, a }
    if (!added) b += count
    if (!removed) a += count
    const equal = !removed && !added
    const last = hunks.at(-1)
    if (last?.equal === equal) {
      hunks[hunks.length - 1] = { equal, before: [last.before[0], b], after: [last.after[0], a] }
    } else hunks.push({ equal, before: [from.b, b], after: [from.a, a] })
  }
  return hunks
}

/**
 * Puts the elements of both lists side by side. Unequal runs are paired from their beginnings, and the shorter run is filled
 * up with `undefined`.
 */
export function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): { readonly equal: boolean; readonly before: T | undefined; readonly after: T | undefined }[] {
  return diffKeys(before.map(keyOf), after.map(keyOf)).flatMap((hunk) => {
    const [bFrom, bTo] = hunk.before
    const [aFrom, aTo] = hunk.after
    return Array.from({ length: Math.max(bTo - bFrom, aTo - aFrom) }, (_, i) => ({
      equal: hunk.equal,
      before: bFrom + i < bTo ? before[bFrom + i] : undefined,
      after: aFrom + i < aTo ? after[aFrom + i] : undefined,
    }))
  })
}
