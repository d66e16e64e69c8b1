/** The data of `GS k` for CODE128: `{A`, `{B`, `{C` choose the code set, `{1` to `{4` are FNC characters, `{S` shifts. */
import {
  type CodeSet,
  code128Elements,
  SHIFT_VALUE,
  startValues,
  switchValues,
} from '../../../symbols/barcodes/code128.js'
import type { Barcode } from '../../../symbols/barcodes/elements.js'

/** The data of `GS k` type 73; without a code set at the start it is read as code set B, as some clones do. */
export function code128(bytes: Uint8Array, kind = 'code128'): Barcode | undefined {
  const reading = readCode128(bytes)
  if (reading === undefined || reading.values.length < 2) return undefined
  return { kind, data: reading.text, elements: code128Elements(reading.values) }
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

/** In code set C the byte 7B (123) cannot be a value, because values go from 0 to 99. */
function isEscape(byte: number | undefined): boolean {
  return byte !== undefined && '{ABCS1234'.includes(String.fromCharCode(byte))
}

function putEscape(reading: Reading, byte: number | undefined, set: CodeSet): boolean {
  if (byte === 0x7b) return putByte(reading, 0x7b, set)
  if (byte === 0x53) reading.values.push(SHIFT_VALUE)
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
