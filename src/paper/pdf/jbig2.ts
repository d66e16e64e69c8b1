/**
 * Codes dots as JBIG2 (ITU-T T.88), which PDF readers know, in one lossless generic region. Each dot is coded by the probability that
 * its sixteen neighbours above and to the left give it, so that a slip of text takes little more than half of its deflated size. The
 * coding that replaces a character by a similar one, for which JBIG2 was blamed, is not used.
 */
import { type Bitmap, bytesPerRow } from '../../model/bitmap.js'

/** Returns the segments of a picture in the form for PDF, without file header and end of page. */
export function jbig2Of(bitmap: Bitmap): Uint8Array {
  const { widthDots, heightDots } = bitmap
  const coded = codeRegion(bitmap)
  const size = [...be32(widthDots), ...be32(heightDots)]
  // 7.4.8: no resolution, lossless, white at first, no stripes.
  const page = [...size, ...be32(0), ...be32(0), 0x01, 0, 0]
  // 7.4.1 and 7.4.6: place and size, combined by OR; template 0 with typical prediction and its nominal adaptive dots.
  const region = [...size, ...be32(0), ...be32(0), 0, 0x08, 3, -1, -3, -1, 2, -2, -2, -2]
  const head = [
    ...segmentHeader(0, PAGE_INFORMATION, page.length),
    ...page,
    ...segmentHeader(1, LOSSLESS_GENERIC_REGION, region.length + coded.length),
    ...region,
  ]
  const bytes = new Uint8Array(head.length + coded.length)
  bytes.set(head.map((byte) => byte & 0xff))
  bytes.set(coded, head.length)
  return bytes
}

/** Types of segments (7.3). */
const PAGE_INFORMATION = 48
const LOSSLESS_GENERIC_REGION = 39

/** Writes the header of a segment (7.2): number, type, no references to other segments, page 1, length. */
function segmentHeader(number: number, type: number, length: number): number[] {
  return [...be32(number), type, 0, 1, ...be32(length)]
}

function be32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

/** Context of the flag that says whether a row equals the row above it (6.2.5.7, figure 8). */
const SAME_ROW_CONTEXT = 0x9b25

/** Codes the region (6.2.5): rows from the top, dots from the left, each in the context of figure 3. */
function codeRegion({ widthDots, heightDots, data }: Bitmap): Uint8Array {
  const coder = new ArithmeticCoder()
  // Three rows as a byte per dot, with white beside them, because contexts reach over the edges.
  const pad = 4
  let above2 = new Uint8Array(widthDots + 2 * pad)
  let above = new Uint8Array(widthDots + 2 * pad)
  let row = new Uint8Array(widthDots + 2 * pad)
  const stride = bytesPerRow(widthDots)
  let wasSame = 0
  for (let y = 0; y < heightDots; y++) {
    let isSame = 1
    for (let x = 0; x < widthDots; x++) {
      const dot = ((data[y * stride + (x >> 3)] as number) >> (7 - (x & 7))) & 1
      row[pad + x] = dot
      if (dot !== above[pad + x]) isSame = 0
    }
    coder.code(SAME_ROW_CONTEXT, isSame ^ wasSame)
    wasSame = isSame
    if (isSame === 0) codeRow(coder, above2, above, row, pad)
    const spare = above2
    above2 = above
    above = row
    row = spare
  }
  return coder.finish()
}

function codeRow(
  coder: ArithmeticCoder,
  above2: Uint8Array,
  above: Uint8Array,
  row: Uint8Array,
  pad: number,
): void {
  const end = row.length - pad
  // Each window holds the dots of its row between the ends of the template, and moves one dot to the right in each step.
  let top = ((above2[pad] as number) << 1) | (above2[pad + 1] as number)
  let middle =
    ((above[pad] as number) << 2) | ((above[pad + 1] as number) << 1) | (above[pad + 2] as number)
  let left = 0
  for (let at = pad; at < end; at++) {
    top = ((top << 1) | (above2[at + 2] as number)) & 0x1f
    middle = ((middle << 1) | (above[at + 3] as number)) & 0x7f
    const dot = row[at] as number
    coder.code((top << 11) | (middle << 4) | left, dot)
    left = ((left << 1) | dot) & 0x0f
  }
}

/**
 * Table E.1: the probability of the less likely value, the states that follow a more likely and a less likely value, and whether
 * the two values change places.
 */
// biome-ignore format: a row of the table in a line
const STATES = [
  0x5601, 1, 1, 1, 0x3401, 2, 6, 0, 0x1801, 3, 9, 0, 0x0ac1, 4, 12, 0, 0x0521, 5, 29, 0, 0x0221, 38, 33, 0,
  0x5601, 7, 6, 1, 0x5401, 8, 14, 0, 0x4801, 9, 14, 0, 0x3801, 10, 14, 0, 0x3001, 11, 17, 0, 0x2401, 12, 18, 0,
  0x1c01, 13, 20, 0, 0x1601, 29, 21, 0, 0x5601, 15, 14, 1, 0x5401, 16, 14, 0, 0x5101, 17, 15, 0, 0x4801, 18, 16, 0,
  0x3801, 19, 17, 0, 0x3401, 20, 18, 0, 0x3001, 21, 19, 0, 0x2801, 22, 19, 0, 0x2401, 23, 20, 0, 0x2201, 24, 21, 0,
  0x1c01, 25, 22, 0, 0x1801, 26, 23, 0, 0x1601, 27, 24, 0, 0x1401, 28, 25, 0, 0x1201, 29, 26, 0, 0x1101, 30, 27, 0,
  0x0ac1, 31, 28, 0, 0x09c1, 32, 29, 0, 0x08a1, 33, 30, 0, 0x0521, 34, 31, 0, 0x0441, 35, 32, 0, 0x02a1, 36, 33, 0,
  0x0221, 37, 34, 0, 0x0141, 38, 35, 0, 0x0111, 39, 36, 0, 0x0085, 40, 37, 0, 0x0049, 41, 38, 0, 0x0025, 42, 39, 0,
  0x0015, 43, 40, 0, 0x0009, 44, 41, 0, 0x0005, 45, 42, 0, 0x0001, 45, 43, 0, 0x5601, 46, 46, 0,
] as const
const PROBABILITY = Uint16Array.from(STATES.filter((_, i) => i % 4 === 0))
const AFTER_LIKELY = Uint8Array.from(STATES.filter((_, i) => i % 4 === 1))
const AFTER_UNLIKELY = Uint8Array.from(STATES.filter((_, i) => i % 4 === 2))
const CHANGES = Uint8Array.from(STATES.filter((_, i) => i % 4 === 3))

/** The encoder of annex E.2, with the names of its registers. */
class ArithmeticCoder {
  readonly #state = new Uint8Array(1 << 16)
  readonly #likely = new Uint8Array(1 << 16)
  #bytes = new Uint8Array(8192)
  /** Index of the byte that may still take a carry; the first one is before the output. */
  #last = 0
  #a = 0x8000
  #c = 0
  #ct = 12

  code(context: number, bit: number): void {
    const state = this.#state[context] as number
    const qe = PROBABILITY[state] as number
    this.#a -= qe
    if (bit === this.#likely[context]) {
      if ((this.#a & 0x8000) !== 0) {
        this.#c += qe
        return
      }
      if (this.#a < qe) this.#a = qe
      else this.#c += qe
      this.#state[context] = AFTER_LIKELY[state] as number
    } else {
      if (this.#a < qe) this.#c += qe
      else this.#a = qe
      if (CHANGES[state] === 1) this.#likely[context] = 1 - (this.#likely[context] as number)
      this.#state[context] = AFTER_UNLIKELY[state] as number
    }
    this.#renormalize()
  }

  /** E.2.9: the bytes, ended by the marker FF AC. */
  finish(): Uint8Array {
    const most = this.#c + this.#a
    this.#c |= 0xffff
    if (this.#c >= most) this.#c -= 0x8000
    this.#c <<= this.#ct
    this.#byteOut()
    this.#c <<= this.#ct
    this.#byteOut()
    if (this.#bytes[this.#last] !== 0xff) this.#put(0xff)
    this.#put(0xac)
    return this.#bytes.slice(1, this.#last + 1)
  }

  #renormalize(): void {
    do {
      this.#a <<= 1
      this.#c <<= 1
      if (--this.#ct === 0) this.#byteOut()
    } while ((this.#a & 0x8000) === 0)
  }

  /** Writes a byte, but only seven bits after an FF, so that a carry cannot run through it. */
  #byteOut(): void {
    if (this.#bytes[this.#last] !== 0xff && this.#c >= 0x8000000) {
      this.#bytes[this.#last] = (this.#bytes[this.#last] as number) + 1
      this.#c &= 0x7ffffff
    }
    if (this.#bytes[this.#last] === 0xff) {
      this.#put(this.#c >>> 20)
      this.#c &= 0xfffff
      this.#ct = 7
    } else {
      this.#put(this.#c >>> 19)
      this.#c &= 0x7ffff
      this.#ct = 8
    }
  }

  #put(byte: number): void {
    if (++this.#last === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#last] = byte
  }
}
