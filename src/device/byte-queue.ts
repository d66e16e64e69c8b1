/** Bytes in the order in which they came; taken from the front. */

const FIRST_CAPACITY = 256

export class ByteQueue {
  #data = new Uint8Array(FIRST_CAPACITY)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  /** The first byte. */
  get first(): number | undefined {
    return this.length === 0 ? undefined : this.#data[this.#from]
  }

  append(bytes: Uint8Array): void {
    const { length } = this
    if (this.#to + bytes.length > this.#data.length) {
      const wanted = length + bytes.length
      const target =
        wanted > this.#data.length / 2
          ? new Uint8Array(Math.max(wanted, this.#data.length) * 2)
          : this.#data
      target.set(this.#data.subarray(this.#from, this.#to))
      this.#data = target
      this.#from = 0
      this.#to = length
    }
    this.#data.set(bytes, this.#to)
    this.#to += bytes.length
  }

  /** Removes and returns `count` bytes, or all if there are fewer. */
  take(count: number): Uint8Array {
    const end = Math.min(this.#to, this.#from + count)
    const taken = this.#data.slice(this.#from, end)
    this.#from = end
    return taken
  }

  clear(): void {
    this.#data = new Uint8Array(FIRST_CAPACITY)
    this.#from = 0
    this.#to = 0
  }
}
