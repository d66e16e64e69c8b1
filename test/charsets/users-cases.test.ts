import { describe, expect, test } from 'vitest'
import { ZONE_ASCII } from '../../src/model/cells.js'
import { multibyteZones } from '../../src/model/charset.js'
import { shaped } from './helpers.js'

const western = [
  { number: 16, encoding: 'cp1252' },
  { number: 0, encoding: 'cp437' },
]

describe('the characters that users complain about, on GBK', () => {
  test('1, 2: 微信支付 ¥12.50 订单号:2024', () => {
    const { hex, width, codes } = shaped('微信支付 ¥12.50 订单号:2024')
    expect(hex).toBe(
      'CE A2 D0 C5 D6 A7 B8 B6 20 A3 A4 31 32 2E 35 30 20 B6 A9 B5 A5 BA C5 3A 32 30 32 34',
    )
    expect(width).toBe(28)
    expect(codes).toEqual(['CHAR_SUBSTITUTED info'])
  })

  test('3: 中ł中¥中 keeps every 中 and reports ł', () => {
    const { hex, diagnostics } = shaped('中ł中¥中')
    expect(hex).toBe('D6 D0 [ł] D6 D0 A3 A4 D6 D0')
    expect(diagnostics.map((d) => d.message)).toEqual([
      "'ł' (U+0142) is drawn as dots (1 time)",
      "'¥' (U+00A5) is printed as '￥' (1 time)",
    ])
  })

  test('4: the full-width question mark, and a code-page printer without it', () => {
    expect(shaped('？').hex).toBe('A3 BF')
    const western437 = shaped('？', { zone: 'none', pages: [{ number: 0, encoding: 'cp437' }] })
    expect(western437.hex).toBe('3F')
    expect(western437.codes).toEqual(['CHAR_SUBSTITUTED warning'])
  })

  test('5 to 8: an amount in ¥ is never another amount', () => {
    expect(shaped('¥12.50').hex).toBe('A3 A4 31 32 2E 35 30')
    expect(shaped('合计 ¥12.50').hex).toBe('BA CF BC C6 20 A3 A4 31 32 2E 35 30')
    expect(shaped('合计：¥5.00').hex).toBe('BA CF BC C6 A3 BA A3 A4 35 2E 30 30')
    expect(shaped('¥5.00').hex).toBe('A3 A4 35 2E 30 30')
    expect(shaped('合计 ¥12.50', { zone: 'gb18030' }).hex).toBe(
      'BA CF BC C6 20 A3 A4 31 32 2E 35 30',
    )
  })

  test('9: punctuation, kana and Hangul alone', () => {
    expect(shaped('￥5.00').hex).toBe('A3 A4 35 2E 30 30')
    expect(shaped('：').hex).toBe('A3 BA')
    expect(shaped('，。、《》').hex).toBe('A3 AC A1 A3 A1 A2 A1 B6 A1 B7')
    expect(shaped('カタカナ').hex).toBe('A5 AB A5 BF A5 AB A5 CA')
    const korean = shaped('한국')
    expect(korean.hex).toBe('[한] [국]')
    expect(korean.codes).toEqual(['CHAR_DRAWN info', 'CHAR_DRAWN info'])
  })

  test('10: 〇 鿏 㐂𠮷', () => {
    const { hex, width } = shaped('〇 鿏 㐂𠮷')
    expect(hex).toBe('A9 96 20 [鿏] 20 [㐂] [𠮷]')
    expect(width).toBe(10)
  })

  test('11, 12: 龘 and €', () => {
    expect(shaped('龘').hex).toBe('FD 93')
    expect(shaped('€28').hex).toBe('45 55 52 32 38')
    expect(shaped('€28', { zone: 'gb18030-2byte' }).hex).toBe('A2 E3 32 38')
    expect(shaped('€28', { zone: 'none', pages: western }).hex).toBe('p0:80 32 38')
  })

  test('13: 😀 and 𠮷 are drawn, two cells each', () => {
    const { hex, cells } = shaped('😀𠮷')
    expect(hex).toBe('[😀] [𠮷]')
    expect([...cells.width]).toEqual([2, 2])
    expect([...cells.code]).toEqual([0x1f600, 0x20bb7])
  })

  test('14, 15: é is two cells on GBK and one on a code page', () => {
    expect(shaped('Café crème').width).toBe(12)
    const page = shaped('Café crème', { zone: 'none', pages: western })
    expect(page.width).toBe(10)
    expect(page.hex).toBe('43 61 66 p0:E9 20 63 72 p0:E8 6D 65')
  })

  test('16: combining marks, joiners, selectors, BOM', () => {
    expect(shaped('e\u0301').hex).toBe('A8 A6')
    const family = shaped('👨\u200d👩\u200d👧!')
    expect(family.cells.length).toBe(2)
    expect([family.cells.code[0], family.cells.width[0]]).toEqual([0x1f468, 2])
    expect(family.codes).toEqual(['CHAR_DRAWN info'])
    const marked = shaped('\ufeff★\ufe0f')
    expect(marked.hex).toBe('A1 EF')
    expect(marked.codes).toEqual(['CHAR_REMOVED info', 'CHAR_REMOVED info'])
  })

  test('17: a rule of ─', () => {
    expect(shaped('────────').hex).toBe(Array(8).fill('A9 A4').join(' '))
    expect(shaped('────────').width).toBe(16)
  })

  test('18: ß ① ㎡ ～ •', () => {
    expect(shaped('ß①㎡～•').hex).toBe('[ß] A2 D9 A9 4F A1 AB A1 A4')
    expect(shaped('㎡', { zone: 'gb2312' }).hex).toBe('6D 32')
  })

  test('19: 镕喆囍〇㎡ on gb2312 are drawn or replaced, on gbk native', () => {
    expect(shaped('镕喆囍〇㎡').hex).toBe('E9 46 86 B4 87 D6 A9 96 A9 4F')
    expect(shaped('镕喆囍〇㎡', { zone: 'gb2312' }).hex).toBe('[镕] [喆] [囍] C1 E3 6D 32')
  })

  test('21: a tab is blanks to the next multiple of four', () => {
    expect(shaped('a\tb').cells.text).toBe('a   b')
    expect(shaped('中文\tb').cells.text).toBe('中文    b')
    expect(shaped('a\tb', { column: 2 }).cells.text).toBe('a b')
    expect(shaped('a\tb').diagnostics).toEqual([])
  })

  test('22: a line end is the caller’s, and removed with a warning', () => {
    const { cells, codes } = shaped('a\r\n\nb')
    expect(cells.text).toBe('ab')
    expect(codes).toEqual(['CONTROL_REMOVED warning', 'CONTROL_REMOVED warning'])
  })

  test('23: one rule per character and not per string', () => {
    expect(shaped('价格 €5 é').hex).toBe('BC DB B8 F1 20 45 55 52 35 20 A8 A6')
    expect(shaped('é').hex).toBe('A8 A6')
  })

  test('24: ten hanzi are twenty cells', () => {
    expect(shaped('一二三四五六七八九十').width).toBe(20)
  })
})

test('ASCII is always of the ASCII zone, whatever the charset', () => {
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).join('')
  for (const zone of multibyteZones) {
    const { cells } = shaped(`${ascii}é`, { zone, pages: western })
    expect(cells.text.startsWith(ascii)).toBe(true)
    expect([...cells.zone.subarray(0, 95)].every((z) => z === ZONE_ASCII)).toBe(true)
  }
})
