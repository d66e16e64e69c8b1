import { describe, expect, test } from 'vitest'
import { isInvisible, isMark, shapedScript } from '../../src/charsets/classes.js'
import { codePage, codePageIds } from '../../src/charsets/code-pages.js'
import { zoneCharacters } from '../../src/charsets/zones.js'
import { hasGlyph } from '../../src/glyphs/index.js'
import { multibyteZones } from '../../src/model/charset.js'
import { shaped } from './helpers.js'

const katakana = [{ number: 1, encoding: 'katakana' }]

describe('Big5', () => {
  test.each([
    ['臺灣小吃店', 'BB 4F C6 57 A4 70 A6 59 A9 B1'],
    ['合計：￥120', 'A6 58 AD 70 A1 47 A2 44 31 32 30'],
    ['¥5', 'A2 44 35'],
    ['「折扣」—…', 'A1 75 A7 E9 A6 A9 A1 76 A1 58 A1 4B'],
    ['十卅', 'A4 51 A4 CA'],
    ['〜・', 'A1 E3 A1 50'],
    ['①㈱', '28 31 29 28 AE E8 29'],
    ['国', '[国]'],
    ['あ', '[あ]'],
    ['€9', '45 55 52 39'],
  ])('%s', (text, hex) => {
    expect(shaped(text, { zone: 'big5' }).hex).toBe(hex)
  })
})

describe('Shift_JIS', () => {
  test.each([
    ['領収書', '97 CC 8E FB 8F 91'],
    ['表示ソ', '95 5C 8E A6 83 5C'],
    ['¥1,980', '81 8F 31 2C 39 38 30'],
    ['〜～', '81 60 81 60'],
    ['—―', '81 5C 81 5C'],
    ['·・‧', '81 45 81 45 81 45'],
    ['‖∥¬￢', '81 61 81 61 81 CA 81 CA'],
    ['①㈱№', '28 31 29 28 8A 94 29 4E 6F'],
    ['髙橋', '[髙] 8B B4'],
    ['ｶﾞｷ', '83 4B 83 4C'],
    ['caf\u00e9', '63 61 66 [é]'],
  ])('%s', (text, hex) => {
    expect(shaped(text, { zone: 'shift_jis' }).hex).toBe(hex)
  })

  test('half-width kana are single bytes of page 1, one cell each', () => {
    const { hex, width } = shaped('ﾚｼﾞ01', { zone: 'shift_jis', pages: katakana })
    expect(hex).toBe('p0:DA p0:BC p0:DE 30 31')
    expect(width).toBe(5)
  })
})

describe('EUC-KR', () => {
  test.each([
    ['영수증', 'BF B5 BC F6 C1 F5'],
    ['₩12,000', 'A3 DC 31 32 2C 30 30 30'],
    ['～〜∼', 'A2 A6 A2 A6 A1 AD'],
    ['—', 'A1 AA'],
    ['①', 'A8 E7'],
    ['金', 'D1 D1'],
    ['\uf90a', 'D1 D1'],
    ['\u1112\u1161\u11ab', 'C7 D1'],
    ['똠', '[똠]'],
    ['€®', '45 55 52 28 52 29'],
  ])('%s', (text, hex) => {
    expect(shaped(text, { zone: 'euc-kr' }).hex).toBe(hex)
  })
})

describe('UTF-8', () => {
  test('letters take one cell, wide characters two, emoji and hanzi above the basic plane are drawn', () => {
    const { hex, cells } = shaped('é中한Ж€…😀𠮷', { zone: 'utf8' })
    expect(hex).toBe('C3 A9 E4 B8 AD ED 95 9C D0 96 E2 82 AC E2 80 A6 [😀] [𠮷]')
    expect([...cells.width]).toEqual([1, 2, 2, 1, 1, 1, 2, 2])
  })

  test('what is the same composed is sent composed; joiners are not sent', () => {
    expect(shaped('e\u0301\u200d', { zone: 'utf8' }).hex).toBe('C3 A9')
  })
})

describe('no character of any table is lost', () => {
  const ofTables = [
    ...codePageIds.map(codePage),
    ...(['gb18030-2byte', 'big5', 'shift_jis', 'euc-kr'] as const).map((zone) =>
      String.fromCharCode(...zoneCharacters(zone).filter((code) => code > 0)),
    ),
  ].join('')
  const ofReceipts =
    '€£¥¢₩₽₹₺₴₸₫฿₱₦₪₿₭₮§©®™°±×÷½¼¾²³¹µ¶·•…–—‘’“”„«»‹›←↑→↓⇒✓✔✗✘★☆♥♦♣♠☎☏✂✉①②③⑩⑳❶ⅠⅡⅫ㈱㈜㊤㊣№℃℉㎡㎥㎏㎜〒※〇々〆ヶ〜～♪♫⚠☕🍜🎉😀👍🏠💳'
  const sample = [...ofTables]
    .filter((_, index) => index % 61 === 0)
    .filter((character) => {
      const codePoint = character.codePointAt(0) ?? 0
      return (
        character !== '\ufffd' &&
        !isInvisible(codePoint) &&
        !isMark(codePoint) &&
        shapedScript(codePoint) === undefined
      )
    })

  test.each(multibyteZones)('on a printer of %s', (zone) => {
    const canDraw = (codePoint: number, width: 1 | 2) => hasGlyph(codePoint, 'A', width)
    for (const character of [...sample, ...ofReceipts]) {
      const { codes, cells } = shaped(character, { zone, canDraw })
      const blank = cells.text.trim() === '' && !/^\s$/.test(character)
      if (codes.includes('CHAR_MISSING error') || blank) expect([zone, character]).toEqual([])
    }
  })
})
