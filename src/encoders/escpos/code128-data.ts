/** CODE128 code values as the data of `GS k`: `{A`, `{B`, `{C` choose the code set, `{1` is FNC1, `{S` shifts. */

import {
  FNC1_VALUE,
  SHIFT_VALUE,
  startValues,
  switchValues,
} from '../../symbols/barcodes/code128.js'

type CodeSet = 'A' | 'B' | 'C'
const BRACE = 0x7b

/** Encodes code values, from the start value on, as `code128Values` returns them. */
export function code128Data(values: readonly number[]): Uint8Array {
  const bytes: number[] = []
  const codeSets = ['A', 'B', 'C'] as const
  let set: CodeSet = codeSets.find((name) => startValues[name] === values[0]) ?? 'B'
  bytes.push(BRACE, set.charCodeAt(0))
  let shifted = false
  for (const value of values.slice(1)) {
    const next = codeSets.find((name) => name !== set && switchValues[name] === value)
    if (next !== undefined) {
      set = next
      bytes.push(BRACE, set.charCodeAt(0))
    } else if (value === FNC1_VALUE) bytes.push(BRACE, 0x31)
    else if (value === SHIFT_VALUE && set !== 'C') {
      shifted = true
      bytes.push(BRACE, 0x53)
      continue
    } else if (set === 'C') bytes.push(value)
    else {
      const inA = (set === 'A') !== shifted
      const code = inA && value >= 64 ? value - 64 : value + 32
      bytes.push(...(code === BRACE ? [BRACE, BRACE] : [code]))
    }
    shifted = false
  }
  return Uint8Array.from(bytes)
}
