/** Where things stand: tabs, feeds, units, cuts and pictures, by places and dots. */
import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { places, print } from './helpers.js'

const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)

function dots(paper: Paper, x: number, y: number, width: number, height: number): string[] {
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, at) =>
      dotAt(paper.bitmap, x + at, y + row) ? '#' : '.',
    ).join(''),
  )
}

describe('tabs', () => {
  it('stand at every 8th character of Font A, whatever the font', () => {
    expect(places(print("09 'a' 09 'b' 1B 4D 01 09 'c' 0A"))).toEqual([
      'a@96,0',
      'b@192,0',
      'c@288,7 9x17',
    ])
  })

  it('are cleared by ESC D NUL, and end where one is not beyond the last', () => {
    expect(places(print("1B 44 00 'a' 09 'b' 0A"))).toEqual(['a@0,0', 'b@12,0'])
    expect(places(print("1B 44 04 08 08 0C 00 09 'a' 09 'b' 09 'c' 0A"))).toEqual([
      'a@48,0',
      'b@96,0',
      'c@108,0',
    ])
  })

  it('count characters as wide as they are when ESC D comes', () => {
    expect(places(print("1B 20 02 1D 21 10 1B 44 02 00 1D 21 00 09 'a' 0A"))).toEqual(['a@56,0'])
  })

  it('beyond the print area go to its end, and the next one to the next line', () => {
    expect(places(print("1D 57 C8 00 1B 44 02 1E 00 'a' 09 'b' 09 09 'c' 0A"))).toEqual([
      'a@0,0',
      'b@24,0',
      'c@24,30',
    ])
  })
})

describe('pictures on rows of their own', () => {
  const raster = '1D 76 30 00 02 00 04 00 FF FF FF FF FF FF FF FF'

  it('begin where ESC $, ESC \\, HT, GS L and ESC a put them, and no empty line is fed', () => {
    const images = (source: string) => print(source).images.map(({ x, y }) => [x, y])
    expect(images(`'AB' 0A 1B 24 64 00 ${raster}`)).toEqual([[100, 30]])
    expect(images(`1B 24 64 00 1B 5C 0A 00 ${raster} ${raster}`)).toEqual([
      [110, 0],
      [0, 4],
    ])
    expect(images(`09 ${raster}`)).toEqual([[96, 0]])
    expect(images(`1D 4C 32 00 1B 24 64 00 ${raster}`)).toEqual([[150, 0]])
    expect(images(`1B 61 01 ${raster} 1B 24 64 00 ${raster}`)).toEqual([
      [280, 0],
      [330, 4],
    ])
    // Text before it is printed first, and the next line begins at the left.
    expect(images(`'AB' 1B 24 64 00 ${raster}`)).toEqual([[0, 30]])
    expect(places(print(`1B 24 64 00 ${raster} 'a' 0A`))).toEqual(['a@0,4'])
  })

  it('lose the dots beyond the print area', () => {
    const { images, bitmap } = print(`1D 57 28 00 1B 24 1E 00 ${raster}`)
    expect([images[0]?.x, dotAt(bitmap, 39, 0), dotAt(bitmap, 40, 0)]).toEqual([30, true, false])
  })
})

describe('feeds and units', () => {
  it('ESC e goes back by lines, ESC J, ESC K, ESC 3 count in units of GS P', () => {
    expect(places(print("'a' 0A 'b' 0A 1B 65 02 'c' 0A"))).toEqual(['a@0,0', 'b@0,30', 'c@0,0'])
    // Half dots.
    const half = '1D 50 00 CB'
    expect(places(print(`${half} 'a' 1B 4A 50 'b' 1B 33 3C 0A 'c' 0A 1B 4B 14 'd' 0A`))).toEqual([
      'a@0,0',
      'b@0,80',
      'c@0,140',
      'd@0,180',
    ])
    expect(places(print("1D 50 00 65 1B 33 1E 'a' 0A 1D 50 00 00 1B 32 'b' 0A 'c' 0A"))).toEqual([
      'a@0,0',
      'b@0,60',
      'c@0,90',
    ])
  })

  it('GS L and GS W work at the start of a line, and stay on the paper', () => {
    expect(places(print("'a' 1D 4C 64 00 'b' 0A 'c' 1D 57 0C 00 0A 'de' 0A"))).toEqual([
      'a@0,0',
      'b@12,0',
      'c@0,30',
      'd@0,60',
      'e@12,60',
    ])
    const wide = print("1D 4C 32 00 1D 57 FF FF 1B 61 02 'a' 0A")
    expect(places(wide)).toEqual(['a@564,0'])
  })

  it('ESC a stands before ESC { on the other side', () => {
    expect(places(print("1B 7B 01 1B 61 02 'ab' 0A 1B 61 01 'ab' 0A"))).toEqual([
      'a@12,0',
      'b@0,0',
      'a@288,30',
      'b@276,30',
    ])
  })
})

describe('cuts', () => {
  const cuts = (source: string) => {
    const paper = print(`${source} 1B 40`)
    return [paper.cuts.map(({ mode, y }) => [mode, y]), paper.heightDots]
  }

  it('GS V 0, 1, 48, 49, ESC i and ESC m cut where the paper stands', () => {
    const feed = '1B 4A C8'
    expect(cuts(`${feed} 1D 56 00 1D 56 31 1B 69 1B 6D 1D 56 30 1D 56 01`)).toEqual([
      [
        ['full', 100],
        ['partial', 100],
        ['full', 100],
        ['partial', 100],
        ['full', 100],
        ['partial', 100],
      ],
      200,
    ])
  })

  it('65 and 66 feed to the cutter and n more', () => {
    expect(cuts("'a' 0A 1D 56 41 00 'b' 0A 1D 56 42 14")).toEqual([
      [
        ['full', 30],
        ['partial', 180],
      ],
      280,
    ])
  })

  it('97 and 98 cut when the paper has come to the cutter', () => {
    expect(cuts("'a' 0A 1D 56 61 0A 'b' 0A 'c' 0A 'd' 0A")).toEqual([[], 120])
    expect(cuts("'a' 0A 1D 56 62 0A 'b' 0A 'c' 0A 'd' 0A 'e' 0A")).toEqual([[['partial', 40]], 150])
  })

  it('103 and 104 feed back to the head, so that the next print begins at the edge', () => {
    const paper = print("'a' 0A 1D 56 67 0A 'b' 0A 1D 56 68 00 'c' 0A")
    expect(paper.cuts.map(({ mode, y }) => [mode, y])).toEqual([
      ['full', 40],
      ['partial', 70],
    ])
    expect(places(paper)).toEqual(['a@0,0', 'b@0,40', 'c@0,70'])
  })
})

describe('pictures', () => {
  const square = '80 40 20 10 08 04 02 01'

  it('GS / prints in four sizes, turned with ESC {', () => {
    const sizes = ['00', '31', '02', '33'].map((m) => {
      const { images } = print(`1D 2A 01 01 ${square} 1D 2F ${m}`)
      return images.map(({ scaleX, scaleY }) => [scaleX, scaleY])
    })
    expect(sizes).toEqual([[[1, 1]], [[2, 1]], [[1, 2]], [[2, 2]]])
    const turned = print(`1D 2A 01 01 C0 ${square.slice(3)} 1B 7B 01 1D 2F 00`)
    // The second dot of the first column is the last but one of the last.
    expect(dots(turned, 568, 6, 8, 2)).toEqual(['......##', '.......#'])
  })

  it('FS p prints in four sizes and feeds its own height', () => {
    const nv = `1C 71 02 01 00 01 00 ${square} 01 00 02 00 ${'FF '.repeat(16)}`
    const paper = print(`${nv} 1C 70 02 33 1C 70 01 00 'a' 0A`)
    expect(paper.images.map(({ y, scaleX, scaleY }) => [y, scaleX, scaleY])).toEqual([
      [0, 2, 2],
      [32, 1, 1],
    ])
    expect(places(paper)).toEqual(['a@0,40'])
  })

  it('GS ( L prints colours on one another, and what is stored once', () => {
    const store = (c: string, data: string) =>
      `1D 28 4C 0B 00 30 70 30 01 01 ${c} 08 00 01 00 ${data}`
    const paper = print(
      `${store('31', 'F0')} ${store('32', '0F')} 1D 28 4C 02 00 30 02 1D 28 4C 02 00 30 32`,
    )
    expect(dots(paper, 0, 0, 8, 1)).toEqual(['########'])
    expect([paper.images.length, noteCodes(paper)]).toEqual([1, ['PICTURE_MISSING']])
  })

  it('GS ( L prints download graphics by key, in columns and rows, until they are deleted', () => {
    const raster = '1D 28 4C 0C 00 30 53 30 4B 31 01 08 00 01 00 31 AA'
    const columns = '1D 28 4C 0D 00 30 54 30 4B 32 01 02 00 08 00 31 FF 01'
    const show = (key: string) => `1D 28 4C 06 00 30 55 4B ${key} 02 01`
    const paper = print(
      `${raster} ${columns} ${show('31')} ${show('32')} 1D 28 4C 04 00 30 52 4B 31 ${show('31')}`,
    )
    expect(dots(paper, 0, 0, 16, 1)).toEqual(['##..##..##..##..'])
    expect(dots(paper, 0, 8, 4, 1)).toEqual(['####'])
    expect(noteCodes(paper)).toEqual(['PICTURE_MISSING'])
  })

  it('GS D reads a BMP of 1 bit, from the bottom row up', () => {
    const header =
      '42 4D 46 00 00 00 00 00 00 00 3E 00 00 00 28 00 00 00 08 00 00 00 02 00 00 00 01 00 01 00'
    const rest = `${'00 '.repeat(24)} 00 00 00 00 FF FF FF 00`
    const rows = '7F 00 00 00 FE 00 00 00'
    const bmp = `${header} ${rest} ${rows}`
    const paper = print(`1D 44 30 43 30 4B 31 30 31 ${bmp} 1D 28 4C 06 00 30 45 4B 31 01 01`)
    expect(dots(paper, 0, 0, 8, 2)).toEqual(['.......#', '#.......'])
    expect(noteCodes(print(`1D 44 30 53 30 4B 31 30 31 42 4D 08 00 00 00 00 00`))).toEqual([
      'PICTURE_UNREADABLE',
    ])
  })

  it('GS Q 0 prints columns of any height', () => {
    const paper = print('1D 51 30 00 02 00 02 00 FF 01 80 00')
    expect(paper.images.map(({ bitmap }) => [bitmap.widthDots, bitmap.heightDots])).toEqual([
      [2, 16],
    ])
    expect([dots(paper, 0, 0, 2, 1), dots(paper, 0, 15, 2, 1)]).toEqual([['##'], ['#.']])
  })
})
