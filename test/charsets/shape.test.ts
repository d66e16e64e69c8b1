import { describe, expect, test } from 'vitest'
import { shaped } from './helpers.js'

const never = () => false

describe('substitution', () => {
  test.each([
    ['¥', '￥'],
    ['£9', '￡9'],
    ['¢', '￠'],
    ['a\u00a0b', 'a b'],
    ['\u2009', ' '],
    ['•', '·'],
    ['・', '·'],
    ['〜', '～'],
    ['−5', '-5'],
    ['©®™', '(C)(R)TM'],
    ['½', '1/2'],
    ['1½', '1 1/2'],
    ['100m²', '100m2'],
    ['10²', '10^2'],
    ['✓✔', '√√'],
    ['⑳', '(20)'],
    ['☎', '电话'],
    ['ｶﾞｷﾞ｡', 'ガギ。'],
    ['ﬁ', 'fi'],
    ['１２', '１２'],
    ['🇨🇳', 'CN'],
    ['1\ufe0f\u20e3', '①'],
    ['#\ufe0f\u20e3', '#'],
  ])('%s is printed as %s on GBK', (text, printed) => {
    expect(shaped(text).cells.text).toBe(printed)
  })

  test.each([
    ['a–b█㊣', 'a-b■(正)'],
    ['二〇二六', '二零二六'],
    ['ラーメン', 'ラ—メン'],
  ])('%s is printed as %s on GB2312', (text, printed) => {
    expect(shaped(text, { zone: 'gb2312' }).cells.text).toBe(printed)
  })

  test.each([
    ['ñçäößÆø', 'ncaossAEo'],
    ['Ångström', 'Angstrom'],
    ['Phở đặc biệt', 'Pho dac biet'],
  ])('the letters of %s are drawn, and stripped to %s only if they cannot be', (text, stripped) => {
    const { cells, codes } = shaped(text)
    expect(cells.text).toBe(text)
    expect(codes).not.toContain('CHAR_SUBSTITUTED warning')
    const { cells: bare, codes: warnings } = shaped(text, { canDraw: never })
    expect(bare.text).toBe(stripped)
    expect(warnings).toContain('CHAR_SUBSTITUTED warning')
  })

  test('full-width signs become plain ones where there is no Chinese ROM', () => {
    const { cells, codes } = shaped('“Ａ”，￥５。', { zone: 'none' })
    expect(cells.text).toBe('"A",[￥]5.'.replace('[￥]', '￥'))
    expect(codes).toContain('CHAR_DRAWN info')
  })

  test('no information is lost in silence: one diagnostic per character, with its count', () => {
    const { diagnostics } = shaped('¥1 ¥2 ñ ¥3 ñ')
    expect(diagnostics).toEqual([
      {
        code: 'CHAR_SUBSTITUTED',
        severity: 'info',
        message: "'¥' (U+00A5) is printed as '￥' (3 times)",
        path: 'nodes[0].value',
      },
      {
        code: 'CHAR_DRAWN',
        severity: 'info',
        message: "'ñ' (U+00F1) is drawn as dots (2 times)",
        path: 'nodes[0].value',
      },
    ])
  })
})

describe('onUnsupported', () => {
  test('draw prefers dots to the table, and the table to nothing', () => {
    expect(shaped('ñ', { onUnsupported: 'draw' }).hex).toBe('[ñ]')
    expect(shaped('ñ', { onUnsupported: 'draw' }).width).toBe(1)
    expect(shaped('ñ', { onUnsupported: 'draw', canDraw: never }).hex).toBe('6E')
    expect(shaped('¥', { onUnsupported: 'draw' }).hex).toBe('A3 A4')
  })

  test.each(['ñ', '😀', '𠮷', '👍🏽', 'مرحبا', 'x\u0323', '1\ufe0f\u20e3'])(
    'error refuses %s',
    (text) => {
      expect(() => shaped(text, { onUnsupported: 'error' })).toThrow(
        expect.objectContaining({ code: 'CHAR_UNSUPPORTED', path: 'nodes[0].value' }),
      )
    },
  )

  test('error lets the same sign in another width pass', () => {
    expect(shaped('¥5\u00a0元', { onUnsupported: 'error' }).hex).toBe('A3 A4 35 20 D4 AA')
  })
})

describe('what cannot be printed', () => {
  test.each([
    ['gbk', 'A1 FE'],
    ['none', '3F'],
  ] as const)('a character without glyph or substitute stands as a mark on %s', (zone, hex) => {
    const result = shaped('가', { zone, canDraw: never })
    expect(result.hex).toBe(hex)
    expect(result.codes).toEqual(['CHAR_MISSING error'])
  })

  test.each([
    ['مرحبا', 'Arabic', 5],
    ['שלום', 'Hebrew', 4],
    ['สวัสดี', 'Thai', 4],
    ['नमस्ते', 'Devanagari', 3],
  ])('%s is refused whole and never garbled', (text, script, count) => {
    const { cells, diagnostics } = shaped(text)
    expect(cells.text).toBe('〓'.repeat(cells.length))
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.code).toBe('SCRIPT_UNSUPPORTED')
    expect(diagnostics[0]?.message).toContain(script)
    expect(cells.length).toBeGreaterThanOrEqual(count)
  })

  test('letters of right-to-left scripts are refused even where a page has them', () => {
    const { hex, codes } = shaped('א', { zone: 'none', pages: [{ number: 36, encoding: 'cp862' }] })
    expect(hex).toBe('p0:FE')
    expect(codes).toEqual(['SCRIPT_UNSUPPORTED error'])
  })

  test('a mark that a page has never prints beside its letter', () => {
    const thai = shaped('น้ำ บาท', { zone: 'none', pages: [{ number: 21, encoding: 'cp874' }] })
    expect(thai.hex).toBe('[□] p0:D3 20 p0:BA p0:D2 p0:B7')
    expect(thai.codes).toEqual(['SCRIPT_UNSUPPORTED error'])
    const vietnamese = shaped('x\u0323', {
      zone: 'none',
      pages: [{ number: 52, encoding: 'cp1258' }],
    })
    expect(vietnamese.hex).toBe('78')
    expect(vietnamese.codes).toEqual(['CHAR_SUBSTITUTED warning'])
  })

  test.each(['مرحبا', 'שלום', 'สวัสดี'])('%s is refused on a printer that reads UTF-8', (text) => {
    const { hex, codes } = shaped(text, { zone: 'utf8' })
    expect(hex).toMatch(/^E3 80 93( E3 80 93)*$/)
    expect(codes).toEqual(['SCRIPT_UNSUPPORTED error'])
  })

  test('control and direction characters never pass', () => {
    let controls = '\u2028\u2029\u200e\u200f\u061c\u202a\u202e\u2066\u2069\ufff9\uffff'
    for (let i = 0; i < 0xa0; i++) {
      if (i !== 9 && (i < 0x20 || i >= 0x7f)) controls += String.fromCharCode(i)
    }
    const { cells, codes } = shaped(`a${controls}b`)
    expect(cells.text).toBe('ab')
    expect(codes).toEqual(Array(controls.length).fill('CONTROL_REMOVED warning'))
  })

  test('half a surrogate pair and a mark without a letter are removed and reported', () => {
    const { cells, codes } = shaped('a\ud800b\udc00c')
    expect(cells.text).toBe('abc')
    expect(codes).toEqual(['CHAR_REMOVED warning', 'CHAR_REMOVED warning'])
    expect(shaped('\u0301').codes).toEqual(['CHAR_REMOVED warning'])
  })

  test('a letter with marks that do not compose is printed without them', () => {
    const { cells, codes } = shaped('x\u0323中')
    expect(cells.text).toBe('x中')
    expect(codes).toEqual(['CHAR_SUBSTITUTED warning'])
  })

  test('variation selectors of hanzi names are removed, the hanzi stays', () => {
    const { hex, codes } = shaped('葛\u{e0100}')
    expect(hex).toBe('B8 F0')
    expect(codes).toEqual(['CHAR_REMOVED info'])
  })
})

describe('emoji', () => {
  test.each([
    '👍🏽',
    '👨\u200d👩\u200d👧\u200d👦',
    '🏴\u{e0067}\u{e0062}\u{e007f}',
    '❤\ufe0f',
    '🧑🏻\u200d🍳',
  ])('%s is one drawn cell of two, by its first picture', (text) => {
    const { cells } = shaped(text)
    expect([...cells.width]).toEqual([2])
    expect(cells.code[0]).toBe(text.codePointAt(0))
    expect(text.startsWith(cells.text)).toBe(true)
  })

  test('two emoji side by side are two cells', () => {
    expect([...shaped('😀😀').cells.width]).toEqual([2, 2])
  })
})

describe('code pages', () => {
  const pages = [
    { number: 0, encoding: 'cp437' },
    { number: 16, encoding: 'cp1252' },
    { number: 17, encoding: 'cp866' },
  ]

  test('the multi-byte zone comes first, a page next, a substitute last', () => {
    expect(shaped('éñ', { pages }).hex).toBe('A8 A6 p0:A4')
    expect(shaped('½', { zone: 'gbk' }).hex).toBe('31 2F 32')
  })

  test('each character alone takes the first page that has it', () => {
    expect(shaped('é€Жé', { zone: 'none', pages }).hex).toBe('p0:82 p1:80 p2:86 p0:82')
  })

  test('half-width kana stay half-width on a printer that has them', () => {
    const katakana = [{ number: 1, encoding: 'katakana' }]
    expect(shaped('ｶﾞ', { zone: 'none', pages: katakana }).hex).toBe('p0:B6 p0:DE')
  })
})

describe('four-byte codes', () => {
  test('are sent only where the profile says gb18030', () => {
    for (const zone of ['gb2312', 'gbk', 'gb18030-2byte'] as const) {
      expect(shaped('㐂', { zone }).hex).toBe('[㐂]')
    }
    const { hex, width } = shaped('㐂𠮷', { zone: 'gb18030' })
    expect(hex).toBe('81 39 EF 31 95 34 B2 35')
    expect(width).toBe(4)
    expect(shaped('😀£', { zone: 'gb18030' }).hex).toBe('[😀] A1 EA')
  })
})
