/** CODE128 (ISO/IEC 15417) as `GS k` takes it: `{A`, `{B`, `{C` choose the code set, `{1` to `{4` are FNC characters. */
import type { Barcode } from './elements.js'

/** Six element widths a value; the stop character has seven. */
const patterns =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'
const stop = [2, 3, 3, 1, 1, 1, 2]

type CodeSet = 'A' | 'B' | 'C'
const startValues = { A: 103, B: 104, C: 105 }
const switchValues = { A: 101, B: 100, C: 99 }
const shiftValue = 98

/** The data of `GS k` type 73; without a code set at the start it is read as code set B, as some clones do. */
export function code128(bytes: Uint8Array, kind = 'code128'): Barcode | undefined {
  const reading = readCode128(bytes)
  if (reading === undefined || reading.values.length < 2) return undefined
  return { kind, data: reading.text, elements: elementsOfValues(reading.values) }
}

interface Reading {
  readonly values: number[]
  text: string
}

function readCode128(bytes: Uint8Array): Reading | undefined {
  const first = codeSetAt(bytes, 0)
  let set: CodeSet = first ?? 'B'
  const reading: Reading = { values: [startValues[set]], text: '' }
  let shifted = false
  for (let i = first === undefined ? 0 : 2; i < bytes.length; i++) {
    const byte = bytes[i] as number
    const used: CodeSet = shifted ? (set === 'A' ? 'B' : 'A') : set
    shifted = false
    if (byte === 0x7b && (used !== 'C' || isEscape(bytes[i + 1]))) {
      i++
      const next = codeSetAt(bytes, i - 1)
      if (next !== undefined) {
        if (next !== set) reading.values.push(switchValues[next])
        set = next
        continue
      }
      shifted = bytes[i] === 0x53
      if (!putEscape(reading, bytes[i], set)) return undefined
      continue
    }
    if (!putByte(reading, byte, used)) return undefined
  }
  return reading
}

function codeSetAt(bytes: Uint8Array, at: number): CodeSet | undefined {
  if (bytes[at] !== 0x7b) return undefined
  return (['A', 'B', 'C'] as const)[(bytes[at + 1] ?? 0) - 0x41]
}

/** In code set C the byte 7B (123) is no value of its own: 0 to 99 are. */
function isEscape(byte: number | undefined): boolean {
  return byte !== undefined && '{ABCS1234'.includes(String.fromCharCode(byte))
}

function putEscape(reading: Reading, byte: number | undefined, set: CodeSet): boolean {
  if (byte === 0x7b) return putByte(reading, 0x7b, set)
  if (byte === 0x53) reading.values.push(shiftValue)
  else if (byte === 0x31) reading.values.push(102)
  else if (byte === 0x32) reading.values.push(97)
  else if (byte === 0x33) reading.values.push(96)
  else if (byte === 0x34) reading.values.push(set === 'A' ? 101 : 100)
  else return false
  return true
}

function putByte(reading: Reading, byte: number, set: CodeSet): boolean {
  if (set === 'C') {
    if (byte > 99) return false
    reading.values.push(byte)
    reading.text += String(byte).padStart(2, '0')
    return true
  }
  if (byte > 0x7f || (set === 'A' && byte > 0x5f) || (set === 'B' && byte < 0x20)) return false
  reading.values.push(byte < 0x20 ? byte + 64 : byte - 32)
  reading.text += String.fromCharCode(byte)
  return true
}

function elementsOfValues(values: readonly number[]): number[] {
  const check = values.reduce((sum, value, place) => sum + value * Math.max(1, place), 0) % 103
  const elements: number[] = []
  for (const value of [...values, check]) {
    for (let i = 0; i < 6; i++) elements.push(Number(patterns[value * 6 + i]))
  }
  return [...elements, ...stop]
}
