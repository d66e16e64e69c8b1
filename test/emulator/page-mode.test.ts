import { describe, expect, it } from 'vitest'
import type { Paper } from '../../src/entries/emulator.js'
import { type Bitmap, dotAt, turnBitmap } from '../../src/model/bitmap.js'
import { places, print } from './helpers.js'

const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)

/** Which dots of a rectangle are black, row by row. */
function dots(bitmap: Bitmap, x: number, y: number, widthDots: number, heightDots: number) {
  const rows: string[] = []
  for (let row = y; row < y + heightDots; row++) {
    let text = ''
    for (let at = x; at < x + widthDots; at++) text += dotAt(bitmap, at, row) ? '#' : '.'
    rows.push(text)
  }
  return rows
}

const word = (n: number) =>
  `${(n & 255).toString(16).padStart(2, '0')} ${(n >> 8).toString(16).padStart(2, '0')}`
const area = (x: number, y: number, width: number, height: number) =>
  `1B 57 ${word(x)} ${word(y)} ${word(width)} ${word(height)}`

/** Text, an image, a symbol and text again at (50, 90). */
const content =
  "'AB' 0A 1B 24 32 00 1D 24 5A 00 1D 28 4C 0E 00 30 70 30 02 01 31 08 00 04 00 F0 80 80 81" +
  " 1D 28 4C 02 00 30 32 1D 28 6B 07 00 31 50 30 '1234' 1D 28 6B 03 00 31 51 30 'C' "

describe('directions', () => {
  // An area of 200 × 160 dots at (100, 40); lines are 200 dots long, or 160 where they run up or down.
  const printed = (n: number) => print(`1B 4C ${area(100, 40, 200, 160)} 1B 54 0${n} ${content} 0C`)

  it('0 puts the baseline of text, and the lower edge of images and symbols, on the position', () => {
    const paper = printed(0)
    expect(places(paper)).toEqual(['A@100,40', 'B@112,40', 'C@229,109'])
    // 8 dots, doubled: from 50 on, standing on row 90 of the area; three rows of C hang below it.
    expect(paper.images.map(({ x, y, scaleX, scaleY }) => [x, y, scaleX, scaleY])).toEqual([
      [150, 126, 2, 1],
    ])
    expect(paper.symbols).toMatchObject([{ x: 166, y: 67, widthDots: 63, heightDots: 63 }])
    expect(dots(paper.bitmap, 150, 126, 16, 4)).toEqual([
      '########........',
      '##..............',
      '##..............',
      '##............##',
    ])
  })

  it.each([
    [1, 270, ['A@100,188 24x12', 'B@100,176 24x12', 'C@169,59 24x12']],
    [2, 180, ['A@288,176', 'B@276,176', 'C@159,107']],
    [3, 90, ['A@276,40 24x12', 'B@276,52 24x12', 'C@207,169 24x12']],
  ] as const)('%i turns the same by %i°', (n, turn, expected) => {
    const paper = printed(n)
    expect(places(paper)).toEqual(expected)
    expect(paper.lines.every((line) => line.turn === turn)).toBe(true)
    // Drawn upright on an area with the sides swapped, and turned as a whole.
    const [width, height] = turn === 180 ? [200, 160] : [160, 200]
    const upright = print(`1B 4C ${area(0, 0, width, height)} ${content} 0C`)
    const whole = {
      widthDots: width,
      heightDots: height,
      data: cropped(upright.bitmap, width, height),
    }
    const turned = turnBitmap(whole, turn)
    expect(dots(paper.bitmap, 100, 40, 200, 160)).toEqual(dots(turned, 0, 0, 200, 160))
    const [image] = paper.images
    const swapped = turn !== 180
    expect([image?.scaleX, image?.scaleY]).toEqual(swapped ? [1, 2] : [2, 1])
  })

  const cropped = (bitmap: Bitmap, width: number, height: number) => {
    const data = new Uint8Array((width >> 3) * height)
    for (let y = 0; y < height; y++) {
      data.set(bitmap.data.subarray(y * 72, y * 72 + (width >> 3)), y * (width >> 3))
    }
    return data
  }

  it('counts in the units of the other axis where lines run up or down', () => {
    // Units of 1/101 inch down are two dots of 203 dpi.
    const units = '1D 50 CB 65'
    const across = print(`${units} 1B 4C 1B 24 0A 00 'a' 1D 24 1E 00 'b' 0C`)
    expect(places(across)).toEqual(['a@10,0', 'b@22,39'])
    const along = print(
      `${units} 1B 4C ${area(0, 0, 200, 50)} 1B 54 03 1B 24 0A 00 'a' 1D 24 1E 00 'b' 0C`,
    )
    expect(places(along)).toEqual(['a@176,20 24x12', 'b@167,32 24x12'])
  })

  it('goes back to where a direction begins, and puts several on one page', () => {
    const paper = print(
      `1B 4C ${area(0, 0, 100, 100)} 'a' 1B 54 02 'b' 1B 54 00 'c' ${area(200, 50, 100, 100)} 'd' 0C`,
    )
    expect(places(paper)).toEqual(['a@0,0', 'b@88,76', 'c@0,0', 'd@200,50'])
    expect(paper.heightDots).toBe(150)
  })
})

describe('positions', () => {
  it('a full line wraps for pictures and symbols as for text', () => {
    const strip = (byte: string) => `1B 2A 00 22 00 ${`${byte} `.repeat(34)}`
    const paper = print(
      `1B 4C ${area(0, 0, 68, 100)} 1B 33 18 ${strip('FF')} ${strip('81')} ${strip('FF')} 0C`,
    )
    expect(paper.images.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0, 24],
      [0, 48],
    ])
    expect(paper.notes).toEqual([])
    const qr = "1D 28 6B 07 00 31 50 30 '1234' 1D 28 6B 03 00 31 51 30"
    const codes = print(
      `1B 4C ${area(0, 0, 100, 200)} 1B 33 46 1B 4A 28 ${qr} 1D 28 6B 03 00 31 51 30 0C`,
    )
    expect(codes.symbols.map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [0, 71],
    ])
  })

  it('notes that Epson prints no GS ( L 50 in page mode, and shows it', () => {
    const paper = print(
      "1B 4C 1D 28 4C 12 00 30 70 30 01 01 31 10 00 04 00 FF FF FF FF FF FF FF FF 1D 28 4C 02 00 30 32 'AB' 0A 0C",
    )
    expect(paper.images).toMatchObject([{ x: 0, y: 20 }])
    expect(paper.notes.map(({ code }) => code)).toEqual(['NOT_IN_PAGE_MODE'])
  })

  it('GS $ and GS \\ move across the lines and stay inside the area', () => {
    const paper = print(
      `1B 4C ${area(0, 0, 300, 100)} 1D 24 28 00 'a' 1D 5C 0A 00 'b' 1D 5C EC FF 'c' 1D 24 65 00 'd' 1D 5C 9C FF 'e' 0C`,
    )
    expect(places(paper)).toEqual(['a@0,19', 'b@12,29', 'c@24,9', 'd@36,9', 'e@48,9'])
  })

  it('ESC $ moves along the line and stays inside the area', () => {
    const paper = print(`1B 4C ${area(0, 0, 100, 100)} 1B 24 32 00 'a' 1B 24 C8 00 'b' 0C`)
    expect(places(paper)).toEqual(['a@50,0', 'b@62,0'])
  })

  it('feeds by the line spacing of page mode alone, forth and back', () => {
    const paper = print(
      "1B 33 50 1B 4C 1B 33 28 'a' 0A 'b' 1B 4A 05 'c' 1B 64 02 'd' 1B 4B 0A 'e' 0C 'f' 0A 'g' 0A",
    )
    expect(places(paper)).toEqual([
      'a@0,0',
      'b@0,40',
      'c@0,45',
      'd@0,125',
      'e@0,115',
      'f@0,149',
      'g@0,229',
    ])
  })

  it('wraps at the end of the area', () => {
    const paper = print(`1B 4C ${area(0, 0, 30, 100)} 'abc' 0C`)
    expect(places(paper)).toEqual(['a@0,0', 'b@12,0', 'c@0,30'])
  })

  it('does not print what stands higher than a character at the start, nor below the area', () => {
    const tall = print(`1B 4C ${area(0, 50, 100, 60)} 1D 21 03 'H' 0C`)
    expect(dots(tall.bitmap, 0, 0, 48, 50).join('')).not.toContain('#')
    expect(dots(tall.bitmap, 0, 50, 48, 24).join('')).toContain('#')
    expect(noteCodes(tall)).toEqual(['PAGE_AREA_OVERFLOW'])
    const low = print(`1B 4C ${area(0, 0, 100, 40)} 'a' 0A 'H' 0C`)
    expect(low.heightDots).toBe(40)
    expect(noteCodes(low)).toEqual(['PAGE_AREA_OVERFLOW'])
  })

  it('spaces characters on its own', () => {
    expect(places(print("1B 20 06 1B 4C 'ab' 1B 20 02 'cd' 0C 'ef' 0A"))).toEqual([
      'a@0,0',
      'b@12,0',
      'c@24,0',
      'd@38,0',
      'e@0,24',
      'f@18,24',
    ])
  })
})

describe('the page', () => {
  it('is as long as the lowest of its areas', () => {
    const paper = print(`1B 4C ${area(0, 0, 100, 200)} 'a' ${area(200, 0, 100, 40)} 'b' 0C`)
    expect(paper.heightDots).toBe(200)
  })

  it('stays at ESC FF and is printed again', () => {
    const paper = print(`1B 4C ${area(0, 0, 100, 40)} 'a' 1B 0C 'b' 1B 0C 0C 'c' 0A`)
    expect(places(paper)).toEqual(['a@0,0', 'a@0,40', 'b@12,40', 'a@0,80', 'b@12,80', 'c@0,120'])
    expect(dots(paper.bitmap, 0, 0, 12, 24)).toEqual(dots(paper.bitmap, 0, 80, 12, 24))
  })

  it('CAN empties the area and leaves the others', () => {
    const paper = print(
      `1B 4C ${area(0, 0, 100, 40)} 'a' ${area(200, 0, 100, 40)} 'b' 1B 54 02 'c' 18 'd' 0C`,
    )
    expect(places(paper)).toEqual(['a@0,0', 'd@288,16'])
    expect(paper.lines.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(dots(paper.bitmap, 200, 0, 80, 16).join('')).not.toContain('#')
  })

  it('takes ESC W and ESC T that came before it, and forgets ESC W after it', () => {
    const paper = print(`${area(50, 0, 100, 60)} 1B 54 02 1B 4C 'a' 0C 1B 54 00 1B 4C 'b' 0C`)
    expect(places(paper)).toEqual(['a@138,36', 'b@0,60'])
  })

  it('begins at the start of a line only, and ignores what makes no area', () => {
    const begun = print("'a' 1B 4C 'b' 0A")
    expect(places(begun)).toEqual(['a@0,0', 'b@12,0'])
    expect(noteCodes(begun)).toEqual(['PAGE_MODE_IGNORED'])
    const outside = print(`1B 4C ${area(600, 0, 10, 10)} ${area(0, 0, 0, 10)} 'a' 0C`)
    expect(places(outside)).toEqual(['a@0,0'])
    expect(noteCodes(outside)).toEqual(['PAGE_AREA_IGNORED', 'PAGE_AREA_IGNORED'])
  })

  it('keeps the values of commands of standard mode for later', () => {
    const paper = print("1B 4C 1B 61 02 1B 56 01 1D 4C 0A 00 'a' 0C 'b' 0A")
    expect(places(paper)).toEqual(['a@0,0', 'b@552,24 24x12'])
  })

  it('has no GS v 0, FS p and FS q', () => {
    const paper = print(
      '1B 4C 1D 76 30 00 01 00 01 00 FF 1C 70 01 00 1C 71 01 01 00 01 00 FF FF FF FF FF FF FF FF 0C',
    )
    expect(noteCodes(paper)).toEqual(['NOT_IN_PAGE_MODE', 'NOT_IN_PAGE_MODE', 'NOT_IN_PAGE_MODE'])
    expect(paper.images).toEqual([])
  })

  it('draws lines and rectangles (GS ( Q)', () => {
    const rectangle = '1D 28 51 0E 00 31 02 00 01 00 07 00 05 00 01 01 30 30 01'
    const line = '1D 28 51 0C 00 30 00 00 07 00 09 00 07 00 01 02 30'
    const paper = print(`1B 4C ${area(0, 0, 10, 10)} ${rectangle} ${line} 0C`)
    expect(dots(paper.bitmap, 0, 0, 10, 10)).toEqual([
      '..........',
      '..######..',
      '..#....#..',
      '..#....#..',
      '..#....#..',
      '..######..',
      '..........',
      '##########',
      '##########',
      '..........',
    ])
  })

  it('does not grow the log without end', () => {
    const paper = print(`1B 4C ${area(0, 0, 576, 24)} '${'x'.repeat(40)}' ${'1B 0C '.repeat(2000)}`)
    expect(paper.glyphs.length).toBe(40 * 2000)
    expect(paper.heightDots).toBe(24 * 2000)
    const many = print(
      `1B 4C ${area(0, 0, 576, 24)} ${`1B 24 00 00 '${'x'.repeat(48)}' `.repeat(40)} ${'1B 0C '.repeat(1000)}`,
    )
    expect(many.glyphs.length).toBeLessThan(1_100_000)
    expect(noteCodes(many)).toContain('PAGE_NOT_LOGGED')
    expect(many.heightDots).toBe(24 * 1000)
  })
})
