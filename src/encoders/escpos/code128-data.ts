/** CODE128 code values as the data of `GS k`: `{A`, `{B`, `{C` choose the code set, `{1` is FNC1, `{S` shifts. */

import { fnc1Value, shiftValue, startValues, switchValues } from '../../symbols/barcodes/code128.js'

type CodeSet = 'A' | 'B' | 'C'
const brace = 0x7b

/** The data for values from the start value on, as `code128Values` gives them. */
export function code128Data(values: readonly number[]): Uint8Array {
  const bytes: number[] = []
  const codeSets = ['A', 'B', 'C'] as const
  let set: CodeSet = codeSets.find((name) => startValues[name] === values[0]) ?? 'B'
  bytes.push(brace, set.charCodeAt(0))
  let shifted = false
  for (const value of values.slice(1)) {
    const next = codeSets.find((name) => name !== set && switchValues[name] === value)
    if (next !== undefined) {
      set = next
      bytes.push(brace, set.charCodeAt(0))
    } else if (value === fnc1Value) bytes.push(brace, 0x31)
    else if (value === shiftValue && set !== 'C') {
      shifted = true
      bytes.push(brace, 0x53)
      continue
    } else if (set === 'C') bytes.push(value)
    else {
      const inA = (set === 'A') !== shifted
      const code = inA && value >= 64 ? value - 64 : value + 32
      bytes.push(...(code === brace ? [brace, brace] : [code]))
    }
    shifted = false
  }
  return Uint8Array.from(bytes)
}
