import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Paper, VirtualPrinter } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { plainStyle } from '../../src/model/style.js'
import { bytes, places, print, profile80 } from './helpers.js'

/** The black dots of a rectangle. */
function blackDots(paper: Paper, x: number, y: number, width: number, height: number): number {
  let black = 0
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      if (dotAt(paper.bitmap, column, row)) black++
    }
  }
  return black
}

/** All of a paper in one string: comparing strings is quick. */
const asText = (paper: Paper) =>
  JSON.stringify({ ...paper, bitmap: Buffer.from(paper.bitmap.data).toString('base64') })

const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)

describe('lines', () => {
  it('prints characters in cells of Font A, a line every 30 dots', () => {
    const paper = print("1B 40 'AB C' 0A 'D' 0A")
    expect(places(paper)).toEqual(['A@0,0', 'B@12,0', 'C@36,0', 'D@0,30'])
    expect(paper.heightDots).toBe(60)
    expect(paper.glyphs[3]?.offset).toBe(7)
  })

  it('stands items of different height on a common bottom and feeds the tallest', () => {
    const paper = print("'a' 1D 21 12 'b' 1D 21 00 1B 4D 01 'c' 0A 1B 4D 00 'd' 0A")
    expect(places(paper)).toEqual(['a@0,48', 'b@12,0 24x72', 'c@36,55 9x17', 'd@0,72'])
  })

  it('never feeds less than the line is high', () => {
    expect(places(print("1B 33 00 'a' 0A 'b' 0A"))).toEqual(['a@0,0', 'b@0,24'])
    expect(places(print("1B 33 40 'a' 0A 1B 32 'b' 0A 'c' 0A"))).toEqual([
      'a@0,0',
      'b@0,64',
      'c@0,94',
    ])
  })

  it('feeds by ESC J and ESC d, and back by ESC K', () => {
    expect(places(print("'a' 1B 4A 64 'b' 1B 4A 05 'c' 0A"))).toEqual([
      'a@0,0',
      'b@0,100',
      'c@0,124',
    ])
    expect(places(print("'a' 1B 64 03 'b' 0A"))).toEqual(['a@0,0', 'b@0,90'])
    expect(places(print("'a' 0A 1B 4B 0A 'b' 0A"))).toEqual(['a@0,0', 'b@0,20'])
  })

  it('goes on in the next line by itself when the line is full', () => {
    const paper = print(`'${'x'.repeat(48)}y' 0A`)
    expect(places(paper).slice(-2)).toEqual(['x@564,0', 'y@0,30'])
    expect(paper.lines.map((line) => line.wrapped)).toEqual([true, false])
  })

  it('does not begin a new line before a character needs it', () => {
    const paper = print(`'${'x'.repeat(48)}' 0A 'y' 0A`)
    expect(places(paper).at(-1)).toBe('y@0,30')
  })

  it('moves a hanzi that does not fit as a whole', () => {
    const paper = print(`'${'x'.repeat(47)}' D6 D0 0A`)
    expect(places(paper).at(-1)).toBe('中@0,30 24x24')
  })

  it('aligns the whole line, blanks and all, at the start of a line only', () => {
    expect(places(print("1B 61 01 'ab' 0A 1B 61 32 'ab' 1B 61 00 0A"))).toEqual([
      'a@276,0',
      'b@288,0',
      'a@552,30',
      'b@564,30',
    ])
    expect(noteCodes(print("'ab' 1B 61 01 0A"))).toEqual(['ALIGN_IGNORED'])
  })

  it('moves by ESC $, ESC \\ and HT', () => {
    const paper = print("'a' 1B 24 64 00 'b' 1B 5C F4 FF 'c' 09 'd' 0A")
    expect(places(paper)).toEqual(['a@0,0', 'b@100,0', 'c@100,0', 'd@192,0'])
  })

  it('ignores moves to outside the print area', () => {
    expect(places(print("'a' 1B 24 41 02 'b' 1B 5C 00 80 'c' 0A"))).toEqual([
      'a@0,0',
      'b@12,0',
      'c@24,0',
    ])
  })

  it('sets and clears tabs in characters of the current width', () => {
    expect(places(print("1B 44 03 0A 00 'a' 09 'b' 09 'c' 09 'd' 0A"))).toEqual([
      'a@0,0',
      'b@36,0',
      'c@120,0',
      'd@132,0',
    ])
  })

  it('keeps to the left margin and print width', () => {
    const paper = print("1D 4C 64 00 1D 57 30 00 1B 61 02 'abcde' 0A")
    expect(places(paper)).toEqual(['a@100,0', 'b@112,0', 'c@124,0', 'd@136,0', 'e@136,30'])
  })

  it('counts in the units of GS P', () => {
    // 1/101 inch down is two dots of 203 dpi.
    expect(places(print("1D 50 CB 65 'a' 1B 4A 20 'b' 0A"))).toEqual(['a@0,0', 'b@0,64'])
  })

  it('counts in half dots where the printer does so until GS P', () => {
    const printer = { dpi: 180, verticalUnitsPerInch: 360 }
    // ESC J 100, ESC 3 60 and LF; an odd number of half dots is cut off.
    expect(places(print("'a' 1B 4A 64 'b' 1B 33 3C 0A 'c' 1B 4A 33 'd' 0A", printer))).toEqual([
      'a@0,0',
      'b@0,50',
      'c@0,80',
      'd@0,105',
    ])
    expect(
      places(print("1D 50 B4 B4 'a' 1B 4A 64 1D 50 00 00 'b' 1B 4A 64 'c' 0A", printer)),
    ).toEqual(['a@0,0', 'b@0,100', 'c@0,150'])
    const cuts = print("'a' 0A 1D 56 42 64", { ...printer, headToCutterDots: 0 }).cuts
    expect(cuts).toMatchObject([{ y: 30 + 50 }])
    // GS $ 200 and GS \ 100.
    expect(places(print("1B 4C 1D 24 C8 00 'a' 1D 5C 64 00 'b' 0C", printer))).toMatchObject([
      'a@0,79',
      'b@12,129',
    ])
  })

  it('clears the buffer by DLE DC4 8', () => {
    const paper = print("'a b' 10 14 08 01 03 14 01 06 02 08 'c' 0A")
    expect(places(paper)).toEqual(['c@0,0'])
    expect(paper.notes[0]?.message).toBe('DLE DC4 8 dropped the line: a b')
  })

  it('says what stays in the buffer at the end, and what ESC @ drops', () => {
    const left = print("'lost' 1B 40 'kept' 0A 'left'")
    expect(left.glyphs.map((glyph) => glyph.text).join('')).toBe('kept')
    expect(left.notes).toEqual([
      { code: 'LINE_LOST', message: 'ESC @ dropped the line: lost', offset: 0 },
      {
        code: 'LINE_NOT_PRINTED',
        message: 'the stream ends without a feed; not printed: left',
        offset: 11,
      },
    ])
  })
})

describe('style', () => {
  it('logs font, size, bold, underline and inverse', () => {
    const paper = print(
      "1B 45 01 1B 2D 02 'a' 1B 45 00 1B 2D 00 1D 42 01 1D 21 31 'b' 1B 21 01 'c' 0A",
    )
    expect(paper.glyphs.map((glyph) => glyph.style)).toEqual([
      { ...plainStyle, font: 'A', width: 1, height: 1, bold: true, underline: 2, inverse: false },
      { ...plainStyle, font: 'A', width: 4, height: 2, bold: false, underline: 0, inverse: true },
      { ...plainStyle, font: 'B', width: 1, height: 1, bold: false, underline: 0, inverse: true },
    ])
  })

  it('underlines the last rows of the cell, under blanks too', () => {
    const paper = print("1B 2D 02 'I I' 0A")
    expect(blackDots(paper, 0, 22, 36, 2)).toBe(72)
    expect(blackDots(paper, 12, 0, 12, 22)).toBe(0)
    expect(paper.glyphs.map((glyph) => glyph.text).join('')).toBe('I I')
  })

  it('inverts the whole cell, blanks and right spacing too', () => {
    const paper = print("1B 20 04 1D 42 01 ' ' 1D 42 00 0A")
    expect(blackDots(paper, 0, 0, 20, 24)).toBe(16 * 24)
  })

  it('scales a glyph dot by dot, and thickens it by one dot', () => {
    const small = print("'k' 0A")
    const large = print("1D 21 12 'k' 0A")
    expect(blackDots(large, 0, 0, 24, 72)).toBe(6 * blackDots(small, 0, 0, 12, 24))
    const bold = print("1B 45 01 'k' 0A")
    expect(blackDots(bold, 0, 0, 12, 24)).toBeGreaterThan(blackDots(small, 0, 0, 12, 24))
  })

  it('turns a line upside down, and characters by 90°', () => {
    const paper = print("1B 7B 01 'ab' 0A 1B 7B 00 1B 56 01 'c' 0A")
    expect(places(paper)).toEqual(['a@564,0', 'b@552,0', 'c@0,30 24x12'])
    expect(paper.lines.map((line) => line.turn)).toEqual([180, undefined])
    const upright = print("'ab' 0A")
    for (let y = 0; y < 24; y++) {
      for (let x = 0; x < 24; x++) {
        expect(dotAt(paper.bitmap, 552 + x, y)).toBe(dotAt(upright.bitmap, 23 - x, 23 - y))
      }
    }
  })
})

describe('multi-byte characters', () => {
  const text = (paper: Paper) => paper.glyphs.map((glyph) => glyph.text).join('')

  it('reads pairs in Chinese mode, which ESC @ restores', () => {
    const source = 'D6 D0 1C 2E D6 1C 26 D6 D0 1C 2E 1B 40 D6 D0 0A'
    expect(text(print(source))).toBe('中')
    expect(places(print("D6 D0 'a' 0A"))).toEqual(['中@0,0 24x24', 'a@24,0'])
    expect(text(print('1B 40 D6 D0 0A', { chineseModeAtPowerOn: false }))).toBe('╓╨')
  })

  it('breaks one cell where the second byte is missing, and reads the byte again', () => {
    expect(text(print("81 30 84 36 '12.50' 0A"))).toBe('\u{fffd}0\u{fffd}612.50')
    expect(text(print('D6 0A D0 0A'))).toBe('\u{fffd}\u{fffd}')
  })

  it('reads four bytes only where the ROM has them', () => {
    expect(text(print("95 34 B2 35 'a' 0A", { charset: 'gb18030' }))).toBe('𠮷a')
    expect(text(print("95 34 B2 35 'a' 0A"))).toBe('\u{fffd}4\u{fffd}5a')
    expect(text(print("95 34 B2 'a' 0A", { charset: 'gb18030' }))).toBe('\u{fffd}4瞐')
  })

  it('knows the zone of the ROM', () => {
    expect(text(print('E9 46 0A'))).toBe('镕')
    expect(text(print('E9 46 0A', { charset: 'gb2312' }))).toBe('\u{fffd}')
    expect(text(print('D6 D0 0A', { charset: 'none' }))).toBe('╓╨')
  })

  it.each([
    ['gs', '1D 21 11', 2, 2],
    ['gs', '1C 21 0C', 1, 1],
    ['fs', '1D 21 11', 1, 2],
    ['fs', '1C 21 0C', 2, 1],
    ['fs', '1C 57 01', 2, 1],
    ['both', '1D 21 11 1C 21 04', 2, 2],
    ['both', '1C 21 0C 1D 21 00', 1, 1],
  ] as const)('sizes hanzi by %s: %s makes them %i, ASCII %i wide', (by, command, hanzi, ascii) => {
    const paper = print(`${command} D6 D0 'a' 0A`, { hanziSizeBy: by })
    expect(paper.glyphs.map((glyph) => glyph.style.width)).toEqual([hanzi, ascii])
  })

  it('underlines hanzi by FS -, ASCII by ESC -', () => {
    const underlines = (source: string) =>
      print(source).glyphs.map((glyph) => glyph.style.underline)
    expect(underlines("1C 2D 01 D6 D0 'a' 0A")).toEqual([1, 0])
    expect(underlines("1B 2D 02 D6 D0 'a' 0A")).toEqual([0, 2])
  })

  it('draws hanzi of its own (FS 2), and forgets them at ESC @', () => {
    const own = `1C 32 FE A1 ${'FF FF FF 00 00 00 '.repeat(12)}`
    const paper = print(`${own} FE A1 0A 1B 40 FE A1 0A`)
    expect(blackDots(paper, 0, 0, 24, 24)).toBe(288)
    expect(blackDots(paper, 0, 30, 24, 24)).not.toBe(288)
  })

  it('draws ASCII characters of its own (ESC &) while ESC % is on', () => {
    const own = `1B 26 03 41 41 0C ${'FF FF FF '.repeat(12)}`
    const paper = print(`${own} 1B 25 01 'A' 1B 25 00 'A' 0A`)
    expect(blackDots(paper, 0, 0, 12, 24)).toBe(288)
    expect(blackDots(paper, 12, 0, 12, 24)).toBeLessThan(150)
  })

  it('reads bytes of the code page that ESC t names', () => {
    expect(text(print('1C 2E 1B 74 10 80 E9 0A'))).toBe('€é')
    expect(
      text(print('1C 2E 1B 74 05 80 0A', { codePages: [{ number: 5, encoding: 'cp866' }] })),
    ).toBe('А')
    expect(noteCodes(print('1B 74 FA'))).toEqual(['CODE_PAGE_UNKNOWN'])
  })
})

describe('pictures', () => {
  it('prints a raster at the head and feeds its own height', () => {
    const paper = print("1D 76 30 00 02 00 03 00 FF 00 80 01 00 FF 'a' 0A")
    expect(
      paper.images.map(({ x, y, bitmap }) => [x, y, bitmap.widthDots, bitmap.heightDots]),
    ).toEqual([[0, 0, 16, 3]])
    expect(blackDots(paper, 0, 0, 16, 3)).toBe(18)
    expect(places(paper)).toEqual(['a@0,3'])
  })

  it('scales a raster both ways and aligns it', () => {
    const paper = print('1B 61 02 1D 76 30 03 01 00 02 00 80 01')
    expect(paper.images.map(({ x, scaleX, scaleY }) => [x, scaleX, scaleY])).toEqual([[560, 2, 2]])
    expect(blackDots(paper, 560, 0, 2, 2)).toBe(4)
    expect(blackDots(paper, 574, 2, 2, 2)).toBe(4)
    expect(paper.heightDots).toBe(4)
  })

  it('stands ESC * images in the line, in four densities', () => {
    const band = (m: string, data: string) => `1B 2A ${m} 01 00 ${data}`
    const paper = print(
      `'a' ${band('00', '80')} ${band('01', '80')} ${band('20', '80 00 00')} ${band('21', '80 00 00')} 'b' 0A`,
    )
    expect(paper.images.map(({ x, y, scaleX, scaleY }) => [x, y, scaleX, scaleY])).toEqual([
      [12, 0, 2, 3],
      [14, 0, 1, 3],
      [15, 0, 2, 1],
      [17, 0, 1, 1],
    ])
    expect(places(paper)).toEqual(['a@0,0', 'b@18,0'])
    expect(blackDots(paper, 12, 0, 6, 24)).toBe(6 + 3 + 2 + 1)
  })

  it('drops what lies right of the print area', () => {
    const paper = print(`1B 24 3C 02 1B 2A 21 0A 00 ${'FF FF FF '.repeat(10)} 0A`)
    expect(blackDots(paper, 572, 0, 4, 24)).toBe(96)
    expect(paper.images).toHaveLength(1)
    const wide = print(`1D 57 0C 00 1D 76 30 00 02 00 01 00 FF FF 0A`)
    expect(blackDots(wide, 0, 0, 576, 1)).toBe(12)
  })

  it('prints stored pictures: GS ( L, GS 8 L, GS *, FS q, NV graphics', () => {
    const stored = '30 70 30 02 01 31 08 00 01 00 F0'
    expect(print(`1D 28 4C 0B 00 ${stored} 1D 28 4C 02 00 30 32`).images[0]).toMatchObject({
      scaleX: 2,
      scaleY: 1,
    })
    const long = print(`1D 38 4C 0B 00 00 00 ${stored} 1D 28 4C 02 00 30 32`)
    expect(blackDots(long, 0, 0, 16, 1)).toBe(8)
    const columns = '80 40 20 10 08 04 02 01'
    const diagonal = (source: string) => {
      const paper = print(source)
      return Array.from({ length: 8 }, (_, i) => dotAt(paper.bitmap, i, i)).every(Boolean)
    }
    expect(diagonal(`1D 2A 01 01 ${columns} 1D 2F 00`)).toBe(true)
    expect(diagonal(`1C 71 01 01 00 01 00 ${columns} 1C 70 01 00`)).toBe(true)
    const nv = `1D 28 4C 13 00 30 43 30 4B 31 01 08 00 08 00 31 ${columns}`
    expect(diagonal(`${nv} 1B 40 1D 28 4C 06 00 30 45 4B 31 01 01`)).toBe(true)
    expect(noteCodes(print('1C 70 01 00'))).toEqual(['PICTURE_MISSING'])
  })
})

describe('QR codes', () => {
  const store = "1D 28 6B 07 00 31 50 30 '1234'"
  const show = '1D 28 6B 03 00 31 51 30'

  it('prints on rows of its own, aligned', () => {
    const paper = print(`1B 61 01 1D 28 6B 03 00 31 43 04 ${store} ${show} 'a' 0A`)
    expect(paper.symbols).toEqual([
      { kind: 'qr', data: '1234', x: 246, y: 0, widthDots: 84, heightDots: 84, offset: 23 },
    ])
    expect(places(paper)).toEqual(['a@282,84'])
  })

  it('keeps its data until ESC @, and is not printed where it does not fit', () => {
    expect(print(`${store} ${show} ${show}`).symbols).toHaveLength(2)
    expect(noteCodes(print(`${store} 1B 40 ${show}`))).toEqual(['SYMBOL_NOT_PRINTED'])
    const wide = print(`1D 57 30 00 ${store} ${show}`)
    expect(wide.symbols).toEqual([])
    expect(noteCodes(wide)).toEqual(['SYMBOL_TOO_WIDE'])
  })

  it('reads ESC Z of clones, and UTF-8', () => {
    const paper = print('1B 5A 00 4D 03 06 00 E5 BE AE E4 BF A1')
    expect(paper.symbols.map(({ kind, data }) => [kind, data])).toEqual([
      ['qr', '微信'.slice(0, 2)],
    ])
  })
})

describe('device', () => {
  it('cuts behind the head: at the text without a feed, below it with one', () => {
    const paper = print("'a' 0A 1D 56 42 0A 'b' 0A 1D 56 00 1B 69 1B 6D")
    expect(paper.cuts.map(({ mode, y }) => [mode, y])).toEqual([
      ['partial', 40],
      ['full', 70],
      ['full', 70],
      ['partial', 70],
    ])
    expect(places(paper)).toEqual(['a@0,0', 'b@0,140'])
  })

  it('logs drawer pulses with their times', () => {
    expect(print('1B 70 00 19 FA 1B 70 31 01 02 10 14 01 01 03').pulses).toEqual([
      { pin: 2, onMs: 50, offMs: 500, offset: 0 },
      { pin: 5, onMs: 2, offMs: 4, offset: 5 },
      { pin: 5, onMs: 300, offMs: 300, offset: 10 },
    ])
  })

  it('counts the answers that it would send', () => {
    expect(print('10 04 01 10 04 04 1D 72 01 1D 49 43 10 14 07 01 1D 61 FF 1D 61 00').replies).toBe(
      6,
    )
  })

  it('keeps unknown bytes with their offset', () => {
    const { unknown } = print("'a' 0A 1B 01 'b' 0A 1D 28 7A 02 00 01 02")
    expect(unknown.map(({ offset, bytes: kept }) => [offset, [...kept]])).toEqual([
      [2, [0x1b, 0x01]],
      [6, [0x1d, 0x28, 0x7a, 0x02, 0x00, 0x01, 0x02]],
    ])
  })
})

describe('page mode', () => {
  it('prints text and pictures where the page has them, at FF', () => {
    const area = '1B 57 0A 00 14 00 C8 00 64 00'
    const page = `'top' 0A 1B 4C ${area} 'a' 0A 1D 24 32 00 'b' 0C 'c' 0A`
    expect(places(print(page))).toEqual([
      't@0,0',
      'o@12,0',
      'p@24,0',
      'a@10,50',
      'b@10,79',
      'c@0,150',
    ])
  })

  it('drops the page at ESC S and ESC @, and notes one that never printed', () => {
    expect(places(print("1B 4C 'a' 0A 1B 53 'b' 0A"))).toEqual(['b@0,0'])
    expect(places(print("1B 4C 'a' 0A 1B 40 'b' 0A"))).toEqual(['b@0,0'])
    expect(noteCodes(print("1B 4C 'a' 0A"))).toEqual(['PAGE_NOT_PRINTED'])
  })
})

describe('any bytes', () => {
  it('prints alike wherever the stream is cut', () => {
    const stream = bytes(
      "1B 40 'A' D6 D0 81 30 1C 2E E9 0A 1B 61 01 1D 21 11 BA C3 0A 1D 76 30 00 01 00 02 00 FF 81" +
        "1B 2A 21 02 00 FF 00 FF 01 02 03 0A 1D 28 6B 07 00 31 50 30 '1234' 1D 28 6B 03 00 31 51 30 1D 56 42 05",
    )
    const expected = asText(print(stream))
    for (let at = 1; at < stream.length; at++) {
      const printer = new VirtualPrinter({ profile: profile80 })
      printer.write(stream.subarray(0, at))
      printer.write(stream.subarray(at))
      expect(asText(printer.end())).toBe(expected)
    }
    const printer = new VirtualPrinter({ profile: profile80 })
    for (const byte of stream) printer.write(Uint8Array.of(byte))
    expect(asText(printer.end())).toBe(expected)
  })

  it('never throws, and keeps everything inside the paper', () => {
    const lead = fc.constantFrom(0x1b, 0x1c, 0x1d, 0x10, 0x0a)
    const second = fc.integer({ min: 0x20, max: 0x7e })
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      lead,
      second,
      fc.constantFrom(0, 1, 2, 48),
    )
    const zone = fc.constantFrom('none', 'gb2312', 'gbk', 'gb18030')
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 400 }), zone, (input, charset) => {
        const paper = print(Uint8Array.from(input), { charset })
        expect(paper.bitmap.data.length).toBe(paper.heightDots * 72)
        for (const cut of paper.cuts) expect(cut.y).toBeLessThanOrEqual(paper.heightDots)
      }),
      { numRuns: 1000, seed: 20240618 },
    )
  })

  it('ends the paper instead of eating memory without end', () => {
    const paper = print('1B 64 FF'.repeat(40))
    expect(paper.heightDots).toBe(200_000)
    expect(noteCodes(paper)).toEqual(['PAPER_END'])
    const raster = print(`1D 76 30 03 01 00 02 00 FF FF ${'1B 64 FF '.repeat(40)} 'a' 0A`)
    // What lies beyond the paper is neither printed nor kept.
    expect([raster.images.length, raster.glyphs]).toEqual([1, []])
  })
})
