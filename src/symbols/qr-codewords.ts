/** The codewords of a QR code: data, and Reed–Solomon error correction over GF(256), interleaved by block. */

import type { QrLevel } from '../model/symbologies.js'
import { type BlockPlan, blockPlan, countBits, type QrMode } from './qr-capacity.js'

export interface QrSegment {
  readonly mode: QrMode
  /** Text of digits or of QR's 45 characters, or bytes. */
  readonly data: string | Uint8Array
}

const MODE_BITS: Readonly<Record<QrMode, number>> = { numeric: 1, alphanumeric: 2, byte: 4 }
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
/** Codewords that alternately fill the space after the data. */
const PADDING = [0xec, 0x11]

/** Returns all codewords in the order in which they are placed. The segment must fit into the version. */
export function qrCodewords(segment: QrSegment, version: number, level: QrLevel): Uint8Array {
  const plan = blockPlan(version, level)
  const bits = new BitWriter(plan.dataCodewords)
  bits.write(MODE_BITS[segment.mode], 4)
  bits.write(segment.data.length, countBits(version, segment.mode))
  writeData(segment, bits)
  return interleave(bits.padded(), plan)
}

class BitWriter {
  readonly #bytes: Uint8Array
  #length = 0

  constructor(size: number) {
    this.#bytes = new Uint8Array(size)
  }

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--, this.#length++) {
      const at = this.#length >> 3
      this.#bytes[at] =
        (this.#bytes[at] as number) | (((value >> bit) & 1) << (7 - (this.#length & 7)))
    }
  }

  /** Returns the codewords with the terminator, which is shortened if there is too little room, and with padding. */
  padded(): Uint8Array {
    let at = Math.ceil(Math.min(this.#length + 4, this.#bytes.length * 8) / 8)
    for (let i = 0; at < this.#bytes.length; i++) this.#bytes[at++] = PADDING[i & 1] as number
    return this.#bytes
  }
}

function writeData({ mode, data }: QrSegment, bits: BitWriter): void {
  if (typeof data !== 'string') {
    for (const byte of data) bits.write(byte, 8)
  } else if (mode === 'numeric') {
    for (let i = 0; i < data.length; i += 3) {
      const digits = data.slice(i, i + 3)
      bits.write(Number(digits), digits.length * 3 + 1)
    }
  } else {
    for (let i = 0; i < data.length; i += 2) {
      const first = ALPHANUMERIC.indexOf(data[i] as string)
      if (i + 1 === data.length) bits.write(first, 6)
      else bits.write(first * 45 + ALPHANUMERIC.indexOf(data[i + 1] as string), 11)
    }
  }
}

/** Interleaves the blocks: the first codeword of each, the second of each, and so on; then the error correction likewise. */
function interleave(data: Uint8Array, plan: BlockPlan): Uint8Array {
  const { blocks, checkCodewords, totalCodewords, dataCodewords } = plan
  const result = new Uint8Array(totalCodewords)
  const shortLength = Math.floor(dataCodewords / blocks)
  const shortBlocks = blocks - (dataCodewords % blocks)
  for (let block = 0, from = 0; block < blocks; block++) {
    const length = block < shortBlocks ? shortLength : shortLength + 1
    const part = data.subarray(from, from + length)
    from += length
    for (let i = 0; i < length; i++) {
      const at = i < shortLength ? i * blocks + block : shortLength * blocks + block - shortBlocks
      result[at] = part[i] as number
    }
    const check = remainder(part, checkCodewords)
    for (let i = 0; i < checkCodewords; i++) {
      result[dataCodewords + i * blocks + block] = check[i] as number
    }
  }
  return result
}

const EXP = new Uint8Array(510)
const LOG = new Uint8Array(256)
/** Logarithms of the generator polynomial's coefficients after the first, by its degree. */
const generators = new Map<number, Uint8Array>()

/** Fills the tables of GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1. */
function fillTables(): void {
  for (let i = 0, value = 1; i < 255; i++) {
    EXP[i] = EXP[i + 255] = value
    LOG[value] = i
    value = (value << 1) ^ (value & 0x80 ? 0x11d : 0)
  }
}

function generator(degree: number): Uint8Array {
  const known = generators.get(degree)
  if (known !== undefined) return known
  if (EXP[0] === 0) fillTables()
  const poly = new Uint8Array(degree + 1)
  poly[0] = 1
  for (let root = 0; root < degree; root++) {
    for (let i = root + 1; i > 0; i--) {
      const before = poly[i - 1] as number
      if (before !== 0)
        poly[i] = (poly[i] as number) ^ (EXP[(LOG[before] as number) + root] as number)
    }
  }
  const logs = poly.subarray(1).map((value) => LOG[value] as number)
  generators.set(degree, logs)
  return logs
}

function remainder(data: Uint8Array, degree: number): Uint8Array {
  const logs = generator(degree)
  const rest = new Uint8Array(data.length + degree)
  rest.set(data)
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i] as number
    if (factor === 0) continue
    const log = LOG[factor] as number
    for (let k = 0; k < degree; k++) {
      rest[i + 1 + k] = (rest[i + 1 + k] as number) ^ (EXP[log + (logs[k] as number)] as number)
    }
  }
  return rest.subarray(data.length)
}
