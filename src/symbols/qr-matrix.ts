/** The modules of a QR code: its patterns, its codewords, and the mask with the least penalty. */

import type { QrLevel } from '../model/strip.js'
import type { Modules } from './modules-bitmap.js'
import { type QrSegment, qrCodewords } from './qr-codewords.js'
import { qrPenalty } from './qr-penalty.js'

/** The part that all codes of a version share. */
interface Frame {
  readonly size: number
  /** The patterns, without the format. */
  readonly modules: Uint8Array
  /** The places of the codewords' bits, in order. */
  readonly places: Uint16Array
  /** By module: bit i is set where mask i turns it. */
  readonly masks: Uint8Array
}

const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => ((y >> 1) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y * x) % 3) + ((y + x) % 2)) % 2 === 0,
]
const LEVEL_BITS: Readonly<Record<QrLevel, number>> = { L: 1, M: 0, Q: 3, H: 2 }

const frames = new Map<number, Frame>()

/** The code of a segment that fits into the version. Of masks with the same penalty the first one is taken. */
export function qrMatrix(segment: QrSegment, version: number, level: QrLevel): Modules {
  const frame = frameOf(version)
  const { size, places, masks } = frame
  const plain = frame.modules.slice()
  const codewords = qrCodewords(segment, version, level)
  for (let i = 0; i < codewords.length * 8; i++) {
    plain[places[i] as number] = ((codewords[i >> 3] as number) >> (7 - (i & 7))) & 1
  }
  let best = plain
  let least = Infinity
  for (let mask = 0; mask < MASKS.length; mask++) {
    const masked = new Uint8Array(plain.length)
    for (let i = 0; i < plain.length; i++) {
      masked[i] = (plain[i] as number) ^ (((masks[i] as number) >> mask) & 1)
    }
    putFormat(masked, size, (LEVEL_BITS[level] << 3) | mask)
    const penalty = qrPenalty(masked, size, least)
    if (penalty >= least) continue
    least = penalty
    best = masked
  }
  return { width: size, height: size, data: best }
}

function frameOf(version: number): Frame {
  let frame = frames.get(version)
  if (frame === undefined) {
    frame = makeFrame(version)
    frames.set(version, frame)
  }
  return frame
}

/** Not a module of data: white or black. */
const WHITE = 2
const BLACK = 3

function makeFrame(version: number): Frame {
  const size = 17 + 4 * version
  const modules = new Uint8Array(size * size)
  const set = (x: number, y: number, black: boolean) => {
    if (x >= 0 && y >= 0 && x < size && y < size) modules[y * size + x] = black ? BLACK : WHITE
  }
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    putRings(x, y, 4, set)
  }
  const lines = alignmentLines(version, size)
  for (const y of lines) {
    for (const x of lines) if (!isFinder(x, y, size)) putRings(x, y, 2, set)
  }
  reserveFormat(size, set)
  if (version >= 7) putVersion(version, size, set)
  const places = placesOf(modules, size)
  const masks = new Uint8Array(size * size)
  for (const place of places) {
    const y = Math.floor(place / size)
    for (let i = 0; i < 8; i++) {
      if (MASKS[i]?.(y, place % size)) masks[place] = (masks[place] as number) | (1 << i)
    }
  }
  return { size, modules: modules.map((module) => module & 1), places, masks }
}

type Set = (x: number, y: number, black: boolean) => void

/** Squares in each other: of a finder up to its white edge (4), or of an alignment pattern (2). */
function putRings(x: number, y: number, reach: number, set: Set): void {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy))
      set(x + dx, y + dy, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1)
    }
  }
}

function alignmentLines(version: number, size: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((size - 13) / (count * 2 - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - i * step)]
}

function isFinder(x: number, y: number, size: number): boolean {
  const low = (at: number) => at === 6
  const high = (at: number) => at === size - 7
  return (low(x) && (low(y) || high(y))) || (high(x) && low(y))
}

/** The places of the 15 bits of the format, twice; the last bit goes first. */
function eachFormatPlace(size: number, put: (x: number, y: number, bit: number) => void): void {
  for (let bit = 0; bit < 15; bit++) {
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit
    put(8, along, bit)
    put(bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit, 8, bit)
  }
}

function reserveFormat(size: number, set: Set): void {
  eachFormatPlace(size, (x, y) => set(x, y, false))
  set(8, size - 8, true)
}

function putFormat(modules: Uint8Array, size: number, format: number): void {
  let rest = format
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537)
  const bits = ((format << 10) | rest) ^ 0x5412
  eachFormatPlace(size, (x, y, bit) => {
    modules[y * size + x] = (bits >> bit) & 1
  })
}

function putVersion(version: number, size: number, set: Set): void {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let bit = 0; bit < 18; bit++) {
    const long = Math.floor(bit / 3)
    const short = size - 11 + (bit % 3)
    set(short, long, ((bits >> bit) & 1) === 1)
    set(long, short, ((bits >> bit) & 1) === 1)
  }
}

/** Two columns at a time from the right, up and down in turn; the column of the timing pattern is left out. */
function placesOf(modules: Uint8Array, size: number): Uint16Array {
  const places: number[] = []
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--
    for (let i = 0; i < size; i++) {
      const row = (up ? size - 1 - i : i) * size
      for (const at of [row + right, row + right - 1]) if (modules[at] === 0) places.push(at)
    }
  }
  return Uint16Array.from(places)
}
