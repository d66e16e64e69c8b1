import { describe, expect, test } from 'vitest'
import { utf8CodePoint, utf8Length } from '../../src/charsets/utf8-bytes.js'

describe('UTF-8 byte by byte', () => {
  test.each(['A', 'é', 'Ж', '中', '가', '\uffff', '😀', '\u{10ffff}'])('reads %s', (character) => {
    const bytes = [...new TextEncoder().encode(character)]
    expect(utf8Length(bytes[0] as number)).toBe(bytes.length)
    expect(utf8CodePoint(bytes)).toBe(character.codePointAt(0))
  })

  test('bytes that open no character', () => {
    expect([0x80, 0xbf, 0xc0, 0xc1, 0xf5, 0xff].map(utf8Length)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('surrogates, longer forms than needed and codes above the last are none', () => {
    expect(utf8CodePoint([0xed, 0xa0, 0x80])).toBeUndefined()
    expect(utf8CodePoint([0xe0, 0x80, 0x80])).toBeUndefined()
    expect(utf8CodePoint([0xf0, 0x80, 0x80, 0x80])).toBeUndefined()
    expect(utf8CodePoint([0xf4, 0x90, 0x80, 0x80])).toBeUndefined()
  })
})
