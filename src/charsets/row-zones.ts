/** The tables of zones that are stored code by code, and the lead and trail bytes of every zone. */
import type { MultibyteZone } from '../model/charset.js'
import { segments as big5 } from './tables/big5.gen.js'
import { segments as eucKr } from './tables/euc-kr.gen.js'
import { segments as shiftJis } from './tables/shift-jis.gen.js'

type Segments = readonly (readonly [firstCode: number, characters: string])[]
type ByteRanges = readonly (readonly [first: number, last: number])[]

const HOLE = 0x20

const segmentsByZone: { readonly [zone in MultibyteZone]?: Segments } = {
  big5,
  shift_jis: shiftJis,
  'euc-kr': eucKr,
}

const gbkTrails: ByteRanges = [
  [0x40, 0x7e],
  [0x80, 0xfe],
]
const gbk = { leads: [[0x81, 0xfe]], trails: gbkTrails } as const

/**
 * Lead and trail bytes as a printer reads them. They include user-defined codes: EC in Shift_JIS, FE elsewhere (Epson, `FS 2`, `FS C`).
 */
const bytesByZone: Readonly<
  Record<MultibyteZone, { readonly leads: ByteRanges; readonly trails: ByteRanges }>
> = {
  none: { leads: [], trails: [] },
  gb2312: { leads: [[0xa1, 0xf7]], trails: gbkTrails },
  gbk,
  'gb18030-2byte': gbk,
  gb18030: gbk,
  big5: {
    leads: [[0xa1, 0xfe]],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  },
  shift_jis: {
    leads: [
      [0x81, 0x9f],
      [0xe0, 0xef],
    ],
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
  },
  'euc-kr': { leads: [[0xa1, 0xfe]], trails: [[0xa1, 0xfe]] },
  utf8: { leads: [], trails: [] },
  tis620: { leads: [], trails: [] },
}

/** Whether the zone's table is stored in this file. */
export function isRowZone(zone: MultibyteZone): boolean {
  return segmentsByZone[zone] !== undefined
}

/** Calls `take` with every code of a row zone and its character, in the order of the codes. */
export function eachPair(
  zone: MultibyteZone,
  take: (code: number, codePoint: number) => void,
): void {
  const trails = trailBytes(zone)
  for (const [first, characters] of segmentsByZone[zone] ?? []) {
    let code = first
    for (let i = 0; i < characters.length; i++) {
      while (trails[code & 0xff] === 0) code++
      const codePoint = characters.charCodeAt(i)
      if (codePoint !== HOLE) take(code, codePoint)
      code++
    }
  }
}

/** Returns 1 for each byte that begins a multi-byte character, by the value of the byte. */
export function leadBytes(zone: MultibyteZone): Uint8Array {
  return bytesIn(bytesByZone[zone].leads)
}

/** Returns 1 for each byte that can be the second of two, by the value of the byte. */
export function trailBytes(zone: MultibyteZone): Uint8Array {
  return bytesIn(bytesByZone[zone].trails)
}

function bytesIn(ranges: ByteRanges): Uint8Array {
  const bytes = new Uint8Array(0x100)
  for (const [first, last] of ranges) bytes.fill(1, first, last + 1)
  return bytes
}
