/**
 * PDFs of papers, read by programs of others: Poppler and Ghostscript where they are installed, as in CI, and pdf.js. `npm run test:pdf`
 * reads every golden by all of them, and prints how large the files are and how long they take.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import {
  paperToPdf,
  paperToPng,
  paperToText,
  printBytes,
  withDrawnTexts,
} from '../../src/entries/emulator.js'
import { bytesPerRow, createBitmap } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { print } from '../emulator/helpers.js'
import { compileFixture, fixtureNames, languageNames } from '../goldens/fixtures.js'
import { languages } from '../goldens/languages.js'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-pdf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasPoppler = spawnSync('pdftoppm', ['-v']).error === undefined
const hasGhostscript = spawnSync('gs', ['-v']).error === undefined
/** Each start of the others takes as long as all the rest. */
const every = process.env.XIAOPIAO_ALL_READERS === '1' ? 1 : 16

const papers = [
  ...[generic58, generic80].flatMap((profile) => fixtureNames.map((name) => ({ name, profile }))),
  ...languageNames.flatMap((name) =>
    (languages[name] ?? []).map(({ profile }) => ({ name, profile })),
  ),
]

function paperOf({ name, profile }: (typeof papers)[number]): Paper {
  const { bytes, drawnBlocks } = compileFixture(name, profile)
  return withDrawnTexts(printBytes(bytes, profile), drawnBlocks)
}

function written(pdf: Uint8Array): string {
  const path = join(folder, 'slip.pdf')
  writeFileSync(path, pdf)
  return path
}

/** The rows of the picture that Poppler makes of the pages. */
function dotsOf(pdf: Uint8Array, dpi: number): Dots {
  const stem = join(folder, 'page')
  execFileSync('pdftoppm', ['-mono', '-r', String(dpi), '-singlefile', written(pdf), stem])
  return readPbm(`${stem}.pbm`)
}

/** The same by Ghostscript. */
function ghostDotsOf(pdf: Uint8Array, dpi: number): Dots {
  const out = join(folder, 'ghost.pbm')
  const quiet = ['-q', '-dSAFER', '-dBATCH', '-dNOPAUSE']
  execFileSync('gs', [...quiet, '-sDEVICE=pbmraw', `-r${dpi}`, '-o', out, written(pdf)])
  return readPbm(out)
}

interface Dots {
  readonly size: string
  readonly rows: Buffer
}

function readPbm(path: string): Dots {
  const file = readFileSync(path)
  const head = /^P4\s+(?:#.*\n)?(\d+)\s+(\d+)\s/.exec(file.subarray(0, 200).toString('latin1'))
  return { size: `${head?.[1]} x ${head?.[2]}`, rows: file.subarray(head?.[0].length) }
}

function textOf(pdf: Uint8Array): string {
  return execFileSync('pdftotext', ['-raw', written(pdf), '-'], { encoding: 'utf8' })
}

/** Where a line ends in the text, 0 if it is not there. Drawn characters stand in a line and are no glyphs, so some may come between. */
function endOfLine(line: string, text: string, from: number): number {
  for (let start = from; start <= text.length; start++) {
    let at = start
    let skipped = 0
    for (const character of line) {
      while (skipped < 8 && !text.startsWith(character, at)) {
        at++
        skipped++
      }
      at = text.startsWith(character, at) ? at + character.length : Number.NaN
    }
    if (!Number.isNaN(at)) return at
  }
  return 0
}

/** Nor the marks that poppler puts around text from right to left. */
const withoutBlanks = (text: string) => text.replace(/[\s\u202a-\u202e]/gu, '')
/** What a reader finds of a text: brackets and colons between words of two directions are at either end. */
const wordsOf = (text: string) =>
  /[\u0590-\u08ff]/.test(text) ? (text.match(/[\p{L}\p{M}]+/gu) ?? []) : [withoutBlanks(text)]

describe.skipIf(!hasPoppler)('a golden as PDF', () => {
  it.each(papers)('$name on $profile.id is the paper to the dot, with its text', (golden) => {
    const paper = paperOf(golden)
    const pdf = paperToPdf(paper)
    const { size, rows } = dotsOf(pdf, paper.dpi)
    expect(size).toBe(`${paper.widthDots} x ${paper.heightDots}`)
    expect(rows.equals(paper.bitmap.data)).toBe(true)
    const found = withoutBlanks(textOf(pdf))
    let at = 0
    for (const line of paperToText(paper).split('\n').map(withoutBlanks)) {
      if (line === '') continue
      const end = endOfLine(line, found, at)
      expect(end, `${line} in ${found.slice(at, at + 80)}`).toBeGreaterThan(0)
      at = end
    }
    for (const { data } of paper.symbols) expect(found).toContain(withoutBlanks(data))
    for (const { text } of paper.texts) {
      for (const word of wordsOf(text)) expect(found).toContain(word)
    }
  })
})

/** The dots of a PNG, packed as a paper's. */
function pngDots(png: Uint8Array): Uint8Array {
  const { width, height, depth, channels, data } = decode(png)
  const bitmap = createBitmap(width, height)
  const stride = bytesPerRow(width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isWhite =
        depth === 1
          ? ((data[y * stride + (x >> 3)] as number) & (0x80 >> (x & 7))) !== 0
          : (data[(y * width + x) * channels] as number) > 127
      const at = y * stride + (x >> 3)
      if (!isWhite) bitmap.data[at] = (bitmap.data[at] as number) | (0x80 >> (x & 7))
    }
  }
  return bitmap.data
}

describe('a golden as PDF, by others', () => {
  const some = papers.filter((_, i) => i % every === 0)

  it.skipIf(!hasGhostscript).each(some)(
    'Ghostscript draws $name on $profile.id as the PNG has it',
    async (golden) => {
      const paper = paperOf(golden)
      const { size, rows } = ghostDotsOf(paperToPdf(paper), paper.dpi)
      expect(size).toBe(`${paper.widthDots} x ${paper.heightDots}`)
      const file = `../../fixtures/goldens/${golden.profile.id}/${golden.name}.png`
      const kept = new URL(file, import.meta.url)
      // Some are kept as text alone.
      const png = existsSync(kept) ? readFileSync(kept) : await paperToPng(paper)
      expect(rows.equals(pngDots(png))).toBe(true)
    },
  )

  it.each(some)('pdf.js reads $name on $profile.id', async (golden) => {
    const paper = paperOf(golden)
    const document = await getDocument({ data: paperToPdf(paper), verbosity: 0 }).promise
    const page = await document.getPage(1)
    const [, , width = 0, height = 0] = page.view
    const dots = (points: number) => Math.round((points * paper.dpi) / 72)
    expect([dots(width), dots(height)]).toEqual([paper.widthDots, paper.heightDots])
    const { items } = await page.getTextContent()
    const read = items.map((item) => ('str' in item ? item.str : '')).join('')
    for (const { text } of paper.glyphs) expect(read).toContain(text.trim())
    await document.destroy()
  })

  it('takes under 12 KB for the median one', () => {
    const sizes: number[] = []
    const times: number[] = []
    for (const golden of papers) {
      const paper = paperOf(golden)
      const start = performance.now()
      sizes.push(paperToPdf(paper).length)
      times.push(performance.now() - start)
    }
    const [size, time] = [sizes, times].map(medianOf) as [number, number]
    if (every === 1) {
      process.stderr.write(
        `${sizes.length} goldens; the median PDF has ${size} bytes and takes ${time.toFixed(1)} ms\n`,
      )
    }
    expect(size).toBeLessThan(12 * 1024)
  })
})

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number
}

describe.skipIf(!hasPoppler)('the text of a PDF', () => {
  it('has characters and codes that are printed as dots, in their line', () => {
    const { bytes, drawnBlocks } = compile(
      {
        nodes: [
          { kind: 'text', text: '𠮷野家 合计 12.50' },
          { kind: 'text', text: '大𠮷', size: 2 },
          {
            kind: 'columns',
            columns: [{ width: 12 }, {}],
            rows: [['左', { nodes: [{ kind: 'qr', data: 'https://e.example/7' }] }]],
          },
        ],
      },
      { profile: generic80 },
    )
    const plain = printBytes(bytes, generic80)
    expect(withoutBlanks(textOf(paperToPdf(plain)))).not.toContain('𠮷')
    const paper = withDrawnTexts(plain, drawnBlocks)
    expect(paper.texts.map(({ text }) => text)).toEqual([
      '𠮷',
      '大',
      '𠮷',
      '左',
      'https://e.example/7',
    ])
    const text = withoutBlanks(textOf(paperToPdf(paper)))
    expect(text).toContain('𠮷野家合计12.50')
    expect(text).toContain('大𠮷')
    expect(text).toContain('https://e.example/7')
  })

  it('goes with lines that are turned', () => {
    const upsideDown = print("1B 7B 01 'ABC' 0A")
    expect(textOf(paperToPdf(upsideDown)).trim()).toBe('ABC')
    const downwards = print("1B 4C 1B 54 03 'ABC' 0A 0C")
    expect(downwards.lines.map(({ turn }) => turn)).toContain(90)
    expect(textOf(paperToPdf(downwards)).trim()).toBe('ABC')
  })
})

describe.skipIf(!hasPoppler)('a PDF', () => {
  const paper = print("'ABC' 0A")

  it('has the size of the paper, by the dots of its head', () => {
    for (const dpi of [180, 203, 300]) {
      const pdf = paperToPdf(print("'ABC' 0A 1B 64 05", { dpi }), { marginDots: 10 })
      const { size } = dotsOf(pdf, dpi)
      expect([dpi, size]).toEqual([dpi, '596 x 200'])
    }
  })

  it('has a title, a time and the files that it was given', () => {
    const data = new TextEncoder().encode('{"fen":128600}')
    const pdf = paperToPdf(paper, {
      title: '签购单 (000236)',
      createdAt: '2026-11-23T12:02:17+08:00',
      attachments: [
        { name: '凭证.json', mediaType: 'application/json', data },
        { name: 'a.txt', mediaType: 'text/plain', data: new Uint8Array(0) },
      ],
    })
    const info = execFileSync('pdfinfo', ['-rawdates', written(pdf)], { encoding: 'utf8' })
    expect(info).toMatch(/Title: +签购单 \(000236\)\n/)
    expect(info).toMatch(/CreationDate: +D:20261123120217\+08'00'\n/)
    const path = written(pdf)
    const list = execFileSync('pdfdetach', ['-list', path], { encoding: 'utf8' })
    expect(list).toBe('2 embedded files\n1: a.txt\n2: 凭证.json\n')
    const saved = join(folder, 'saved.json')
    execFileSync('pdfdetach', ['-save', '2', '-o', saved, path])
    expect(readFileSync(saved)).toEqual(Buffer.from(data))
  })

  it('of an empty paper is a page of one white row', () => {
    const { size } = dotsOf(paperToPdf(print('', { widthDots: 576 })), 203)
    expect(size).toBe('576 x 1')
  })

  it('of more than five metres has two pages, and no dot or line is lost', () => {
    const long = print(`${"'A' 0A 1B 64 FE ".repeat(6)}'Z' 0A`, { lineSpacingDots: 30 })
    expect(long.heightDots).toBeGreaterThan(40_600)
    const path = written(paperToPdf(long))
    const stem = join(folder, 'long')
    execFileSync('pdftoppm', ['-mono', '-r', '203', path, stem])
    const rows = [1, 2].map((number) => {
      const file = readFileSync(`${stem}-${number}.pbm`)
      return file.subarray(
        /^P4\s+\d+\s+\d+\s/.exec(file.subarray(0, 40).toString('latin1'))?.[0].length,
      )
    })
    expect(Buffer.concat(rows).equals(long.bitmap.data)).toBe(true)
    expect(textOf(paperToPdf(long)).replace(/\s/g, '')).toBe('AAAAAAZ')
  })
})

describe('paperToPdf', () => {
  const paper = print("'ABC' 0A")

  it('makes equal files of equal papers', () => {
    expect(paperToPdf(paper)).toEqual(paperToPdf(print("'ABC' 0A")))
  })

  it.each([
    [{ marginDots: -1 }, 'options.marginDots'],
    [{ title: '' }, 'options.title'],
    [{ createdAt: '2026-11-23' }, 'options.createdAt'],
    [{ scale: 2 }, 'options.scale'],
    [
      { attachments: [{ name: 'a', mediaType: 'json', data: new Uint8Array() }] },
      'options.attachments',
    ],
    [
      {
        attachments: [1, 2].map(() => ({
          name: 'a',
          mediaType: 'text/plain',
          data: new Uint8Array(),
        })),
      },
      'options.attachments',
    ],
  ])('refuses %o', (options, path) => {
    expect(() => paperToPdf(paper, options as object)).toThrow(expect.objectContaining({ path }))
  })
})
