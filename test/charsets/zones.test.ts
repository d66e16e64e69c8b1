import { readdirSync, statSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { multibyteDecoder } from '../../src/charsets/multibyte-decoder.js'
import { checksums } from '../../src/charsets/tables/gbk.gen.js'
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
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
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
  })

  test('has four-byte codes in gb18030 only', () => {
    const decoder = multibyteDecoder('gb18030')
    expect(decoder.lookup4?.(0x81, 0x30, 0x84, 0x36)).toBe('¥')
    expect(decoder.lookup4?.(0x95, 0x34, 0xb2, 0x35)).toBe('𠮷')
    expect(multibyteDecoder('gb18030-2byte').lookup4).toBeUndefined()
  })
})
