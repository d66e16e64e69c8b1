/** Streams as programs send them, and characters that only show in dots. */
import { describe, expect, it } from 'vitest'
import { decodeSummary, type Paper } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { generic80Gb18030 } from '../../src/profiles/generic-80-gb18030.js'
import { sunmiCloud80 } from '../../src/profiles/sunmi/cloud-80.js'
import { bytes, places, print } from './helpers.js'

const text = (paper: Paper) => paper.glyphs.map((glyph) => glyph.text).join('')
const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)

function dots(paper: Paper, x: number, y: number, width: number, height: number): string[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, at) =>
      dotAt(paper.bitmap, x + at, y + row) ? '#' : '.',
    ).join(''),
  )
}

const ink = (paper: Paper, x: number, y: number, width: number, height: number) =>
  dots(paper, x, y, width, height).join('').replaceAll('.', '').length

describe('line ends', () => {
  it.each([
    ['LF', '0A'],
    ['CR LF', '0D 0A'],
    ['LF CR', '0A 0D'],
  ])('%s is one line feed', (_, end) => {
    expect(places(print(`'a' ${end} 'b' ${end}`))).toEqual(['a@0,0', 'b@0,30'])
  })

  it('CR alone is nothing', () => {
    expect(places(print("'a' 0D 'b' 0A"))).toEqual(['a@0,0', 'b@12,0'])
  })
})

describe('what programs get wrong', () => {
  it('ESC p without its two bytes takes the next two', () => {
    const paper = print("1B 70 00 'ab' 'c' 0A")
    expect(paper.pulses).toEqual([{ pin: 2, onMs: 0x61 * 2, offMs: 0x62 * 2, offset: 0 }])
    expect(text(paper)).toBe('c')
    const last = print("'a' 0A 1B 70 00")
    expect(last.pulses).toEqual([])
    expect(last.unknown.map(({ offset, reason }) => [offset, reason])).toEqual([
      [2, 'unfinished command ESC p: at least 1 more byte expected'],
    ])
  })

  it('NUL after barcode A ends it, and other NULs are nothing', () => {
    const paper = print("1D 68 20 1D 6B 04 'A1' 00 00 'x' 00 'y' 0A")
    expect(paper.symbols.map(({ data }) => data)).toEqual(['A1'])
    expect(text(paper)).toBe('xy')
  })

  it('a QR length of characters instead of bytes prints the rest as text', () => {
    const paper = print(
      "1D 28 6B 07 00 31 50 30 E5 BE AE E4 BF A1 E6 94 AF E4 BB 98 1D 28 6B 03 00 31 51 30 'z' 0A",
    )
    expect(paper.symbols).toHaveLength(1)
    expect(text(paper)).not.toBe('z')
    expect(text(paper).endsWith('z')).toBe(true)
  })

  it('pictures hold the bytes of commands', () => {
    const commands = '1B 40 0A 1D 56 00 1B 70 00 19 FA 0C'
    const paper = print(`'a' 1D 76 30 00 0C 00 01 00 ${commands} 'b' 0A`)
    expect(dots(paper, 0, 30, 16, 1)).toEqual(['...##.##.#......'])
    expect([text(paper), paper.cuts, paper.pulses]).toEqual(['ab', [], []])
  })

  it('a real-time request in a picture is named with its place, and stays a picture', () => {
    const paper = print("'a' 0A 1D 76 30 00 04 00 01 00 FF 10 04 01 'b' 0A")
    expect(paper.notes).toEqual([
      {
        code: 'REALTIME_IN_DATA',
        message: 'the data hold a real-time request, which printers obey at once',
        offset: 11,
      },
    ])
    expect([paper.replies, text(paper)]).toEqual([0, 'ab'])
    expect(dots(paper, 0, 30, 16, 1)).toEqual(['########...#....'])
  })

  it('CODE128 in code set C takes bytes as they are, command bytes too', () => {
    const paper = print("1D 6B 49 06 '{C' 1B 40 0A 0D 'x' 0A")
    expect(paper.symbols.map(({ data }) => data)).toEqual(['27641013'])
    expect(text(paper)).toBe('x')
  })

  it('ESC @ in mid line drops the line and what was set', () => {
    const paper = print("1B 61 01 1D 21 11 1B 52 01 1B 44 03 00 'gone' 1B 40 '[' 09 'b' 0A")
    expect(places(paper)).toEqual(['[@0,0', 'b@96,0'])
    expect(noteCodes(paper)).toEqual(['LINE_LOST'])
  })

  it('text without a line feed at the end is not printed', () => {
    const paper = print("'a' 0A 'b' D6")
    expect([text(paper), paper.heightDots]).toEqual(['a', 30])
    expect(noteCodes(paper)).toEqual(['LINE_NOT_PRINTED'])
  })

  it('unknown bytes are kept, and the text around them prints', () => {
    const paper = print("'a' 1B 01 'b' 1C 7A 'c' 1D 28 7E 01 00 55 'd' 03 'e' 1F 'f' 0A")
    expect(text(paper)).toBe('abcdef')
    expect(paper.unknown.map(({ offset, bytes: kept }) => [offset, [...kept]])).toEqual([
      [1, [0x1b, 0x01]],
      [4, [0x1c, 0x7a]],
      [7, [0x1d, 0x28, 0x7e, 0x01, 0x00, 0x55]],
      [14, [0x03]],
      [16, [0x1f]],
    ])
  })

  it('settings of other makers are named and not obeyed', () => {
    const xprinter = '1F 1B 1F FF 13 0A 00 1F 1B 1F 91 00 49 50 C0 A8 02 FA 1F 1B 1F 11 11 00'
    const others = '1B 06 01 1B 0F 12 1B 34 1B 35 1E 07'
    const paper = print(`'a' ${xprinter} ${others} 1B 1D 74 20 'b' 0A`)
    expect([text(paper), paper.unknown, paper.notes]).toEqual(['ab', [], []])
    const star = print('1C 2E 1B 1D 74 FF 0A', { vendor: 'Star Micronics' })
    expect(noteCodes(star)).toEqual(['CODE_PAGE_UNKNOWN'])
  })

  it('test pages are named', () => {
    expect(noteCodes(print('1D 28 41 02 00 00 02 12 54 1F 1B 1F 67 00'))).toEqual([
      'TEST_PAGE',
      'TEST_PAGE',
      'TEST_PAGE',
    ])
  })
})

describe('four bytes of GB18030', () => {
  const source = bytes("95 34 B2 35 'a' 0A")

  it('are one hanzi on a printer that has them', () => {
    const paper = print(source, { ...generic80, charset: 'gb18030' })
    expect(places(paper)).toEqual(['𠮷@0,0 24x24', 'a@24,0'])
    expect(ink(paper, 0, 0, 24, 24)).toBeGreaterThan(50)
  })

  it.each([generic80, generic80Gb18030])('are broken cells and digits on $id', (profile) => {
    const paper = print(source, profile)
    expect(text(paper)).toBe('\ufffd4\ufffd5a')
    expect(places(paper)).toEqual(['\ufffd@0,0', '4@12,0', '\ufffd@24,0', '5@36,0', 'a@48,0'])
    expect(ink(paper, 0, 0, 12, 24)).toBeGreaterThan(0)
  })
})

describe('Sunmi cloud printers', () => {
  const set = (a: string, n: string) => `1D 28 45 03 00 06 ${a} ${n}`

  it('change their two-byte set by GS ( E 6, and keep it over ESC @', () => {
    const source = `D6 D0 ${set('01', '01')} BB 4F 1B 40 BB 4F ${set('01', 'FF')} D6 D0 0A`
    expect(text(print(source.replace('1B 40', '0A 1B 40'), sunmiCloud80))).toBe('中臺臺中')
  })

  it('read UTF-8 by GS ( E 6 3', () => {
    expect(
      text(print(`${set('03', '01')} E4 B8 AD ${set('03', '00')} D6 D0 0A`, sunmiCloud80)),
    ).toBe('中中')
  })

  it('are the only ones that do', () => {
    expect(text(print(`${set('01', '01')} D6 D0 0A`))).toBe('中')
  })
})

describe('characters', () => {
  it.each([
    ['00', '#$@[\\]^`{|}~'],
    ['01', '#$à°ç§^`éùè¨'],
    ['02', '#$§ÄÖÜ^`äöüß'],
    ['03', '£$@[\\]^`{|}~'],
    ['05', '#¤ÉÄÖÅÜéäöåü'],
    ['08', '#$@[¥]^`{|}~'],
    ['0D', '#$@[₩]^`{|}~'],
    ['0F', '#¥@[\\]^`{|}~'],
  ])('ESC R %s makes of # $ @ [ \\ ] ^ ` { | } ~ what the country has', (n, expected) => {
    const codes = '23 24 40 5B 5C 5D 5E 60 7B 7C 7D 7E'
    expect(text(print(`1B 52 ${n} ${codes} 1B 52 00 23 0A`))).toBe(`${expected}#`)
  })

  it('ESC R leaves Chinese mode as it is, and hanzi whose second byte is one of the twelve', () => {
    expect(text(print('1B 52 0F D6 D0 81 40 24 0A'))).toBe('中丂¥')
    expect(noteCodes(print('1B 52 0E'))).toEqual(['COUNTRY_UNKNOWN'])
  })

  it('user-defined characters stand at the left top of the cell, each font has its own', () => {
    const columns = 'FF FF FF '.repeat(3)
    const b = `1B 4D 01 1B 26 03 41 41 03 ${columns}`
    const paper = print(`${b} 1B 25 01 'A' 1B 4D 00 'A' 1B 4D 01 1B 3F 41 'A' 0A`)
    expect(dots(paper, 0, 7, 9, 17)).toEqual(Array(17).fill('###......'))
    expect(ink(paper, 9, 0, 12, 24)).toBeLessThan(150)
    expect(ink(paper, 21, 7, 9, 17)).toBeLessThan(51)
    const a = print(`1B 26 03 20 21 02 80 00 00 00 00 01 01 FF FF FF 1B 25 01 ' !' 0A`)
    expect(dots(a, 0, 0, 12, 1)).toEqual(['#...........'])
    expect(dots(a, 0, 23, 13, 1)).toEqual(['.#..........#'])
  })

  it('user-defined hanzi are cancelled by FS ?', () => {
    const own = `1C 32 FE A1 ${'FF FF FF '.repeat(24)}`
    const paper = print(`${own} FE A1 1C 3F FE A1 FE A1 0A`)
    expect(ink(paper, 0, 0, 24, 24)).toBe(576)
    expect(ink(paper, 24, 0, 24, 24)).toBeLessThan(300)
  })

  it('GS ! enlarges up to eight times, dot by dot', () => {
    const small = print("'k' 0A")
    const large = print("1D 21 77 'k' 0A")
    expect(places(large)).toEqual(['k@0,0 96x192'])
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 12; x++) {
        const black = dotAt(small.bitmap, x, y)
        expect([
          dotAt(large.bitmap, x * 8, y * 8),
          dotAt(large.bitmap, x * 8 + 7, y * 8 + 7),
        ]).toEqual([black, black])
      }
    }
  })

  it('ESC V turns characters with their sizes, and underlines none', () => {
    const paper = print("1B 56 31 1B 2D 02 1D 21 10 'W' D6 D0 1D 21 00 'I' 1B 56 00 0A")
    expect(places(paper)).toEqual(['W@0,24 24x24', '中@24,0 24x48', 'I@48,36 24x12'])
    // The bar of the I lies along its cell, and below it there is no line.
    expect(ink(paper, 48, 47, 24, 1)).toBe(0)
    const upright = print("1D 21 10 'W' 0A")
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 24; x++) {
        expect(dotAt(paper.bitmap, x, 24 + y)).toBe(dotAt(upright.bitmap, y, 23 - x))
      }
    }
  })

  it('GS B inverts no tabs and moves', () => {
    const paper = print("1D 42 01 'a' 09 'b' 1B 24 C8 00 'c' 0A")
    expect(ink(paper, 12, 0, 84, 24)).toBe(0)
    expect(ink(paper, 108, 0, 92, 24)).toBe(0)
    expect(ink(paper, 0, 0, 12, 1)).toBe(12)
  })
})

describe('streams in another language', () => {
  const named = (source: string) => {
    const note = print(source).notes.find(({ code }) => code === 'LOOKS_LIKE')
    return /looks like (.*?),/.exec(note?.message ?? '')?.[1]
  }

  it.each([
    ['ZPL', "'^XA^FO50,50^ADN,36,20^FDHello^FS^XZ'"],
    ['TSPL', "'SIZE 40 mm,30 mm' 0D 0A 'CLS' 0D 0A 'PRINT 1' 0D 0A"],
    ['CPCL', "'! 0 200 200 210 1' 0D 0A 'TEXT 4 0 30 40 Hello' 0D 0A 'PRINT' 0D 0A"],
    ['EPL', "0A 'N' 0A 'q609' 0A 'A50,0,0,1,1,1,N,x' 0A 'P1' 0A"],
    ['Star Line Mode', "1B 40 1B 1D 61 01 'Hello' 0A"],
    ['Star raster mode', '1B 2A 72 41 00 00'],
  ])('%s is named', (language, source) => {
    expect(named(source)).toBe(language)
  })

  it('and a receipt is not', () => {
    expect(named("1B 40 'SIZE M, 2 pcs' 0A 'A50,0 off' 0A '! sale' 0A 'Q1' 0A")).toBeUndefined()
  })

  it('what is lost stands in the summary, and ESC u and ESC v count as questions', () => {
    const { notes } = decodeSummary(print("1D 6B 02 '40' 00 'end'"))
    expect(notes.map(({ code }) => code)).toEqual(['SYMBOL_NOT_PRINTED', 'LINE_NOT_PRINTED'])
    expect(print('1B 75 00 1B 76').replies).toBe(2)
  })
})
