/**
 * The penalties of a QR code under its eight masks: ISO/IEC 18004, 7.8.3.1, as the package `qrcode` counts them.
 *
 * All masks are counted at once, because counting them one by one took longer than everything else that a receipt needs. Bit m
 * of a module's byte is the module under mask m, and a word holds the bytes of four modules beside each other, so that one
 * operation works on 32 modules.
 */

/** A square of modules row by row, four to a word with the first in the lowest byte. Bytes beyond `size` are ignored. */
export interface ModuleWords {
  readonly size: number
  /** Number of words of a row. */
  readonly stride: number
  readonly words: Int32Array
}

/** Bits of the cost of a finder's ratio 1:1:3:1:1 with four white modules before or after it: 40 is 8 and 32. */
const FINDER_PLACES = [3, 5]
const BALANCE = 10

/** Returns the penalty of each mask. `turned` are the same modules with rows and columns exchanged. */
export function qrPenalties(modules: ModuleWords, turned: ModuleWords): Int32Array {
  const costs = new Counts()
  const black = new Counts()
  countRuns(modules, costs)
  countRuns(turned, costs)
  countBlocks(modules, costs, black)
  const penalties = costs.byMask()
  const blacks = black.byMask()
  for (let mask = 0; mask < 8; mask++) {
    // The distance of the share of black modules from a half, in steps of 5 %.
    const steps = Math.ceil(((blacks[mask] as number) * 100) / modules.size ** 2 / 5) - 10
    penalties[mask] = (penalties[mask] as number) + Math.abs(steps) * BALANCE
  }
  return penalties
}

/** Sums for 32 modules at once: word k holds bit k of each. */
class Counts {
  readonly #bits = new Int32Array(24)

  /** Adds `2 ** place` where `word` has a bit. */
  add(word: number, place: number): void {
    const bits = this.#bits
    for (let k = place, carry = word; carry !== 0; k++) {
      const before = bits[k] as number
      bits[k] = before ^ carry
      carry &= before
    }
  }

  /** Returns the sum of each mask, over its four modules in a word. */
  byMask(): Int32Array {
    const sums = new Int32Array(8)
    for (let k = 0; k < this.#bits.length; k++) {
      for (let word = this.#bits[k] as number; word !== 0; word &= word - 1) {
        const mask = Math.clz32(word & -word) ^ 31
        sums[mask & 7] = (sums[mask & 7] as number) + (1 << k)
      }
    }
    return sums
  }
}

/** A mask of the bytes of a word that are modules inside of the square. */
function insideOf(column: number, size: number): number {
  const modules = size - column * 4
  return modules < 4 ? (1 << (modules * 8)) - 1 : -1
}

/** Counts the costs in columns: a run of five modules of one colour costs 3, and 1 for each further module; and finders. */
function countRuns({ size, stride, words }: ModuleWords, costs: Counts): void {
  for (let column = 0; column < stride; column++) {
    const inside = insideOf(column, size)
    // The six rows before, the newest last.
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    let e = 0
    let f = 0
    // Bits in which one, two and three rows ago the row was equal to the row before it.
    let same1 = 0
    let same2 = 0
    let same3 = 0
    let wasLong = 0
    for (let y = 0, at = column; y < size; y++, at += stride) {
      const row = words[at] as number
      const same = y === 0 ? 0 : ~(row ^ f) & inside
      const isLong = same & same1 & same2 & same3
      if (isLong !== 0) {
        // Each place at which five equal modules end costs 1, and the first such place of a run 2 more.
        costs.add(isLong, 0)
        costs.add(isLong & ~wasLong, 1)
      }
      const finder = row & ~f & e & d & c & ~b & a & inside
      if (finder !== 0) {
        if (y >= 10) addFinder(finder & ~fourRows(words, at - 10 * stride, stride), costs)
        if (y + 4 < size) addFinder(finder & ~fourRows(words, at + stride, stride), costs)
      }
      a = b
      b = c
      c = d
      d = e
      e = f
      f = row
      same3 = same2
      same2 = same1
      same1 = same
      wasLong = isLong
    }
  }
}

function addFinder(found: number, costs: Counts): void {
  for (const place of FINDER_PLACES) costs.add(found, place)
}

/** The black modules in four rows from `at` on. */
function fourRows(words: Int32Array, at: number, stride: number): number {
  const two = (words[at] as number) | (words[at + stride] as number)
  return two | (words[at + 2 * stride] as number) | (words[at + 3 * stride] as number)
}

/** Counts the costs of squares of 2 × 2 of one colour, which are 3 each, and the black modules. */
function countBlocks({ size, stride, words }: ModuleWords, costs: Counts, black: Counts): void {
  for (let column = 0; column < stride; column++) {
    const inside = insideOf(column, size)
    // The last column has no neighbour at its right.
    const paired = insideOf(column, size - 1)
    let above = 0
    let aboveBeside = 0
    for (let y = 0, at = column; y < size; y++, at += stride) {
      const row = words[at] as number
      const next = column + 1 < stride ? (words[at + 1] as number) : 0
      const beside = (row >>> 8) | (next << 24)
      black.add(row & inside, 0)
      if (y > 0) {
        const block = ~(row ^ beside) & ~(row ^ above) & ~(beside ^ aboveBeside) & paired
        costs.add(block, 0)
        costs.add(block, 1)
      }
      above = row
      aboveBeside = beside
    }
  }
}
