/** CODE128 (ISO/IEC 15417): text to the shortest row of code values, and values to bars. */

/** Widths of the six elements of each code value, one digit each. The stop character has seven and is not among them. */
const PATTERNS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'
const stop = [2, 3, 3, 1, 1, 1, 2]

export type CodeSet = 'A' | 'B' | 'C'
export const startValues = { A: 103, B: 104, C: 105 }
export const switchValues = { A: 101, B: 100, C: 99 }
export const SHIFT_VALUE = 98
/** FNC1 has this value in all code sets. */
export const FNC1_VALUE = 102
/** FNC1 among the character codes of `code128Values`. */
export const fnc1 = 256

const sets = ['A', 'B', 'C'] as const

/** An encoding of the rest of the text: its values as a linked list, and their number. */
interface Tail {
  readonly length: number
  readonly values: readonly number[]
  readonly next: Tail | undefined
}

/**
 * Returns the start value and the fewest values that encode `codes` (ASCII 0 to 127, or `fnc1`), without the check value. Of
 * equally short encodings it is one that switches code sets late.
 */
export function code128Values(codes: readonly number[]): number[] {
  // From the end backwards: the shortest encoding of the rest at each place, for each code set that may be active there.
  const after: Record<CodeSet, Tail>[] = []
  const end: Tail = { length: 0, values: [], next: undefined }
  after[codes.length] = { A: end, B: end, C: end }
  for (let i = codes.length - 1; i >= 0; i--) {
    const kept = {
      A: stay(codes, i, 'A', after),
      B: stay(codes, i, 'B', after),
      C: stay(codes, i, 'C', after),
    }
    const best = (set: CodeSet): Tail => {
      let shortest = kept[set]
      for (const other of sets) {
        const way = kept[other]
        if (other === set || way === undefined) continue
        if (shortest === undefined || way.length + 1 < shortest.length) {
          shortest = { length: way.length + 1, values: [switchValues[other]], next: way }
        }
      }
      if (shortest === undefined) throw new RangeError(`CODE128 has no character ${codes[i]}`)
      return shortest
    }
    after[i] = { A: best('A'), B: best('B'), C: best('C') }
  }
  const first = after[0] as Record<CodeSet, Tail>
  let set: CodeSet = 'B'
  for (const other of ['C', 'A'] as const) if (first[other].length < first[set].length) set = other
  const values: number[] = [startValues[set]]
  for (let tail: Tail | undefined = first[set]; tail !== undefined; tail = tail.next) {
    values.push(...tail.values)
  }
  return values
}

/**
 * The shortest tail that begins with the character at `i` in `set`. Undefined if neither the set nor a shift can encode it.
 */
function stay(
  codes: readonly number[],
  i: number,
  set: CodeSet,
  after: readonly Record<CodeSet, Tail>[],
): Tail | undefined {
  const code = codes[i] as number
  const go = (values: readonly number[], used: number): Tail => {
    const next = (after[i + used] as Record<CodeSet, Tail>)[set]
    return { length: next.length + values.length, values, next }
  }
  if (code === fnc1) return go([FNC1_VALUE], 1)
  if (set === 'C') {
    const second = codes[i + 1]
    if (!isDigit(code) || second === undefined || !isDigit(second)) return undefined
    return go([(code - 0x30) * 10 + second - 0x30], 2)
  }
  if (code < 0 || code > 127) return undefined
  const value = code < 32 ? code + 64 : code - 32
  const own = set === 'A' ? code < 96 : code >= 32
  return own ? go([value], 1) : go([SHIFT_VALUE, value], 1)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Returns bars and gaps of code values, from the start value on, with the check value and the stop character. */
export function code128Elements(values: readonly number[]): number[] {
  const check = values.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103
  const elements: number[] = []
  for (const value of [...values, check]) {
    for (let i = 0; i < 6; i++) elements.push(Number(PATTERNS[value * 6 + i]))
  }
  return [...elements, ...stop]
}
