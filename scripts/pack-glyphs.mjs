/**
 * Packs glyph files: `node scripts/pack-glyphs.mjs FILE.gfd…` rewrites files that `bake-small.py` and `bake-korean.py` made (`GFD1`, a
 * deflated block per page) in the form that the package reads (`GFD2`, described in `src/glyphs/glyph-file.ts`), which is a quarter smaller.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateRawSync } from 'node:zlib'
import { bundleSource } from './bundle-source.mjs'

const { contextOf, GROUP } = await import(
  bundleSource('dot-coder', "export * from './src/glyphs/dot-coder.js'")
)

/** How many bits of context a file may use. A large file has enough dots to distinguish more contexts. */
const CONTEXT_BITS = [8, 11, 12, 14]
const HEADER = 10
const ENTRY = 38

/** Reads the pages of a `GFD1` file: number, presence bits, and the rows of each glyph as numbers. */
function readBaked(file) {
  const [width, height, isColumns] = file.subarray(4)
  const count = file.readUInt16LE(8)
  const body = HEADER + count * ENTRY
  const offset = (index) => body + file.readUInt32LE(HEADER + index * ENTRY + 2)
  const stride = isColumns ? (height + 7) >> 3 : (width + 7) >> 3
  const size = stride * (isColumns ? width : height)
  const isBlack = (glyph, x, y) => {
    const [line, dot] = isColumns ? [x, y] : [y, x]
    return (glyph[line * stride + (dot >> 3)] & (0x80 >> (dot & 7))) !== 0
  }
  const pages = Array.from({ length: count }, (_, index) => {
    const at = HEADER + index * ENTRY
    const end = index + 1 < count ? offset(index + 1) : file.length
    const dots = inflateRawSync(file.subarray(offset(index), end))
    const glyphs = Array.from({ length: dots.length / size }, (_, i) => {
      const glyph = dots.subarray(i * size, (i + 1) * size)
      const row = (y) => {
        let bits = 0
        for (let x = 0; x < width; x++) bits = (bits << 1) | Number(isBlack(glyph, x, y))
        return bits
      }
      return Array.from({ length: height }, (_, y) => row(y))
    })
    return { number: file.readUInt16LE(at), present: file.subarray(at + 6, at + ENTRY), glyphs }
  })
  return { width, height, pages }
}

/** Calls `take(context, isBlack)` for each dot in the order of coding. */
function walk(rows, width, take) {
  for (const [y, row] of rows.entries()) {
    const above = [1, 2, 3].map((up) => rows[y - up] ?? 0)
    for (let x = 0; x < width; x++) {
      take(contextOf(row, ...above, width, x), ((row >> (width - 1 - x)) & 1) === 1)
    }
  }
}

/** Computes the probability of a black dot in each context, in 256ths. */
function modelOf({ width, pages }, bits) {
  const white = new Float64Array(1 << bits)
  const black = new Float64Array(1 << bits)
  for (const { glyphs } of pages) {
    for (const rows of glyphs) {
      walk(rows, width, (context, isBlack) => {
        const counts = isBlack ? black : white
        counts[context & ((1 << bits) - 1)]++
      })
    }
  }
  return Uint8Array.from(black, (count, i) =>
    Math.min(255, Math.max(1, Math.round((256 * (count + 0.02)) / (count + white[i] + 0.04)))),
  )
}

/** Encodes dots so that `DotDecoder` can decode them. */
class DotEncoder {
  bytes = []
  low = 0
  range = 0xffffff
  held = -1
  full = 0

  add(isBlack, probability) {
    const bound = (this.range >>> 8) * probability
    if (isBlack) this.range = bound
    else {
      this.low += bound
      this.range -= bound
    }
    while (this.range < 0x10000) {
      this.shift()
      this.range *= 256
    }
  }

  /** Writes the upper byte, once no later sum can carry into it. */
  shift() {
    if (this.low < 0xff0000 || this.low >= 0x1000000) {
      const carry = this.low >> 24
      if (this.held >= 0) this.bytes.push((this.held + carry) & 255)
      for (; this.full > 0; this.full--) this.bytes.push((255 + carry) & 255)
      this.held = (this.low >> 16) & 255
    } else this.full++
    this.low = (this.low & 0xffff) * 256
  }

  /** Ends the stream. Zeros at its end are left out, because the decoder reads zeros after the end. */
  end() {
    this.low = (this.low + 0xffff) & ~0xffff
    for (let i = 0; i < 3; i++) this.shift()
    this.bytes.push(this.held)
    while (this.bytes.at(-1) === 0) this.bytes.pop()
    return this.bytes
  }
}

function packed(file, bits) {
  const { width, height, pages } = file
  const model = modelOf(file, bits)
  const blocks = []
  const table = Buffer.alloc(pages.length * ENTRY)
  let length = 0
  for (const [index, { number, present, glyphs }] of pages.entries()) {
    const lengths = []
    const codes = []
    for (let from = 0; from < glyphs.length; from += GROUP) {
      const encoder = new DotEncoder()
      for (const rows of glyphs.slice(from, from + GROUP)) {
        walk(rows, width, (context, isBlack) =>
          encoder.add(isBlack, model[context & ((1 << bits) - 1)]),
        )
      }
      const code = encoder.end()
      lengths.push(code.length & 255, code.length >> 8)
      codes.push(...code)
    }
    table.writeUInt16LE(number, index * ENTRY)
    table.writeUInt32LE(length, index * ENTRY + 2)
    table.set(present, index * ENTRY + 6)
    blocks.push(Buffer.from([...lengths, ...codes]))
    length += lengths.length + codes.length
  }
  const header = Buffer.from([0x47, 0x46, 0x44, 0x32, width, height, bits, 0, 0, 0])
  header.writeUInt16LE(pages.length, 8)
  return Buffer.concat([header, model, table, ...blocks])
}

/** Packs a file. @param baked a `GFD1` file; any other form throws */
export function packGlyphs(baked) {
  const bytes = Buffer.from(baked)
  if (bytes.toString('latin1', 0, 4) !== 'GFD1') throw new Error('this is not a baked file')
  const file = readBaked(bytes)
  const [best] = CONTEXT_BITS.map((bits) => packed(file, bits)).sort((a, b) => a.length - b.length)
  return best
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of process.argv.slice(2)) {
    const bytes = readFileSync(path)
    const packedBytes = packGlyphs(bytes)
    writeFileSync(path, packedBytes)
    console.log(`${path}: ${bytes.length} bytes, now ${packedBytes.length}`)
  }
}
