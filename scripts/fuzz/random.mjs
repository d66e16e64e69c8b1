/** Random numbers that a seed and the number of a stream give: each stream can be made again on its own. */

export class Random {
  #state

  constructor(seed, index = 0) {
    // Spread, so that neighbours have nothing in common.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)
    for (let i = 0; i < 4; i++) this.next()
  }

  /** From 0 up to 2³² (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }

  /** A whole number from 0 to `count - 1`. */
  below(count) {
    return Math.floor((this.next() / 4294967296) * count)
  }

  byte() {
    return this.next() >>> 24
  }

  /** True once in `n`. */
  oneIn(n) {
    return this.below(n) === 0
  }

  pick(list) {
    return list[this.below(list.length)]
  }

  /** Small numbers much more often than large ones. */
  small(most) {
    return this.below(this.below(this.below(most + 1) + 1) + 1)
  }
}
