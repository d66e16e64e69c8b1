/** CODE39, ITF and CODABAR: symbologies of narrow and wide elements (ISO/IEC 16388, 16390; EN 798). */
import { type Barcode, type Elements, wide } from './elements.js'

const CODE39_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*'
/** Nine elements for each character, bar first; a set bit is a wide element. */
const code39Bits = [
  0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019,
  0x118, 0x058, 0x00d, 0x10c, 0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106,
  0x046, 0x016, 0x181, 0x0c1, 0x1c0, 0x091, 0x190, 0x0d0, 0x085, 0x184, 0x0c4, 0x0a8, 0x0a2, 0x08a,
  0x02a, 0x094,
]
const CODABAR_CHARACTERS = '0123456789-$:/.+ABCD'
/** Seven elements for each character. */
const codabarBits = [
  0x03, 0x06, 0x09, 0x60, 0x12, 0x42, 0x21, 0x24, 0x30, 0x48, 0x0c, 0x18, 0x45, 0x51, 0x54, 0x15,
  0x1a, 0x29, 0x0b, 0x0e,
]
/** Five elements for each digit. */
const itfBits = [0x06, 0x11, 0x09, 0x18, 0x05, 0x14, 0x0c, 0x03, 0x12, 0x0a]

/** Encodes capital letters, digits and `-. $/+%`; asterisks at the ends are start and stop. */
export function code39(text: string): Barcode | undefined {
  const data = text.replace(/^\*|\*$/g, '')
  if (data === '' || !/^[0-9A-Z\-. $/+%]+$/.test(data)) return undefined
  const elements = characters(`*${data}*`, CODE39_CHARACTERS, code39Bits, 9)
  return { kind: 'code39', data, hri: `*${data}*`, elements }
}

/** Encodes CODABAR, whose start and stop are A to D, upper or lower case. */
export function codabar(text: string): Barcode | undefined {
  const data = text.toUpperCase()
  if (!/^[A-D][0-9\-$:/.+]+[A-D]$/.test(data)) return undefined
  return { kind: 'codabar', data, elements: characters(data, CODABAR_CHARACTERS, codabarBits, 7) }
}

/** Encodes pairs of digits. An odd last digit is dropped, as printers do. */
export function itf(text: string): Barcode | undefined {
  const data = text.slice(0, text.length & ~1)
  if (data === '' || !/^\d+$/.test(data)) return undefined
  const elements: number[] = [1, 1, 1, 1]
  for (let i = 0; i < data.length; i += 2) {
    const bars = widths(itfBits[Number(data[i])] ?? 0, 5)
    const gaps = widths(itfBits[Number(data[i + 1])] ?? 0, 5)
    for (let k = 0; k < 5; k++) elements.push(bars[k] ?? 1, gaps[k] ?? 1)
  }
  elements.push(wide, 1, 1)
  return { kind: 'itf', data, elements }
}

function characters(text: string, alphabet: string, bits: readonly number[], length: number) {
  const elements: number[] = []
  for (const character of text) {
    if (elements.length > 0) elements.push(1)
    elements.push(...widths(bits[alphabet.indexOf(character)] ?? 0, length))
  }
  return elements
}

function widths(bits: number, length: number): Elements {
  return Array.from({ length }, (_, i) => (((bits >> (length - 1 - i)) & 1) === 1 ? wide : 1))
}
