import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import {
  decodeSummary,
  type PngOptions,
  papersByCut,
  paperToJson,
  paperToPng,
  paperToSvg,
  paperToText,
} from '../../src/entries/emulator.js'
import { hashOfBitmap } from '../../src/model/logo.js'
import { print } from './helpers.js'

describe('paperToPng', () => {
  it('has one bit per dot, black on white', () => {
    const paper = print('1D 76 30 00 01 00 02 00 F0 01', { widthDots: 16 })
    const png = decode(paperToPng(paper))
    expect([png.width, png.height, png.depth, png.channels]).toEqual([16, 2, 1, 1])
    expect([...png.data]).toEqual([0x0f, 0xff, 0xfe, 0xff])
  })

  it('takes a margin and a scale', () => {
    const paper = print('1D 76 30 00 01 00 01 00 81', { widthDots: 8 })
    const png = decode(paperToPng(paper, { marginDots: 4, scale: 2 }))
    expect([png.width, png.height]).toEqual([32, 18])
    expect([...png.data.subarray(8 * 4, 9 * 4)]).toEqual([0xff, 0x3f, 0xfc, 0xff])
  })

  it('makes an empty paper one white row', () => {
    const png = decode(paperToPng(print('', { widthDots: 8 })))
    expect([png.width, png.height, [...png.data]]).toEqual([8, 1, [0xff]])
  })
})

describe('paperToPng with edges and marks', () => {
  /** Two rows, a partial cut after the first one, a full cut at the end. */
  const source =
    '1D 76 30 00 02 00 01 00 FF FF 1D 56 42 00 1D 76 30 00 02 00 01 00 80 01 1D 56 41 00'
  const paper = print(source, { widthDots: 16, headToCutterDots: 0 })
  const coloursOf = (options: PngOptions) => {
    const { width, height, data, palette = [] } = decode(paperToPng(paper, options))
    const rows = Array.from({ length: height }, (_, y) =>
      Array.from(data.subarray(y * width, (y + 1) * width), (index) => palette[index]?.[0]),
    )
    return { width, height, rows }
  }

  it('marks leave the dots where they are, beside room for the scissors', () => {
    const { width, height, rows } = coloursOf({ marks: true })
    expect([width, height]).toEqual([40 + 16, 3])
    expect(rows[0]?.slice(40)).toEqual(Array(16).fill(0))
    // The last cut is full: dashes over the whole width, eight dots on and six off, two dots thick, behind what is printed.
    const dashes = [...Array(8).fill(128), ...Array(6).fill(255), 128, 128]
    expect(rows[1]?.slice(40)).toEqual([0, ...dashes.slice(1, 15), 0])
    expect(rows[2]?.slice(40)).toEqual(dashes)
  })

  it('torn pieces are apart; where the cut is partial a bridge holds them', () => {
    const wide = print(source, { widthDots: 96, headToCutterDots: 0 })
    const { width, data } = decode(paperToPng(wide, { edge: true, marginDots: 0 }))
    expect(width).toBe(96 + 2 * 40)
    const at = (x: number, y: number) => data[y * width + 40 + x]
    // Row 24 is the first row of paper, row 25 the gap's first, its middle row 37.
    expect([at(0, 24), at(15, 24), at(16, 24)]).toEqual([1, 1, 0])
    expect([at(4, 37), at(48, 37), at(91, 37)]).toEqual([3, 0, 3])
    const second = 24 + 1 + 24
    expect([at(0, second), at(15, second), at(7, second)]).toEqual([1, 1, 0])
    // The full cut below it leaves nothing.
    expect(at(48, second + 1 + 12)).toBe(3)
  })

  it('a scale makes each pixel a square', () => {
    const once = decode(paperToPng(paper, { edge: true, marks: true }))
    const thrice = decode(paperToPng(paper, { edge: true, marks: true, scale: 3 }))
    expect([thrice.width, thrice.height]).toEqual([once.width * 3, once.height * 3])
    for (let y = 0; y < thrice.height; y++) {
      for (let x = 0; x < thrice.width; x++) {
        const from = Math.floor(y / 3) * once.width + Math.floor(x / 3)
        if (thrice.data[y * thrice.width + x] !== once.data[from]) expect([x, y]).toBe('the same')
      }
    }
  })
})

describe('paperToSvg', () => {
  const paper = print('1D 76 30 00 01 00 01 00 B1 1D 56 42 00', {
    widthDots: 8,
    headToCutterDots: 4,
  })

  it('draws the black runs', () => {
    expect(paperToSvg(paper)).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5" shape-rendering="crispEdges">',
        '<rect width="8" height="5" fill="#fff"/>',
        '<path d="M0 0h1v1h-1zM2 0h2v1h-2zM7 0h1v1h-1z" fill="#000"/>',
        '</svg>\n',
      ].join('\n'),
    )
  })

  it('takes the size of its pixels, edges and marks', () => {
    const svg = paperToSvg(paper, { scale: 2, edge: true, marks: true })
    // The paper with 24 dots of margin, 40 of desk on each side, and a gap above and at the cut.
    expect(svg).toContain(
      `viewBox="0 0 ${8 + 48 + 80} ${24 + 1 + 24 + 4}" width="272" height="106"`,
    )
    expect(svg).toContain('transform="translate(64 24)"')
    expect(svg).toContain('d="M40 37H56M80 37H96" stroke="#808080"')
  })
})

describe('papersByCut', () => {
  it('gives each piece its rows and its part of the log', () => {
    const picture = '1D 76 30 00 01 00 02 00 FF 01'
    const qr = "1D 28 6B 05 00 31 50 30 'ab' 1D 28 6B 03 00 31 51 30"
    const paper = print(
      `1D 72 01 'one' 0A 1B 70 00 19 19 ${picture} 1B 64 04 1D 56 01 'two' 0A 1B 01 'three' 0A ${qr} 1D 56 42 00 1B 70 01 19 19`,
    )
    const [first, second, ...more] = papersByCut(paper)
    if (first === undefined || second === undefined) throw new Error('two papers are expected')
    expect(more).toEqual([])
    // 30 + 2 + 120 dots, less the 100 between head and cutter.
    expect([first.heightDots, second.heightDots]).toEqual([52, paper.heightDots - 52 - 100])
    expect(first.cuts).toEqual([{ mode: 'partial', y: 52, offset: 25 }])
    expect(second.cuts).toMatchObject([{ mode: 'partial', y: second.heightDots }])
    expect([paperToText(first), paperToText(second)]).toEqual(['one', 'two\nthree'])
    expect(second.glyphs[0]).toMatchObject({ text: 't', y: 100, offset: 28 })
    expect(second.lines.map(({ y, from, to }) => [y, from, to])).toEqual([
      [100, 0, 3],
      [130, 3, 8],
    ])
    expect([first.images.length, second.images.length]).toEqual([1, 0])
    expect([first.symbols.length, second.symbols]).toMatchObject([0, [{ data: 'ab', y: 160 }]])
    // The drawer that is opened after the last cut belongs to the last paper.
    expect([first.pulses, second.pulses]).toMatchObject([[{ pin: 2 }], [{ pin: 5 }]])
    expect([first.unknown, second.unknown]).toMatchObject([[], [{ offset: 32 }]])
    expect([first.replies, second.replies]).toEqual([1, 0])
    const rows = [first, second].flatMap(({ bitmap }) => [...bitmap.data])
    expect(rows).toEqual([...paper.bitmap.data.subarray(0, rows.length)])
  })

  it('keeps what stands after the last cut, unless it is white', () => {
    const cut = '1D 56 42 00'
    expect(papersByCut(print(`'a' 0A ${cut}`)).length).toBe(1)
    expect(papersByCut(print(`'a' 0A ${cut} 'b' 0A`)).map((paper) => paperToText(paper))).toEqual([
      'a',
      'b',
    ])
    expect(papersByCut(print("'a' 0A"))[0]).toEqual(print("'a' 0A"))
    // Cuts at one row make one paper, and both are on it.
    const [paper, ...more] = papersByCut(print(`'a' 0A ${cut} 1D 56 00`))
    expect([paper?.cuts.map(({ mode }) => mode), more]).toEqual([['partial', 'full'], []])
  })
})

describe('paperToJson', () => {
  const paper = print("'a' 0A 1D 76 30 00 01 00 01 00 81 1B 01", { widthDots: 16 })

  it('says all of the paper in plain values', () => {
    const json = paperToJson(paper)
    expect(JSON.parse(JSON.stringify(json))).toEqual(json)
    expect(json).toMatchObject({
      bitmap: { widthDots: 16, heightDots: 31, hash: hashOfBitmap(paper.bitmap) },
      glyphs: [{ text: 'a', x: 0, y: 0, offset: 0, style: { bold: false } }],
      images: [{ y: 30, bitmap: { widthDots: 8, heightDots: 1 } }],
      unknown: [{ offset: 11, hex: '1B 01' }],
    })
    expect(Object.keys(json).sort()).toEqual(Object.keys(paper).sort())
  })

  it.each([1, 2, 3])('gives the dots of %i bytes on request, in base64', (rows) => {
    const data = '81 42 24'.slice(0, rows * 3)
    const { images } = print(`1D 76 30 00 01 00 0${rows} 00 ${data}`)
    const [image] = paperToJson({ ...paper, images }, { dots: true }).images
    expect(image?.bitmap.data).toBe(Buffer.from(images[0]?.bitmap.data ?? []).toString('base64'))
  })
})

describe('paperToText', () => {
  it('makes gaps blanks, and leaves out rows of images', () => {
    const source =
      "'a b' 1B 24 64 00 'c' 1B 5C 01 00 'd' 0A 1B 2A 21 01 00 FF FF FF 0A 1D 76 30 00 01 00 01 00 FF 0A 1B 61 01 BA CF BC C6 0A"
    expect(paperToText(print(source))).toBe(`a b     c d\n${' '.repeat(22)}合计`)
  })

  it('reads turned lines as they read', () => {
    expect(paperToText(print("1B 7B 01 'ab c' 0A"))).toBe('ab c')
    const page = (direction: number) => `1B 4C 1B 54 0${direction} 'a b' 1B 24 64 00 'c' 0A 0C`
    for (const direction of [0, 1, 2, 3]) {
      expect(paperToText(print(page(direction))).trim()).toBe('a b     c')
    }
  })

  it('shows lines as they were wrapped, or joins them', () => {
    const paper = print("1D 57 3C 00 'one two' 0A 'x' 0A")
    expect(paperToText(paper)).toBe('one t\nwo\nx')
    expect(paperToText(paper, { joinWrapped: true })).toBe('one two\nx')
    const blank = print("1D 57 30 00 'one two' 0A")
    expect(paperToText(blank, { joinWrapped: true })).toBe('one two')
  })
})

describe('decodeSummary', () => {
  it('says what a stream printed, in plain values', () => {
    const band = '1B 2A 21 02 00 FF FF FF FF FF FF'
    const raster = '1D 76 30 00 01 00 04 00 FF FF FF FF'
    const stream = `1B 40 'Total' 0A 1B 33 10 ${band} 0A ${band} 0A ${band} 0A 0A ${raster} ${raster} 0A ${raster} 1B 70 00 19 19 1D 72 01 1B 01 1D 56 00`
    expect(decodeSummary(print(stream))).toEqual({
      text: 'Total',
      symbols: [],
      images: [
        { widthDots: 2, heightDots: 72 },
        { widthDots: 8, heightDots: 8 },
        { widthDots: 8, heightDots: 4 },
      ],
      cuts: 1,
      pulses: 1,
      replies: 1,
      unknown: [{ offset: 93, hex: '1B 01' }],
      notes: [],
      paper: { widthDots: 576, heightDots: 146 },
    })
  })
})
