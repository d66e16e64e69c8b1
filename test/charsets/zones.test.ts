import { readdirSync, statSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { jisDecoder, multibyteDecoder } from '../../src/charsets/multibyte-decoder.js'
import * as big5 from '../../src/charsets/tables/big5.gen.js'
import * as eucKr from '../../src/charsets/tables/euc-kr.gen.js'
import { checksums } from '../../src/charsets/tables/gbk.gen.js'
import * as shiftJis from '../../src/charsets/tables/shift-jis.gen.js'
import {
  fourByteCharacter,
  fourByteCode,
  isGb2312,
  zoneCharacters,
  zoneCodes,
} from '../../src/charsets/zones.js'
import type { MultibyteZone } from '../../src/model/charset.js'

/** All two-byte pairs of an iconv-lite encoding, without the private use area. */
function authority(encoding: string): Map<number, number> {
  const pairs = new Map<number, number>()
  for (let code = 0x8140; code <= 0xfefe; code++) {
    const trail = code & 0xff
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) continue
    const text = iconv.decode(Buffer.from([code >> 8, trail]), encoding)
    const codePoint = text.charCodeAt(0)
    if (text.length !== 1 || codePoint === 0xfffd || (codePoint >= 0xe000 && codePoint <= 0xf8ff)) {
      continue
    }
    pairs.set(code, codePoint)
  }
  return pairs
}

function ours(zone: MultibyteZone): Map<number, number> {
  const characters = zoneCharacters(zone)
  const pairs = new Map<number, number>()
  for (let code = 0; code < 0x10000; code++) {
    const codePoint = characters[code] as number
    if (codePoint !== 0) pairs.set(code, codePoint)
  }
  return pairs
}

function crc32(pairs: Map<number, number>): number {
  let crc = 0xffffffff
  for (const [code, codePoint] of pairs) {
    for (const byte of [code >> 8, code & 255, codePoint >> 8, codePoint & 255]) {
      crc ^= byte
      for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    }
  }
  return (crc ^ 0xffffffff) >>> 0
}

describe('two-byte zones against iconv-lite', () => {
  test('gbk is cp936, pair for pair', () => {
    expect(ours('gbk')).toEqual(authority('cp936'))
    expect(ours('gbk').size).toBe(21_791)
  })

  test('gb18030-2byte and gb18030 have every two-byte code of iconv gbk', () => {
    expect(ours('gb18030-2byte')).toEqual(authority('gbk'))
    expect(ours('gb18030')).toEqual(authority('gbk'))
    expect(ours('gb18030').size).toBe(21_874)
  })

  test('gb2312 is the part of cp936 in its rows, and no alias of it', () => {
    const rows = [...authority('cp936')].filter(([code]) => isGb2312(code))
    expect(ours('gb2312')).toEqual(new Map(rows))
    for (const character of '镕喆堃瑄囍〇㎡') {
      expect(zoneCodes('gb2312')[character.charCodeAt(0)]).toBe(0)
      expect(zoneCodes('gbk')[character.charCodeAt(0)]).not.toBe(0)
    }
  })

  test('none has nothing', () => {
    expect(ours('none').size).toBe(0)
  })

  test('the checksums of the generated tables hold', () => {
    expect(crc32(ours('gbk'))).toBe(checksums.cp936)
    expect(crc32(ours('gb18030'))).toBe(checksums.gbk)
  })

  test('the way back gives the same bytes as iconv-lite', () => {
    const codes = zoneCodes('gb18030')
    for (let codePoint = 0x80; codePoint < 0x10000; codePoint++) {
      if (codePoint >= 0xd800 && codePoint <= 0xf8ff) continue
      const bytes = iconv.encode(String.fromCharCode(codePoint), 'gb18030')
      const expected = bytes.length === 2 ? bytes.readUInt16BE(0) : 0
      if (codes[codePoint] !== expected) expect([codePoint, codes[codePoint]]).toEqual([expected])
    }
  })

  test('the data modules stay small', () => {
    const folder = new URL('../../src/charsets/tables/', import.meta.url)
    const bytes = readdirSync(folder).map((name) => statSync(new URL(name, folder)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(140_000)
  })
})

describe('the zones of Taiwan, Japan and Korea against iconv-lite', () => {
  const zones = [
    { zone: 'big5', encoding: 'cp950', size: 13_461, checksum: big5.checksum },
    { zone: 'shift_jis', encoding: 'shiftjis', size: 6_879, checksum: shiftJis.checksum },
    { zone: 'euc-kr', encoding: 'euckr', size: 8_222, checksum: eucKr.checksum },
  ] as const

  test.each(zones)('$zone: every code reads as there', ({ zone, encoding, size, checksum }) => {
    const pairs = ours(zone)
    expect(pairs.size).toBe(size)
    expect(crc32(pairs)).toBe(checksum)
    for (const [code, codePoint] of pairs) {
      const text = iconv.decode(Buffer.from([code >> 8, code & 255]), encoding)
      if (text.charCodeAt(0) !== codePoint) expect([code, text]).toEqual([code, codePoint])
    }
  })

  test.each(zones)('$zone: every character is written as there', ({ zone, encoding }) => {
    const codes = zoneCodes(zone)
    const otherwise: string[] = []
    for (let codePoint = 0x80; codePoint < 0x10000; codePoint++) {
      const code = codes[codePoint] as number
      if (code === 0) continue
      const character = String.fromCharCode(codePoint)
      const bytes = iconv.encode(character, encoding)
      if (bytes.length !== 2 || bytes.readUInt16BE(0) !== code) otherwise.push(character)
    }
    // Big5 has these two twice: among the signs and among the hanzi. Ours are the hanzi.
    expect(otherwise.join('')).toBe(zone === 'big5' ? '十卅' : '')
    if (zone === 'big5') expect(codes['十'.charCodeAt(0)]).toBe(0xa451)
  })

  test.each([
    ['big5', '①碁銹裏あ€', '臺灣鬱龘灩'],
    ['shift_jis', '①㈱℡髙﨑纊€', '東京島亜腕弌熙ヶ'],
    ['euc-kr', '똠펲뷁€®', '가힝伽詰'],
  ] as const)('%s is the national standard: %s came later or from vendors', (zone, out, there) => {
    const codes = zoneCodes(zone)
    const has = (character: string) => codes[character.charCodeAt(0)] !== 0
    expect([...out].filter(has)).toEqual([])
    expect([...there].filter(has).join('')).toBe(there)
  })

  test('what prints nothing has no code', () => {
    for (const { zone } of zones) {
      for (const codePoint of [0x20, 0xad, 0x3164, 0xfeff])
        expect(zoneCodes(zone)[codePoint]).toBe(0)
    }
  })
})

describe('four-byte codes against iconv-lite', () => {
  test('the whole basic plane', () => {
    for (let codePoint = 0x80; codePoint < 0x10000; codePoint++) {
      if (codePoint >= 0xd800 && codePoint <= 0xf8ff) continue
      const bytes = iconv.encode(String.fromCharCode(codePoint), 'gb18030')
      const expected = bytes.length === 4 ? bytes.readUInt32BE(0) : 0
      if (fourByteCode(codePoint) !== expected) {
        expect([codePoint, fourByteCode(codePoint)]).toEqual([codePoint, expected])
      }
    }
  })

  test.each([0x10000, 0x1f600, 0x20bb7, 0x2ffff, 0x10ffff])('U+%s above it', (codePoint) => {
    const bytes = iconv.encode(String.fromCodePoint(codePoint), 'gb18030')
    expect(fourByteCode(codePoint)).toBe(bytes.readUInt32BE(0))
    expect(fourByteCharacter(...(bytes as unknown as [number, number, number, number]))).toBe(
      codePoint,
    )
  })

  test('never a code of the private use area, of surrogates, or of nothing', () => {
    for (const codePoint of [0xd800, 0xe000, 0xe81e, 0xf8ff])
      expect(fourByteCode(codePoint)).toBe(0)
    expect(fourByteCharacter(0xff, 0x30, 0x81, 0x30)).toBe(0)
    expect(fourByteCharacter(0x84, 0x31, 0xa5, 0x30)).toBe(0)
    expect(fourByteCharacter(0xfe, 0x39, 0xfe, 0x39)).toBe(0)
  })
})

describe('multibyteDecoder', () => {
  test('reads what the zone has and nothing else', () => {
    const gbk = multibyteDecoder('gbk')
    expect(gbk.lookup(0xce, 0xa2)).toBe('微')
    expect(gbk.lookup(0xe9, 0x46)).toBe('镕')
    expect(gbk.lookup(0xfe, 0x9f)).toBeUndefined()
    expect(gbk.lookup(0xa2, 0xe3)).toBeUndefined()
    expect(gbk.lookup4).toBeUndefined()
    expect(multibyteDecoder('gb18030-2byte').lookup(0xfe, 0x9f)).toBe('䶮')
    expect(multibyteDecoder('gb2312').lookup(0xe9, 0x46)).toBeUndefined()
  })

  test('knows lead bytes by zone', () => {
    const leads = (zone: MultibyteZone) =>
      [0x7e, 0x80, 0x81, 0xa1, 0xf7, 0xf8, 0xfe, 0xff].filter(multibyteDecoder(zone).isLead)
    expect(leads('gbk')).toEqual([0x81, 0xa1, 0xf7, 0xf8, 0xfe])
    expect(leads('gb2312')).toEqual([0xa1, 0xf7])
    expect(leads('none')).toEqual([])
    expect(leads('utf8')).toEqual([])
  })

  test('knows lead and trail bytes of Big5, Shift_JIS and EUC-KR, user-defined codes with them', () => {
    const bytes = [0x3f, 0x40, 0x7e, 0x80, 0x81, 0xa0, 0xa1, 0xdf, 0xe0, 0xec, 0xf0, 0xfc, 0xfe]
    const of = (zone: MultibyteZone, part: 'isLead' | 'isTrail') =>
      bytes.filter(multibyteDecoder(zone)[part])
    expect(of('big5', 'isLead')).toEqual([0xa1, 0xdf, 0xe0, 0xec, 0xf0, 0xfc, 0xfe])
    expect(of('big5', 'isTrail')).toEqual([0x40, 0x7e, 0xa1, 0xdf, 0xe0, 0xec, 0xf0, 0xfc, 0xfe])
    expect(of('shift_jis', 'isLead')).toEqual([0x81, 0xe0, 0xec])
    expect(of('shift_jis', 'isTrail')).toEqual(bytes.slice(1, -1))
    expect(of('euc-kr', 'isLead')).toEqual([0xa1, 0xdf, 0xe0, 0xec, 0xf0, 0xfc, 0xfe])
    expect(of('euc-kr', 'isTrail')).toEqual([0xa1, 0xdf, 0xe0, 0xec, 0xf0, 0xfc, 0xfe])
  })

  test('reads JIS codes as iconv-lite reads the same rows in EUC', () => {
    for (let lead = 0x21; lead <= 0x7e; lead++) {
      for (let trail = 0x21; trail <= 0x7e; trail++) {
        const text = jisDecoder.lookup(lead, trail)
        if (text === undefined) continue
        expect(text).toBe(iconv.decode(Buffer.from([lead | 0x80, trail | 0x80]), 'eucjp'))
      }
    }
    expect(jisDecoder.lookup(0x46, 0x7c)).toBe('日')
  })

  test('has four-byte codes in gb18030 only', () => {
    const decoder = multibyteDecoder('gb18030')
    expect(decoder.lookup4?.(0x81, 0x30, 0x84, 0x36)).toBe('¥')
    expect(decoder.lookup4?.(0x95, 0x34, 0xb2, 0x35)).toBe('𠮷')
    expect(multibyteDecoder('gb18030-2byte').lookup4).toBeUndefined()
  })
})
