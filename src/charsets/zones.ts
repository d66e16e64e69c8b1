/** Lookup tables of the multi-byte zones in both directions. They are built at first use and cached. */
import type { MultibyteZone } from '../model/charset.js'
import { eachPair, isRowZone } from './row-zones.js'
import { fourByteRanges } from './tables/gb18030.gen.js'
import { afterDerived, beyondCp936, hanzi, moreSymbols, symbols } from './tables/gbk.gen.js'

const BLANK = 0x20
/** The unified hanzi of Unicode 1.1: all of them have two-byte codes. */
const FIRST_HANZI = 0x4e00
const LAST_HANZI = 0x9fa5
/** A second code of the ideographic space in GB18030, which is decoded but never sent. */
const SECOND_SPACE = 0xa3a0

const codesByZone = new Map<MultibyteZone, Uint16Array>()
const charactersByZone = new Map<MultibyteZone, Uint16Array>()

/**
 * Returns the table from code points of the basic plane to two-byte codes of a zone, or 0: GB2312's rows, cp936's 21,791 pairs, or those
 * and the additions of GB18030; the tables of Big5, JIS X 0208 and KS C 5601; all 0 for `none`, `utf8` and `tis620`.
 * Source: iconv-lite 0.7 (`scripts/generate-charsets.mjs`), without the private use area.
 */
export function zoneCodes(zone: MultibyteZone): Uint16Array {
  if (zone === lastZone) return lastCodes
  lastCodes = codesOf(zone)
  lastZone = zone
  return lastCodes
}

/** The last zone and its table, because all texts of a receipt ask for the same zone. */
let lastZone: MultibyteZone | undefined
let lastCodes: Uint16Array = new Uint16Array(0)

function codesOf(zone: MultibyteZone): Uint16Array {
  let codes = codesByZone.get(zone)
  if (codes === undefined) {
    codes = buildCodes(zone)
    codesByZone.set(zone, codes)
  }
  return codes
}

/** Returns the table from two-byte codes of a zone to code points, or 0 for codes that the zone lacks. */
export function zoneCharacters(zone: MultibyteZone): Uint16Array {
  let characters = charactersByZone.get(zone)
  if (characters === undefined) {
    characters = isRowZone(zone) ? rowCharacters(zone) : invert(zoneCodes(zone))
    if (hasGb18030(zone)) characters[SECOND_SPACE] = 0x3000
    charactersByZone.set(zone, characters)
  }
  return characters
}

/** Whether a two-byte code is in GB2312: leads A1 to A9 and B0 to F7, trails A1 to FE. */
export function isGb2312(code: number): boolean {
  const lead = code >> 8
  return (code & 0xff) >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7))
}

function hasGb18030(zone: MultibyteZone): boolean {
  return zone === 'gb18030' || zone === 'gb18030-2byte'
}

function buildCodes(zone: MultibyteZone): Uint16Array {
  const codes = new Uint16Array(0x10000)
  if (zone === 'none' || zone === 'utf8' || zone === 'tis620') return codes
  if (isRowZone(zone)) {
    // Big5 has codes twice for two hanzi. The later code wins, because it is the one among the hanzi.
    eachPair(zone, (code, codePoint) => {
      codes[codePoint] = code
    })
    return codes
  }
  fillBlock(codes, symbols, 0xa1, 0xa1, 0xfe)
  fillBlock(codes, hanzi, 0xb0, 0xa1, 0xfe)
  if (zone === 'gb2312') return codes
  fillBlock(codes, moreSymbols, 0xa8, 0x40, 0xa0)
  fillDerived(codes)
  if (!hasGb18030(zone)) return codes
  for (const [code, text] of beyondCp936) fillBlock(codes, text, code >> 8, code & 0xff, 0xfe)
  codes[0x3000] = 0xa1a1
  return codes
}

/** Assigns the codes from `lead`, `firstTrail` on to the characters of `text`. 7F is never a trail, and a blank leaves its code out. */
function fillBlock(
  codes: Uint16Array,
  text: string,
  lead: number,
  firstTrail: number,
  lastTrail: number,
): void {
  let row = lead << 8
  let trail = firstTrail
  for (let i = 0; i < text.length; i++) {
    if (trail > lastTrail) {
      row += 0x100
      trail = firstTrail
    }
    if (trail === 0x7f) trail++
    const codePoint = text.charCodeAt(i)
    if (codePoint !== BLANK) codes[codePoint] = row | trail
    trail++
  }
}

/** Fills GBK/3 and GBK/4: the unified hanzi that GB2312 lacks, in order, then a few compatibility hanzi. */
function fillDerived(codes: Uint16Array): void {
  let codePoint = FIRST_HANZI
  let after = 0
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    if (lead > 0xa0 && lead < 0xaa) continue
    const lastTrail = lead <= 0xa0 ? 0xfe : 0xa0
    for (let trail = 0x40; trail <= lastTrail; trail++) {
      if (trail === 0x7f) continue
      while (codes[codePoint] !== 0 && codePoint <= LAST_HANZI) codePoint++
      if (codePoint > LAST_HANZI && after === afterDerived.length) return
      const next = codePoint <= LAST_HANZI ? codePoint : afterDerived.charCodeAt(after++)
      codes[next] = (lead << 8) | trail
    }
  }
}

function rowCharacters(zone: MultibyteZone): Uint16Array {
  const characters = new Uint16Array(0x10000)
  eachPair(zone, (code, codePoint) => {
    characters[code] = codePoint
  })
  return characters
}

function invert(codes: Uint16Array): Uint16Array {
  const characters = new Uint16Array(0x10000)
  for (let codePoint = 0x80; codePoint < 0x10000; codePoint++) {
    const code = codes[codePoint] as number
    if (code !== 0) characters[code] = codePoint
  }
  return characters
}

const FIRST_PLANE = 0x10000
/** Linear code of U+10000, `90 30 81 30`. */
const FIRST_PLANE_LINEAR = 189000

/** Returns the four-byte code of GB18030 as a big-endian number, or 0 if a character has a two-byte code or none. */
export function fourByteCode(codePoint: number): number {
  if (codePoint < 0x80 || (codePoint >= 0xd800 && codePoint < 0xf900)) return 0
  if (codePoint >= FIRST_PLANE) return fromLinear(codePoint - FIRST_PLANE + FIRST_PLANE_LINEAR)
  if (zoneCodes('gb18030')[codePoint] !== 0) return 0
  const at = rangeAt(codePoint, 0)
  return fromLinear(codePoint - rangeNumber(at) + rangeNumber(at + 1))
}

/** Returns the code point of a four-byte code of GB18030, or 0 if there is none. */
export function fourByteCharacter(b1: number, b2: number, b3: number, b4: number): number {
  if (b1 < 0x81 || b1 > 0xfe || b3 < 0x81 || b3 > 0xfe) return 0
  if (b2 < 0x30 || b2 > 0x39 || b4 < 0x30 || b4 > 0x39) return 0
  const linear = ((b1 - 0x81) * 10 + b2 - 0x30) * 1260 + (b3 - 0x81) * 10 + b4 - 0x30
  if (linear >= FIRST_PLANE_LINEAR) {
    const codePoint = linear - FIRST_PLANE_LINEAR + FIRST_PLANE
    return codePoint <= 0x10ffff ? codePoint : 0
  }
  const at = rangeAt(linear, 1)
  const codePoint = linear - rangeNumber(at + 1) + rangeNumber(at)
  return codePoint > 0xffff || fourByteCode(codePoint) === 0 ? 0 : codePoint
}

function fromLinear(linear: number): number {
  const b4 = 0x30 + (linear % 10)
  const b3 = 0x81 + (Math.floor(linear / 10) % 126)
  const b2 = 0x30 + (Math.floor(linear / 1260) % 10)
  const b1 = 0x81 + Math.floor(linear / 12600)
  return ((b1 << 24) | (b2 << 16) | (b3 << 8) | b4) >>> 0
}

/** Returns the index of the last pair whose number in `column` (0 code point, 1 linear code) is not above `value`. */
function rangeAt(value: number, column: 0 | 1): number {
  let low = 0
  let high = fourByteRanges.length / 2 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (rangeNumber(middle * 2 + column) <= value) low = middle
    else high = middle - 1
  }
  return low * 2
}

function rangeNumber(index: number): number {
  return fourByteRanges[index] as number
}
