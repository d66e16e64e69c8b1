/** EAN-13, EAN-8, UPC-A and UPC-E (GS1 General Specifications, chapter 5.2). */
import { type Barcode, eanCheckDigit, elementsOfBits } from './elements.js'

/** Left odd patterns of the digits. The right patterns are their complements, and the left even ones the right ones reversed. */
const odd = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
]
const complement = (bits: string) => bits.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0'))
const right = odd.map(complement)
const even = right.map((bits) => [...bits].reverse().join(''))

/** Whether each of the six left digits is even (E) or odd (O), by the first digit of EAN-13. */
const ean13Parity = [
  'OOOOOO',
  'OOEOEE',
  'OOEEOE',
  'OOEEEO',
  'OEOOEE',
  'OEEOOE',
  'OEEEOO',
  'OEOEOE',
  'OEOEEO',
  'OEEOEO',
]
/** Whether each of the six digits of UPC-E is even or odd in number system 0, by the check digit; system 1 swaps E and O. */
const upceParity = [
  'EEEOOO',
  'EEOEOO',
  'EEOOEO',
  'EEOOOE',
  'EOEEOO',
  'EOOEEO',
  'EOOOEE',
  'EOEOEO',
  'EOEOOE',
  'EOOEOE',
]

const SIDE = '101'
const MIDDLE = '01010'

/** Encodes 12 or 13 digits as EAN-13; undefined for other text. */
export function ean13(text: string): Barcode | undefined {
  const data = complete(text, 12)
  if (data === undefined) return undefined
  return { kind: 'ean13', data, elements: elementsOfBits(ean13Bits(data)) }
}

/** Encodes 11 or 12 digits as UPC-A; undefined for other text. */
export function upca(text: string): Barcode | undefined {
  const data = complete(text, 11)
  if (data === undefined) return undefined
  return { kind: 'upca', data, elements: elementsOfBits(ean13Bits(`0${data}`)) }
}

/** Encodes 7 or 8 digits as EAN-8; undefined for other text. */
export function ean8(text: string): Barcode | undefined {
  const data = complete(text, 7)
  if (data === undefined) return undefined
  const left = [...data.slice(0, 4)].map((digit) => odd[Number(digit)])
  const end = [...data.slice(4)].map((digit) => right[Number(digit)])
  const bits = [SIDE, ...left, MIDDLE, ...end, SIDE].join('')
  return { kind: 'ean8', data, elements: elementsOfBits(bits) }
}

/** Encodes 6 to 8 digits of UPC-E, or 11 or 12 of a UPC-A that can be shortened; undefined for other text. */
export function upce(text: string): Barcode | undefined {
  if (!/^(\d{6,8}|\d{11,12})$/.test(text)) return undefined
  const short = text.length > 8 ? shorten(text) : shortParts(text)
  if (short === undefined || !/^[01]$/.test(short.system)) return undefined
  const check = eanCheckDigit(short.system + lengthen(short.digits))
  const parity = upceParity[Number(check)] ?? ''
  const isEven = (place: number) => (parity[place] === 'E') === (short.system === '0')
  const digits = [...short.digits].map((d, place) => (isEven(place) ? even : odd)[Number(d)])
  const bits = [SIDE, ...digits, '010101'].join('')
  return {
    kind: 'upce',
    data: short.system + short.digits + check,
    elements: elementsOfBits(bits),
  }
}

/** Adds the check digit if the text lacks it. A given check digit is kept, right or wrong. */
function complete(text: string, length: number): string | undefined {
  if (!/^\d+$/.test(text)) return undefined
  if (text.length === length) return text + eanCheckDigit(text)
  return text.length === length + 1 ? text : undefined
}

function ean13Bits(data: string): string {
  const parity = ean13Parity[Number(data[0])] ?? ''
  const left = [...data.slice(1, 7)].map((d, place) =>
    parity[place] === 'E' ? even[Number(d)] : odd[Number(d)],
  )
  const end = [...data.slice(7)].map((d) => right[Number(d)])
  return [SIDE, ...left, MIDDLE, ...end, SIDE].join('')
}

interface ShortCode {
  readonly system: string
  readonly digits: string
}

function shortParts(text: string): ShortCode {
  return text.length === 6
    ? { system: '0', digits: text }
    : { system: text.slice(0, 1), digits: text.slice(1, 7) }
}

/** Returns the ten digits of UPC-A between number system and check digit, from the six digits of UPC-E. */
function lengthen(digits: string): string {
  const last = digits.slice(5)
  if ('012'.includes(last)) return `${digits.slice(0, 2)}${last}0000${digits.slice(2, 5)}`
  if (last === '3') return `${digits.slice(0, 3)}00000${digits.slice(3, 5)}`
  if (last === '4') return `${digits.slice(0, 4)}00000${digits.slice(4, 5)}`
  return `${digits.slice(0, 5)}0000${last}`
}

/** Returns the UPC-E form of a UPC-A code: the candidate that gives this code when it is lengthened. */
function shorten(text: string): ShortCode | undefined {
  const system = text.slice(0, 1)
  const body = text.slice(1, 11)
  const candidates = [
    body.slice(0, 2) + body.slice(7, 10) + body.slice(2, 3),
    `${body.slice(0, 3)}${body.slice(8, 10)}3`,
    `${body.slice(0, 4)}${body.slice(9, 10)}4`,
    body.slice(0, 5) + body.slice(9, 10),
  ]
  const digits = candidates.find((candidate) => lengthen(candidate) === body)
  return digits === undefined ? undefined : { system, digits }
}
