import { describe, expect, it } from 'vitest'
import { VirtualPrinter } from '../../src/entries/emulator.js'
import { listStream } from '../../src/inspect/list-stream.js'
import type { PrintedGlyph } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { bytes, print, profile80 } from './helpers.js'

/** What is printed, and how many half-width cells each character takes. */
function read(source: string, profile: Partial<Profile>) {
  const glyphs = print(bytes(`${source} 0A`), profile).glyphs
  const cells = ({ widthDots }: PrintedGlyph) => widthDots / 12
  return { text: glyphs.map(({ text }) => text).join(''), cells: glyphs.map(cells) }
}

describe('Big5', () => {
  const big5 = { charset: 'big5', chineseModeAtPowerOn: false } as const

  it('reads two bytes in its mode, one byte out of it', () => {
    expect(read('1C 26 BB 4F C6 57', big5)).toEqual({ text: '臺灣', cells: [2, 2] })
    expect(read('1C 2E 41 1C 26 A4 70 42', big5)).toEqual({ text: 'A小B', cells: [1, 2, 1] })
  })

  it('breaks a lead byte whose second byte cannot be one', () => {
    expect(read('1C 26 BB 90 41', big5).text).toBe('\ufffdÉA')
  })

  it('reads both codes of a hanzi that Big5 has twice', () => {
    expect(read('1C 26 A2 CC A4 51', big5).text).toBe('十十')
  })

  it('prints a hanzi that the user defined at FE A1', () => {
    const glyphs = print(bytes(`1C 32 FE A1 ${'FF '.repeat(72)} 1C 26 FE A1 0A`), big5).glyphs
    expect(glyphs.map(({ widthDots, multibyte }) => [widthDots, multibyte])).toEqual([[24, true]])
  })
})

describe('Japanese', () => {
  const japanese = { charset: 'shift_jis', chineseModeAtPowerOn: false } as const

  it('reads JIS codes until Shift_JIS is chosen, and again after ESC @', () => {
    expect(read('1C 26 46 7C 4B 5C', japanese).text).toBe('日本')
    expect(read('1C 43 01 1C 26 93 FA 96 7B', japanese).text).toBe('日本')
    expect(read('1C 43 01 1B 40 1C 26 46 7C', japanese).text).toBe('日')
    expect(read('1C 43 31 1C 43 30 1C 26 46 7C', japanese).text).toBe('日')
  })

  it('reads A1 to DF as half-width kana, in the mode and out of it', () => {
    expect(read('1C 43 01 1C 26 83 8C DA BC DE', japanese)).toEqual({
      text: 'レﾚｼﾞ',
      cells: [2, 1, 1, 1],
    })
    expect(read('1C 2E DA', japanese).text).toBe('ﾚ')
  })
})

describe('Korean', () => {
  const korean = { charset: 'euc-kr', chineseModeAtPowerOn: true } as const

  it('reads Hangul and hanja, those that Unicode unites as well', () => {
    expect(read('C7 D1 B1 B9 A3 DC', korean)).toEqual({ text: '한국￦', cells: [2, 2, 2] })
    const { text } = read('D1 D1 D0 DD', korean)
    expect([text, text.normalize('NFC')]).toEqual(['金\uf90a', '金金'])
  })
})

describe('UTF-8', () => {
  const epson = { charset: 'utf8', utf8: 'epson-fs-c' } as const
  const on = '1C 28 43 02 00 30 02'

  it('prints wide characters in two cells, others in one', () => {
    const mixed = `${on} 43 61 66 C3 A9 E4 B8 AD ED 95 9C D0 96 F0 9F 98 80`
    expect(read(mixed, epson)).toEqual({ text: 'Café中한Ж😀', cells: [1, 1, 1, 1, 2, 2, 1, 2] })
  })

  it('is on after FS ( C and off after ESC @', () => {
    expect(read('C3 A9', epson).text).toBe('├⌐')
    expect(read(`${on} 1B 40 C3 A9`, epson).text).toBe('├⌐')
    expect(read(`${on} 1C 28 43 02 00 30 01 C3 A9`, epson).text).toBe('├⌐')
  })

  it('is on after FS C 255 and off after FS . on a Sunmi terminal, which else reads GBK', () => {
    const sunmi = { charset: 'gbk', utf8: 'sunmi', chineseModeAtPowerOn: true } as const
    expect(read('D6 D0 1C 26 1C 43 FF E4 B8 AD 1C 2E 1C 26 D6 D0', sunmi).text).toBe('中中中')
  })

  it('is always on where no command turns it on', () => {
    expect(read('E4 B8 AD', { charset: 'utf8' }).text).toBe('中')
  })

  it('prints a broken cell for each byte that makes no character, and reads the rest again', () => {
    expect(read(`${on} E4 B8 41`, epson).text).toBe('\ufffd\ufffdA')
    expect(read(`${on} 80 C3 C3 A9`, epson).text).toBe('\ufffd\ufffdé')
    expect(read(`${on} ED A0 80 41`, epson).text).toBe('\ufffdA')
  })

  it('reads a character whose bytes come one by one', () => {
    const printer = new VirtualPrinter({ profile: { ...profile80, ...epson } })
    for (const byte of bytes(`${on} E4 B8 AD 0A`)) printer.write(Uint8Array.of(byte))
    expect(printer.end().glyphs.map(({ text }) => text)).toEqual(['中'])
  })
})

describe('the listing', () => {
  it.each([
    ['big5', 'BB 4F C6', '"臺\\xc6"'],
    ['shift_jis', '95 5C DA', '"表\\xda"'],
    ['euc-kr', 'C7 D1', '"한"'],
    ['utf8', 'C3 A9 E4 B8 AD F0 9F 98 80 E4 41', '"é中😀\\xe4A"'],
  ] as const)('reads text of %s', (charset, source, text) => {
    expect(listStream(bytes(`${source} 0A`), { ...profile80, charset })).toContain(`text ${text}`)
  })
})

describe('printers for one country', () => {
  const shown = (source: string, charset: Profile['charset'], more = {}) =>
    print(source, { charset, chineseModeAtPowerOn: false, ...more })
      .glyphs.map(({ text }) => text)
      .join('')

  it('Shift_JIS needs no FS &, and FS . does not end it; JIS needs it', () => {
    const text = '93 FA 96 7B'
    expect(shown(`1B 40 1C 43 01 ${text} 0A 1C 2E ${text} 0A`, 'shift_jis')).toBe('日本日本')
    expect(shown('1B 40 1C 43 01 B1 82 A0 0A', 'shift_jis')).toBe('ｱあ')
    expect(shown("1B 40 '|K' 0A 1C 26 46 7C 4B 5C 0A", 'shift_jis')).toBe('|K日本')
  })

  it('a Thai printer reads TIS-620 until ESC t; Epson’s pages 20 to 26 have its letters', () => {
    expect(shown('A1 D2 B7 0A', 'tis620')).toBe('กาท')
    expect(shown('1B 74 15 A1 D2 0A 1B 74 1A A1 D2 0A', 'none')).toBe('กากา')
    expect(shown('1B 74 14 A1 A2 A3 0A', 'none')).toBe('กขค')
    expect(shown('1B 74 0B A4 B5 0A', 'none')).toBe('ΑΚ')
  })

  it('bytes that ISO 8859-7 of 1987 leaves empty stay unknown', () => {
    expect(shown('1B 40 1C 2E 1B 74 0F A4 A5 AA E1 0A', 'none')).toBe('\u{fffd}\u{fffd}\u{fffd}α')
  })

  it('GS x moves barcodes; GS |, FS I, FS J and FS K take what is theirs', () => {
    const paper = print("1B 40 1D 78 32 1D 6B 04 'XY' 00 0A 1D 7C 08 1C 49 03 1C 4A 1C 4B 'A' 0A")
    expect(paper.symbols).toMatchObject([{ kind: 'code39', data: 'XY', x: 50 }])
    expect(paper.glyphs.map(({ text }) => text)).toEqual(['A'])
    expect(paper.unknown).toEqual([])
  })
})
