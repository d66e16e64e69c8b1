/** Finds the known names that are most like a mistyped one, for hints. */

/** Returns up to `count` names, the most similar first. Names with hardly a letter in common are left out. */
export function nearestNames(name: string, known: readonly string[], count = 3): readonly string[] {
  const wanted = name.toLowerCase()
  return known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => {
      return distance < Math.max(wanted.length, candidate.length) * 0.7
    })
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/** Least number of letters to insert, delete or replace to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[b.length] ?? 0
}

/** Share of letters that may be wrong. With more, the nearest name is probably not what was meant. */
const LIKENESS = 0.5

/**
 * Returns the hint for a mistyped name; undefined if no known name is similar.
 *
 * @example didYouMean('algin', ['text', 'align']) // 'did you mean align?'
 */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const [nearest] = nearestNames(name, known, 1)
  return nearest !== undefined && isLike(name, nearest) ? `did you mean ${nearest}?` : undefined
}

function isLike(name: string, known: string): boolean {
  const distance = editDistance(name.toLowerCase(), known.toLowerCase())
  return distance <= Math.max(name.length, known.length) * LIKENESS
}
