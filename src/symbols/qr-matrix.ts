/** The modules of a QR code: its patterns, its codewords, and the mask with the least penalty. */

import type { QrLevel } from '../model/symbologies.js'
import type { Modules } from './modules-bitmap.js'
import { type QrSegment, qrCodewords } from './qr-codewords.js'
import { type ModuleWords, qrPenalties } from './qr-penalty.js'

/** The part of a code that all codes of a version share. */
interface Frame {
  /** The patterns without the format, and data modules of 0 under each mask. */
  readonly modules: ModuleWords
  readonly turned: ModuleWords
  /** The places of the codewords' bits, in order. */
  readonly places: Uint16Array
  readonly turnedPlaces: Uint16Array
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

/** Makes the code of a segment, which must fit into the version. Of masks with the same penalty the first one is taken. */
export function qrMatrix(segment: QrSegment, version: number, level: QrLevel): Modules {
  const frame = frameOf(version)
  const modules = copyOf(frame.modules)
  const turned = copyOf(frame.turned)
  const codewords = qrCodewords(segment, version, level)
  for (let i = 0; i < codewords.length * 8; i++) {
    if ((((codewords[i >> 3] as number) << (i & 7)) & 0x80) === 0) continue
    invert(modules, frame.places[i] as number)
    invert(turned, frame.turnedPlaces[i] as number)
  }
  putFormats({ modules, turned }, level)
  const penalties = qrPenalties(modules, turned)
  const mask = penalties.indexOf(Math.min(...penalties))
  return modulesUnder(mask, modules)
}

function copyOf(square: ModuleWords): ModuleWords {
  return { ...square, words: square.words.slice() }
}

/** Inverts a module under all masks. Its place is `row * stride * 4 + column`. */
function invert({ words }: ModuleWords, place: number): void {
  words[place >> 2] = (words[place >> 2] as number) ^ (0xff << ((place & 3) << 3))
}

function modulesUnder(mask: number, { size, stride, words }: ModuleWords): Modules {
  const data = new Uint8Array(size * size)
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const word = words[y * stride + (x >> 2)] as number
      data[at++] = (word >> (((x & 3) << 3) + mask)) & 1
    }
  }
  return { width: size, height: size, data }
}

function frameOf(version: number): Frame {
  let frame = frames.get(version)
  if (frame === undefined) {
    frame = makeFrame(version)
    frames.set(version, frame)
  }
  return frame
}

/** Values of modules that do not hold data. */
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
  const data = placesOf(modules, size)
  const masked = modules.map((module) => (module === BLACK ? 0xff : 0))
  for (const at of data) masked[at] = maskBits(Math.floor(at / size), at % size)
  const stride = (size + 3) >> 2
  const square = (): ModuleWords => ({ size, stride, words: new Int32Array(size * stride) })
  const frame = { modules: square(), turned: square() }
  for (let at = 0; at < masked.length; at++) {
    putByte(frame, at % size, Math.floor(at / size), masked[at] as number)
  }
  const places = data.map((at) => Math.floor(at / size) * stride * 4 + (at % size))
  const turnedPlaces = data.map((at) => (at % size) * stride * 4 + Math.floor(at / size))
  return { ...frame, places, turnedPlaces }
}

/** Returns a byte whose bit m is set if mask m inverts the module. */
function maskBits(y: number, x: number): number {
  let bits = 0
  for (let mask = 0; mask < 8; mask++) if (MASKS[mask]?.(y, x)) bits |= 1 << mask
  return bits
}

interface Squares {
  readonly modules: ModuleWords
  readonly turned: ModuleWords
}

/** Puts a module, of which `byte` has one bit for each mask, into both squares. */
function putByte({ modules, turned }: Squares, x: number, y: number, byte: number): void {
  putInto(modules, y * modules.stride * 4 + x, byte)
  putInto(turned, x * turned.stride * 4 + y, byte)
}

function putInto({ words }: ModuleWords, place: number, byte: number): void {
  const shift = (place & 3) << 3
  words[place >> 2] = ((words[place >> 2] as number) & ~(0xff << shift)) | (byte << shift)
}

type Set = (x: number, y: number, black: boolean) => void

/** Draws nested squares: those of a finder with its white edge (reach 4), or of an alignment pattern (reach 2). */
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

/** Calls `put` with the two places of each of the 15 bits of the format, from the lowest bit on. */
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

/** Writes the format, which differs between the masks because it holds the mask's number. */
function putFormats(squares: Squares, level: QrLevel): void {
  const formats = Array.from({ length: 8 }, (_, mask) =>
    formatBits((LEVEL_BITS[level] << 3) | mask),
  )
  eachFormatPlace(squares.modules.size, (x, y, bit) => {
    let byte = 0
    for (let mask = 0; mask < 8; mask++) byte |= (((formats[mask] as number) >> bit) & 1) << mask
    putByte(squares, x, y, byte)
  })
}

function formatBits(format: number): number {
  let rest = format
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537)
  return ((format << 10) | rest) ^ 0x5412
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

/** Returns the places of data: two columns at a time from the right, alternately up and down, without that of the timing pattern. */
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
