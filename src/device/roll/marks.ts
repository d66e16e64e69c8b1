/** Callbacks that run when a count reaches a value: bytes received, rows printed, cuts made. */

interface Mark {
  readonly at: number
  readonly run: () => void
}

export class Marks {
  readonly #marks: Mark[] = []

  /** The count at which the next callback is due; infinity if none waits. */
  get next(): number {
    return this.#marks[0]?.at ?? Number.POSITIVE_INFINITY
  }

  /** Adds a callback and returns a function that removes it. Callbacks of one count run in the order in which they were added. */
  add(at: number, run: () => void): () => void {
    const mark = { at, run }
    const behind = this.#marks.findIndex((other) => other.at > at)
    this.#marks.splice(behind < 0 ? this.#marks.length : behind, 0, mark)
    return () => {
      const index = this.#marks.indexOf(mark)
      if (index >= 0) this.#marks.splice(index, 1)
    }
  }

  /** Runs all callbacks that are due at this count, including those that they add for the same count. */
  reach(count: number): void {
    while (this.next <= count) this.#marks.shift()?.run()
  }
}
