import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readGlyphData } from '#glyph-data'
import { packGlyphs } from '../../scripts/pack-glyphs.mjs'
import { fileHasGlyph, glyphOfFile, openGlyphFile } from '../../src/glyphs/glyph-file.js'
import {
  drawGlyph,
  fillRect,
  type Glyph,
  glyphFor,
  hasGlyph,
  invertRect,
} from '../../src/glyphs/index.js'
import { type Bitmap, createBitmap, dotAt } from '../../src/model/bitmap.js'

function pictureOf(bitmap: Bitmap): string[] {
  const lines: string[] = []
  for (let y = 0; y < bitmap.heightDots; y++) {
    let line = ''
    for (let x = 0; x < bitmap.widthDots; x++) line += dotAt(bitmap, x, y) ? '#' : '.'
    lines.push(line)
  }
  return lines
}

function glyphOf(character: string, font: 'A' | 'B', cells: 1 | 2): Glyph {
  const glyph = glyphFor(character.codePointAt(0) ?? 0, font, cells)
  if (glyph === undefined) throw new Error(`no glyph of ${character}`)
  return glyph
}

function pictureOfGlyph(character: string, font: 'A' | 'B', cells: 1 | 2): string[] {
  const glyph = glyphOf(character, font, cells)
  return pictureOf({ ...glyph, data: glyph.rows })
}

describe('glyphFor', () => {
  it('has the dots of A in Font A', () => {
    expect(pictureOfGlyph('A', 'A', 1)).toEqual([
      ...Array(4).fill('............'),
      '...######...',
      '..##....##..',
      ...Array(6).fill('.##......##.'),
      '.##########.',
      ...Array(6).fill('.##......##.'),
      ...Array(5).fill('............'),
    ])
  })

  it('has the dots of g in Font B, in a 9×17 cell', () => {
    expect(pictureOfGlyph('g', 'B', 1)).toEqual([
      ...Array(6).fill('.........'),
      '.######..',
      ...Array(5).fill('##...##..'),
      '.######..',
      '.....##..',
      '.....##..',
      '.#####...',
      '.........',
    ])
  })

  it('has the dots of 𠮷, beyond the basic plane', () => {
    const picture = pictureOfGlyph('𠮷', 'A', 2)
    expect(picture).toHaveLength(24)
    expect(picture[5]).toBe('...###################..')
    expect(picture[11]).toBe('.#######################')
    expect(picture[21]).toBe('.....###############....')
  })

  it('tells the narrow form from the wide one by the cell width', () => {
    expect(pictureOfGlyph('─', 'A', 1)[11]).toBe('############')
    expect(pictureOfGlyph('─', 'A', 2)[11]).toBe('########################')
    expect(glyphOf('Ω', 'A', 1).widthDots).toBe(12)
    expect(glyphOf('Ω', 'A', 2).widthDots).toBe(24)
  })

  it('has every hangul syllable, hardly two of them alike', () => {
    const seen = new Set<string>()
    for (let code = 0xac00; code < 0xd7a4; code++) {
      seen.add(String(glyphFor(code, 'A', 2)?.rows))
    }
    expect(seen.has('undefined')).toBe(false)
    expect(seen.size).toBeGreaterThan(11_000)
  })

  it('has GBK in 16×16, and Latin letters of 6×9', () => {
    const decoder = new TextDecoder('gbk')
    const missing: string[] = []
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x40; trail < 0xff; trail++) {
        const text = decoder.decode(Uint8Array.of(lead, trail))
        if (!/^[\u4e00-\u9fa5]$/.test(text)) continue
        if (!hasGlyph(text.charCodeAt(0), 'small', 2)) missing.push(text)
      }
    }
    expect(missing).toEqual([])
    expect(glyphFor(0x5408, 'small', 2)).toMatchObject({ widthDots: 16, heightDots: 16 })
    expect(glyphFor(0x41, 'small', 1)).toMatchObject({ widthDots: 9, heightDots: 17 })
    expect(glyphFor(0x41, 'pin', 1)).toMatchObject({ widthDots: 6, heightDots: 9 })
  })

  it('finds one character of each set, and says what it has not', () => {
    for (const character of '中囍㐂😀') expect(glyphOf(character, 'A', 2).heightDots).toBe(24)
    expect(hasGlyph(0x4e2d, 'A', 2)).toBe(true)
    expect(hasGlyph(0x4e2d, 'A', 1)).toBe(false)
    expect(hasGlyph(0x30000, 'A', 2)).toBe(false)
    expect(glyphFor(0x30000, 'A', 2)).toBeUndefined()
  })

  it('refuses bytes that are no glyph file', () => {
    expect(() => openGlyphFile(new Uint8Array(40))).toThrow('not a glyph file')
  })
})

describe('glyph files', () => {
  /** Of all characters and their dots, in order: a file that is packed again must have the same. */
  it.each([
    ['fonta', 2586, '2f16a06c4f410799'],
    ['fontb', 4712, 'f47b62119c286449'],
    ['gb2312', 9425, 'd40b9de06af88f24'],
    ['gbk', 14160, '01e6e06c63dac932'],
    ['gb18030', 7026, 'b83c473a6ebc32dd'],
    ['korean', 11231, 'c92bc332a35c2e2c'],
    ['emoji', 1455, '67f3da942cb0b1ee'],
    ['small', 24721, '468117b1aa4cfb1e'],
    ['pin', 1294, '073d9b30023c9a11'],
  ] as const)('%s has %i glyphs, dot for dot', (name, count, digest) => {
    const file = openGlyphFile(readGlyphData(name))
    const hash = createHash('sha256')
    const codes = codesOf(file)
    for (const code of codes) hash.update(`${code} `).update(glyphOfFile(file, code)?.rows ?? '')
    expect(codes).toHaveLength(count)
    expect(hash.digest('hex').slice(0, 16)).toBe(digest)
  })

  it.each([
    [24, 24],
    [12, 24],
    [9, 17],
    [6, 9],
  ])('packed: %i×%i dots of chance and of strokes come back', (width, height) => {
    const random = randomOf(7)
    const isBlack = [
      () => random() < 0.5,
      () => false,
      () => true,
      (x: number, y: number) => x === y || y === height - 1,
      (x: number) => x === width - 1,
    ]
    const pages = [0, 3, 0x1f6].map((page) => ({
      page,
      glyphs: Array.from({ length: 1 + Math.floor(random() * 60) }, (_, i) => ({
        low: (i * 4 + (page & 3)) & 255,
        dots: dotsOf(width, height, isBlack[i % isBlack.length] as never),
      })),
    }))
    const file = openGlyphFile(packGlyphs(bakedFile(width, height, pages)))
    expect(codesOf(file)).toEqual(
      pages.flatMap(({ page, glyphs }) => glyphs.map(({ low }) => page * 256 + low)),
    )
    // The last first, because a group must not need the ones before it.
    for (const { page, glyphs } of pages.reverse()) {
      for (const { low, dots } of glyphs.reverse()) {
        const glyph = glyphOfFile(file, page * 256 + low) as Glyph
        expect(pictureOf({ ...glyph, data: glyph.rows })).toEqual(dots)
      }
    }
  })
})

function codesOf(file: ReturnType<typeof openGlyphFile>): number[] {
  return [...file.pages.keys()].flatMap((page) =>
    Array.from({ length: 256 }, (_, low) => page * 256 + low).filter((code) =>
      fileHasGlyph(file, code),
    ),
  )
}

function dotsOf(width: number, height: number, isBlack: (x: number, y: number) => boolean) {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => (isBlack(x, y) ? '#' : '.')).join(''),
  )
}

interface BakedPage {
  readonly page: number
  readonly glyphs: readonly { readonly low: number; readonly dots: readonly string[] }[]
}

/** As the scripts that bake fonts write it: deflated columns, the topmost dot in the high bit. */
function bakedFile(width: number, height: number, pages: readonly BakedPage[]): Buffer {
  const perColumn = (height + 7) >> 3
  const table = Buffer.alloc(pages.length * 38)
  const blocks: Buffer[] = []
  for (const [index, { page, glyphs }] of pages.entries()) {
    table.writeUInt16LE(page, index * 38)
    table.writeUInt32LE(Buffer.concat(blocks).length, index * 38 + 2)
    const columns = Buffer.alloc(glyphs.length * width * perColumn)
    for (const [i, { low, dots }] of glyphs.entries()) {
      const present = index * 38 + 6 + (low >> 3)
      table[present] = (table[present] ?? 0) | (128 >> (low & 7))
      for (const [y, row] of dots.entries()) {
        for (const [x, dot] of [...row].entries()) {
          const at = (i * width + x) * perColumn + (y >> 3)
          if (dot === '#') columns[at] = (columns[at] ?? 0) | (128 >> (y & 7))
        }
      }
    }
    blocks.push(deflateRawSync(columns))
  }
  const header = Buffer.from([0x47, 0x46, 0x44, 0x31, width, height, 1, 0, pages.length, 0])
  return Buffer.concat([header, table, ...blocks])
}

/** Numbers from 0 to 1 that look like chance and are the same each time. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x80000000
  }
}

describe('drawGlyph', () => {
  const corner: Glyph = { widthDots: 3, heightDots: 2, rows: Uint8Array.of(0xa0, 0x40) }

  it('draws at any dot and drops what falls outside', () => {
    const target = createBitmap(11, 3)
    drawGlyph(target, corner, 7, 1)
    drawGlyph(target, corner, -2, 0)
    drawGlyph(target, corner, 10, 2)
    expect(pictureOf(target)).toEqual(['#..........', '.......#.#.', '........#.#'])
    expect(target.data[1]).toBe(0)
  })

  it('scales both ways', () => {
    const target = createBitmap(9, 4)
    drawGlyph(target, corner, 0, 0, { scaleX: 3, scaleY: 2 })
    expect(pictureOf(target)).toEqual(['###...###', '###...###', '...###...', '...###...'])
  })

  it('thickens by one dot to the right, within the cell', () => {
    const target = createBitmap(8, 2)
    drawGlyph(target, corner, 0, 0, { bold: true })
    expect(pictureOf(target)).toEqual(['###.....', '.##.....'])
  })

  it('scales a real glyph as its own dots, repeated', () => {
    const glyph = glyphOf('账', 'A', 2)
    const target = createBitmap(24 * 5 + 3, 24 * 7)
    drawGlyph(target, glyph, 3, 0, { scaleX: 5, scaleY: 7 })
    const source = { ...glyph, data: glyph.rows }
    for (let y = 0; y < target.heightDots; y++) {
      for (let x = 0; x < 24 * 5; x++) {
        const wanted = dotAt(source, Math.floor(x / 5), Math.floor(y / 7))
        if (dotAt(target, x + 3, y) !== wanted) throw new Error(`dot ${x}, ${y}`)
      }
    }
  })
})

describe('rectangles', () => {
  it('fills and inverts inside the target only', () => {
    const target = createBitmap(12, 3)
    fillRect(target, 2, 1, 8, 1)
    invertRect(target, 9, 0, 99, 2)
    expect(pictureOf(target)).toEqual(['.........###', '..#######.##', '............'])
  })
})
