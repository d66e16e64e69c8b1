/** Things to be done when a count gets so far: bytes received, rows printed, cuts made. */

interface Mark {
  readonly at: number
  readonly run: () => void
}

export class Marks {
  readonly #marks: Mark[] = []

  /** The count at which the next thing is due; infinity if there is none. */
  get next(): number {
    return this.#marks[0]?.at ?? Number.POSITIVE_INFINITY
  }

  /** Returns what takes it back. Of several at one count the first comes first. */
  add(at: number, run: () => void): () => void {
    const mark = { at, run }
    const behind = this.#marks.findIndex((other) => other.at > at)
    this.#marks.splice(behind < 0 ? this.#marks.length : behind, 0, mark)
    return () => {
      const index = this.#marks.indexOf(mark)
      if (index >= 0) this.#marks.splice(index, 1)
    }
  }

  /** Runs all that is due at this count, including what those runs add for the same count. */
  reach(count: number): void {
    while (this.next <= count) this.#marks.shift()?.run()
  }
}
