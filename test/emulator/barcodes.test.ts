import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { paperToPng, paperToText } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { print } from './helpers.js'

/** Symbologies by their type of function B, data as sent, data as scanned. */
const cases: readonly [kind: string, m: string, data: string, scanned: string][] = [
  ['upca', '41', "'01234567890'", '012345678905'],
  ['upce', '42', "'0425261'", '04252614'],
  ['upce', '42', "'04210000526'", '04252614'],
  ['ean13', '43', "'690123456789'", '6901234567892'],
  ['ean13', '43', "'4006381333931'", '4006381333931'],
  ['ean8', '44', "'9638507'", '96385074'],
  ['code39', '45', "'*ABC-123 $/+%.*'", 'ABC-123 $/+%.'],
  ['itf', '46', "'1234567890'", '1234567890'],
  ['codabar', '47', "'A012345$:/.+67B'", 'A012345$:/.+67B'],
  ['code93', '48', "'Abc 93-~@[`{' 0D 00 3B 3F", 'Abc 93-~@[`{\r\0;?'],
  ['code128', '49', "'{BNo. {{12' 7B 'C' 0C 22 63 '{A' 'AB' 01", 'No. {12123499AB\u0001'],
  ['code128', '49', "'{C' 00 01 02 2D", '00010245'],
  ['code128', '4F', "'plain 42'", 'plain 42'],
  ['gs1-128', '4A', "'(01)0952123454321*(10)A1'", '(01)09521234543213(10)A1'],
  ['gs1-128', '4A', "'10A1{1' '15261123'", '(10)A1(15)261123'],
  ['databar', '4B', "'0952123454321'", '(01)09521234543213'],
  ['databar-truncated', '4C', "'0952123454321'", '(01)09521234543213'],
  ['databar-limited', '4D', "'0952123454321'", '(01)09521234543213'],
  ['databar-expanded', '4E', "'0109521234543213' '10ABC'", '(01)09521234543213(10)ABC'],
]

beforeAll(async () => {
  const wasm = readFileSync(
    new URL('../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url),
  )
  await prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer as ArrayBuffer },
    fireImmediately: true,
  })
})

function bar(m: string, data: string): string {
  const length = (data.match(/'[^']*'|[0-9A-Fa-f]{2}/g) ?? []).reduce(
    (sum, part) => sum + (part.startsWith("'") ? part.length - 2 : 1),
    0,
  )
  return `1D 77 02 1D 6B ${m} ${length.toString(16).padStart(2, '0')} ${data}`
}

describe('barcodes', () => {
  it.each(cases)('%s %s %s is logged and scans as %s', async (kind, m, data, scanned) => {
    const paper = print(`1B 40 1B 61 01 ${bar(m, data)} 0A`)
    expect(paper.notes).toEqual([])
    expect(paper.symbols.map((symbol) => [symbol.kind, symbol.data])).toEqual([[kind, scanned]])
    const png = paperToPng(paper, { marginDots: 40, scale: 2 })
    const textMode = /^gs1|^databar/.test(kind) ? 'HRI' : 'Plain'
    const [found] = await readBarcodes(png, { tryHarder: true, textMode })
    const number = kind === 'upce' ? '042100005264' : scanned
    // The scanner gives UPC as the EAN-13 that it is.
    expect(found?.text).toBe(kind.startsWith('upc') ? `0${number}` : number)
  })

  it('stands centred on rows of its own, as high as GS h says, with its text below', () => {
    const paper = print(`1B 40 1B 61 01 1D 68 50 1D 48 02 ${bar('44', "'9638507'")} 'A' 0A`)
    expect(paper.symbols).toEqual([
      { kind: 'ean8', data: '96385074', x: 221, y: 0, widthDots: 134, heightDots: 104, offset: 14 },
    ])
    expect(paper.glyphs.map(({ text, x, y }) => [text, x, y])).toEqual([['A', 282, 104]])
  })

  /** What is printed of a barcode that is none: notes, rows fed, and its data as text. */
  const wrong = (source: string) => {
    const { notes, symbols, glyphs, heightDots } = print(`1B 40 1D 68 40 ${source} 0A`)
    expect(symbols).toEqual([])
    expect(notes.map((note) => note.code)).toEqual(['SYMBOL_NOT_PRINTED'])
    return [heightDots, glyphs.map((glyph) => glyph.text).join('')]
  }

  it('prints data of a wrong number as text, where they are counted', () => {
    expect(wrong(bar('43', "'12AB'"))).toEqual([30, '12AB'])
    expect(wrong(bar('41', "'1234567890123'"))).toEqual([30, '1234567890123'])
  })

  it('ignores too few of function A, and prints too many as text after the bars', () => {
    expect(wrong("1D 6B 02 '123' 00")).toEqual([30, ''])
    const paper = print("1B 40 1D 68 40 1D 6B 02 '400638133393178' 00 0A")
    expect(paper.symbols.map(({ data }) => data)).toEqual(['4006381333931'])
    expect(paper.glyphs.map(({ text, y }) => [text, y])).toEqual([
      ['7', 64],
      ['8', 64],
    ])
  })

  it('feeds the height of the bars at a character that there is none of, and prints the rest as text', () => {
    expect(wrong(bar('43', "'69012X456789'"))).toEqual([94, '456789'])
    expect(wrong("1D 6B 04 'ABcD' 00")).toEqual([94, 'D'])
  })

  it('drops the last of an odd number of ITF digits in function A; function B is cancelled', () => {
    const data = (source: string) => print(`1B 40 ${source}`).symbols.map((one) => one.data)
    expect(data("1D 6B 05 '12345' 00")).toEqual(['1234'])
    const { symbols, glyphs } = print("1B 40 1D 6B 46 03 '123Y' 0A")
    expect([symbols, glyphs.map(({ text }) => text).join('')]).toEqual([[], '123Y'])
  })

  it('function A without a NUL ends where its symbology ends, and what follows is normal data', () => {
    const ean13 = print("1B 40 1D 6B 02 '4007817327098' 0A 0A 0A 1D 56 00")
    expect(ean13.symbols).toMatchObject([{ kind: 'ean13', data: '4007817327098' }])
    expect(ean13.cuts).toHaveLength(1)
    const ean8 = print("1B 40 1D 6B 03 '12345670' 0A 'TOTAL 9.00' 0A 1D 56 01")
    expect(ean8.symbols).toMatchObject([{ kind: 'ean8', data: '12345670' }])
    expect(paperToText(ean8)).toBe('TOTAL 9.00')
    expect(ean8.cuts).toHaveLength(1)
    // A byte that the symbology does not have: the paper is fed, and a command that begins there is not lost.
    const cut = print("1B 40 1D 68 28 1D 6B 05 '1234' 0A 'TOTAL' 0A 1D 56 00")
    expect([cut.symbols, cut.notes.map(({ code }) => code)]).toEqual([[], ['SYMBOL_NOT_PRINTED']])
    expect([paperToText(cut), cut.cuts.length]).toEqual(['TOTAL', 1])
    expect(print("1B 40 1D 6B 02 '4007817327098'").symbols).toHaveLength(1)
  })

  it('a star inside CODE39 is its stop; stars at the ends are read by people only', () => {
    for (const source of ["1D 6B 04 'AB*CD' 00 'X' 0A", "1D 6B 45 05 'AB*CD' 'X' 0A"]) {
      const { symbols, glyphs } = print(`1B 40 ${source}`)
      expect(symbols).toMatchObject([{ kind: 'code39', data: 'AB' }])
      expect(glyphs.map(({ text }) => text).join('')).toBe('CDX')
    }
    const widthOf = (hri: string, data: string) =>
      print(`1B 40 1D 77 01 1D 48 ${hri} 1D 6B 04 ${data} 00`).symbols[0]?.widthDots
    // Eight characters of Font A are wider than the bars, and their stars too.
    expect(widthOf('02', "'*A*'")).toBe(Math.max(widthOf('00', "'A'") ?? 0, 36))
  })

  it('feeds the height of bars that are too wide', () => {
    const paper = print(`1B 40 1D 68 40 1D 57 30 00 ${bar('43', "'690123456789'")}`)
    expect(paper.symbols).toEqual([])
    expect([paper.notes.map((note) => note.code), paper.heightDots]).toEqual([
      ['SYMBOL_TOO_WIDE'],
      64,
    ])
  })

  it('has text above, below and on both sides, in the fonts', () => {
    const dots = (source: string) => {
      const paper = print(`1B 40 1D 68 40 ${source} ${bar('44', "'9638507'")}`)
      return { paper, height: paper.symbols[0]?.heightDots }
    }
    const ink = (paper: ReturnType<typeof print>, from: number, to: number) => {
      let black = 0
      for (let y = from; y < to; y++) {
        for (let x = 0; x < 134; x++) if (dotAt(paper.bitmap, x, y)) black++
      }
      return black
    }
    expect(dots('1D 48 00').height).toBe(64)
    const above = dots('1D 48 31 1D 66 01')
    expect(above.height).toBe(64 + 17)
    expect(ink(above.paper, 0, 17)).toBeGreaterThan(100)
    const both = dots('1D 48 03 1D 66 00')
    expect(both.height).toBe(64 + 48)
    expect(ink(both.paper, 0, 24)).toBe(ink(both.paper, 88, 112))
    expect(ink(both.paper, 24, 25)).toBe(ink(both.paper, 87, 88))
  })

  it('stands in the line of page mode with its text under the line', () => {
    const area = '1B 4C 1B 57 00 00 00 00 40 02 C8 00'
    const paper = print(
      `1B 40 1D 68 40 1D 48 02 ${area} 1D 24 64 00 'A' ${bar('44', "'9638507'")} 'B' 0C`,
    )
    expect(paper.symbols[0]).toMatchObject({ x: 12, y: 36, widthDots: 134, heightDots: 88 })
    expect(paper.glyphs.map(({ text, x, y }) => [text, x, y])).toEqual([
      ['A', 0, 79],
      ['B', 146, 79],
    ])
  })

  it('turns with ESC {', () => {
    const plain = print(`1B 40 ${bar('44', "'9638507'")}`)
    const turned = print(`1B 40 1B 7B 01 ${bar('44', "'9638507'")}`)
    expect(turned.symbols[0]).toMatchObject({ x: 576 - 134, y: 0 })
    for (let x = 0; x < 134; x++) {
      expect(dotAt(turned.bitmap, 575 - x, 5)).toBe(dotAt(plain.bitmap, x, 5))
    }
  })
})
