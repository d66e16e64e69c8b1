import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { decodeSummary, paperToPng, paperToSvg, paperToText } from '../../src/emulator/index.js'
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

describe('paperToSvg', () => {
  it('draws the black runs and the cuts', () => {
    const paper = print('1D 76 30 00 01 00 01 00 B1 1D 56 42 00', {
      widthDots: 8,
      headToCutterDots: 4,
    })
    expect(paperToSvg(paper)).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5" shape-rendering="crispEdges">',
        '<rect width="8" height="5" fill="#fff"/>',
        '<path d="M0 0h1v1h-1zM2 0h2v1h-2zM7 0h1v1h-1z" fill="#000"/>',
        '<path d="M0 1h8" stroke="#999" stroke-dasharray="8 6" fill="none"/>',
        '</svg>\n',
      ].join('\n'),
    )
  })
})

describe('paperToText', () => {
  it('makes gaps blanks, and leaves out rows of images', () => {
    const source =
      "'a b' 1B 24 64 00 'c' 1B 5C 01 00 'd' 0A 1B 2A 21 01 00 FF FF FF 0A 1D 76 30 00 01 00 01 00 FF 0A 1B 61 01 BA CF BC C6 0A"
    expect(paperToText(print(source))).toBe(`a b     c d\n${' '.repeat(22)}合计`)
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
      paper: { widthDots: 576, heightDots: 146 },
    })
  })
})
