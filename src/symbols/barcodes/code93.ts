/** CODE93 (AIM BC5): ASCII through shift characters, two check characters. */
import { type Barcode, elementsOfBits } from './elements.js'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'
/** Nine modules for each character; after the alphabet come the shifts ($) (%) (/) (+), then start and stop. */
const patterns = [
  0x114, 0x148, 0x144, 0x142, 0x128, 0x124, 0x122, 0x150, 0x112, 0x10a, 0x1a8, 0x1a4, 0x1a2, 0x194,
  0x192, 0x18a, 0x168, 0x164, 0x162, 0x134, 0x11a, 0x158, 0x14c, 0x146, 0x12c, 0x116, 0x1b4, 0x1b2,
  0x1ac, 0x1a6, 0x196, 0x19a, 0x16c, 0x166, 0x136, 0x13a, 0x12e, 0x1d4, 0x1d2, 0x1ca, 0x16e, 0x176,
  0x1ae, 0x126, 0x1da, 0x1d6, 0x132, 0x15e,
]
const [dollar, percent, slash, plus, startStop] = [43, 44, 45, 46, 47] as const

/** Encodes any ASCII text; undefined for empty text and for other characters. */
export function code93(text: string): Barcode | undefined {
  const values: number[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return undefined
    values.push(...valuesOf(code))
  }
  if (values.length === 0) return undefined
  const first = checkValue(values, 20)
  const second = checkValue([...values, first], 15)
  const bits = [startStop, ...values, first, second, startStop].map((value) =>
    (patterns[value] ?? 0).toString(2),
  )
  return { kind: 'code93', data: text, elements: elementsOfBits(`${bits.join('')}1`) }
}

function valuesOf(code: number): readonly number[] {
  const own = ALPHABET.indexOf(String.fromCharCode(code))
  if (own >= 0) return [own]
  const letter = (value: number) => 10 + value
  if (code === 0) return [percent, letter(20)]
  if (code <= 26) return [dollar, letter(code - 1)]
  if (code <= 31) return [percent, letter(code - 27)]
  if (code <= 0x3a) return [slash, letter(code - 0x21)]
  if (code <= 0x3f) return [percent, letter(code - 0x3b + 5)]
  if (code === 0x40) return [percent, letter(21)]
  if (code <= 0x5f) return [percent, letter(code - 0x5b + 10)]
  if (code === 0x60) return [percent, letter(22)]
  if (code <= 0x7a) return [plus, letter(code - 0x61)]
  return [percent, letter(code - 0x7b + 15)]
}

/** Check value: the sum of the values with weights 1 to `largest` from the right, modulo 47. */
function checkValue(values: readonly number[], largest: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    sum += (values[values.length - 1 - i] ?? 0) * ((i % largest) + 1)
  }
  return sum % 47
}
