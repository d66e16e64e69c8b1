/** Positions of records in their chains as ranges, because the ones that retention removes mostly follow each other. */

/** First and last position, both included, in ascending order and apart from each other. */
export type Ranges = readonly (readonly [from: number, to: number])[]

export class Positions {
  readonly #ranges = new Map<string, [number, number][]>()
  #isSorted = true

  add(chain: string, from: number, to = from): void {
    const ranges = this.#ranges.get(chain) ?? []
    const last = ranges.at(-1)
    if (last !== undefined && from === last[1] + 1) last[1] = to
    else {
      ranges.push([from, to])
      if (last !== undefined && from <= last[1]) this.#isSorted = false
    }
    this.#ranges.set(chain, ranges)
  }

  addAll(ranges: Readonly<Record<string, Ranges>>): void {
    for (const [chain, own] of Object.entries(ranges)) {
      for (const [from, to] of own) this.add(chain, from, to)
    }
  }

  has(chain: string, seq: number): boolean {
    this.#sort()
    const ranges = this.#ranges.get(chain) ?? []
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle] as [number, number])[1] < seq) low = middle + 1
      else high = middle
    }
    const range = ranges[low]
    return range !== undefined && range[0] <= seq
  }

  /** Returns one of the positions that `other` lacks. */
  notIn(other: Positions): { readonly chain: string; readonly seq: number } | undefined {
    for (const [chain, ranges] of this.#ranges) {
      for (const [from, to] of ranges) {
        for (let seq = from; seq <= to; seq++) {
          if (!other.has(chain, seq)) return { chain, seq }
        }
      }
    }
    return undefined
  }

  toJSON(): Readonly<Record<string, Ranges>> {
    this.#sort()
    return Object.fromEntries(this.#ranges)
  }

  #sort(): void {
    if (this.#isSorted) return
    for (const [chain, ranges] of this.#ranges) {
      const joined: [number, number][] = []
      for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
        const last = joined.at(-1)
        if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
        else joined.push([from, to])
      }
      this.#ranges.set(chain, joined)
    }
    this.#isSorted = true
  }
}
