/** Every fixture on its printers against its stored strip, listing, bytes and picture. `npm run goldens` renews them. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { decode } from 'fast-png'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { listCommands } from '../../src/encoders/escpos/index.js'
import { paperToPng, printBytes } from '../../src/entries/emulator.js'
import { type Bitmap, bytesPerRow } from '../../src/model/bitmap.js'
import type { Strip } from '../../src/model/strip.js'
import { generic58, generic80, metricsOf } from '../../src/profiles/index.js'
import {
  compileFixture,
  debianFonts,
  debianNames,
  fixtureNames,
  languageNames,
} from './fixtures.js'
import { labelsInPageMode, languages } from './languages.js'
import { stripText } from './strip-text.js'

const folder = new URL('../../fixtures/goldens/', import.meta.url)
const update = process.env.UPDATE_GOLDENS === '1'
const largestPngBytes = 20 * 1024
const tallestPieceDots = 2000

const namesHere = debianFonts === undefined ? fixtureNames : [...fixtureNames, ...debianNames]
const onGenerics = [generic58, generic80].flatMap((profile) =>
  namesHere.map((name) => ({ name, profile, encoding: 'gbk' })),
)
const inLanguages = Object.entries(languages).flatMap(([name, printers]) =>
  printers.map((printer) => ({ name, ...printer })),
)

const cases = [...onGenerics, ...inLanguages, ...labelsInPageMode].map(
  ({ name, profile, encoding }) => {
    const compiled = compileFixture(name, profile)
    const paper = printBytes(compiled.bytes, profile)
    const stem = `${profile.id}/${name}`
    const pieces = piecesOf(compiled.strip, paper.bitmap, stem)
    const { bytes, strip, commands, diagnostics } = compiled
    return { profile, encoding, stem, paper, pieces, bytes, strip, commands, diagnostics }
  },
)
const wanted = cases.flatMap(({ stem, pieces }) => [
  ...['txt', 'esc', 'bin'].map((extension) => `${stem}.${extension}`),
  ...pieces.map(({ file }) => file),
])

/** The stored file; with `UPDATE_GOLDENS=1` it is written first. */
function stored(file: string, now: Uint8Array | string): Uint8Array {
  const url = new URL(file, folder)
  if (update && !sameFile(file, url, now)) {
    mkdirSync(new URL('.', url), { recursive: true })
    writeFileSync(url, now)
  }
  return new Uint8Array(readFileSync(url))
}

/** Pictures are renewed only where their dots change: deflate differs between runtimes. */
function sameFile(file: string, url: URL, now: Uint8Array | string): boolean {
  if (!file.endsWith('.png') || typeof now === 'string' || !existsSync(url)) return false
  return Buffer.from(dots(readFileSync(url)).data).equals(dots(now).data)
}

interface PaperPiece {
  readonly file: string
  readonly bitmap: Bitmap
}

/** The paper torn at its cuts, and long paper in even parts: `NAME.png`, or `NAME.1.png` and so on. */
function piecesOf(strip: Strip, bitmap: Bitmap, stem: string): readonly PaperPiece[] {
  const ends: number[] = []
  let y = 0
  for (const block of strip.blocks) {
    if (block.kind === 'image') y += block.bitmap.heightDots
    else if ('heightDots' in block) y += block.heightDots
    if (block.kind !== 'cut') continue
    const from = ends.at(-1) ?? 0
    const parts = Math.ceil((y - from) / tallestPieceDots)
    for (let k = 1; k <= parts; k++) ends.push(from + Math.round(((y - from) * k) / parts))
  }
  expect(ends.at(-1)).toBe(bitmap.heightDots)
  const perRow = bytesPerRow(bitmap.widthDots)
  return ends.map((end, i) => {
    const from = ends[i - 1] ?? 0
    const data = bitmap.data.subarray(from * perRow, end * perRow)
    return {
      file: ends.length === 1 ? `${stem}.png` : `${stem}.${i + 1}.png`,
      bitmap: { widthDots: bitmap.widthDots, heightDots: end - from, data },
    }
  })
}

function dots(png: Uint8Array): { readonly width: number; readonly height: number; data: Buffer } {
  const { width, height, depth, channels, data } = decode(png)
  expect([depth, channels]).toEqual([1, 1])
  return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }
}

function filesIn(url: URL, prefix = ''): string[] {
  if (!existsSync(url)) return []
  return readdirSync(url, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesIn(new URL(`${entry.name}/`, url), `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name}`],
  )
}

describe.each(cases)('$stem', (one) => {
  const { profile, encoding, stem, strip, bytes, diagnostics, paper, pieces } = one
  /** The listing's text, read by other tables than ours. */
  const decodeText = (text: Uint8Array) => iconv.decode(Buffer.from(text), encoding)

  it('is laid out as stored', () => {
    const now = stripText(strip, metricsOf(profile), diagnostics)
    expect(now).toBe(new TextDecoder().decode(stored(`${stem}.txt`, now)))
  })

  it('is the bytes that are stored', () => {
    expect(Buffer.from(bytes).equals(stored(`${stem}.bin`, bytes))).toBe(true)
  })

  it('is listed as stored', () => {
    const now = listCommands(bytes, { decodeText })
    expect(now).toBe(new TextDecoder().decode(stored(`${stem}.esc`, now)))
  })

  it.each(pieces)('prints the dots of $file', ({ file, bitmap }) => {
    const png = paperToPng({ ...paper, bitmap })
    const golden = stored(file, png)
    expect(golden.length).toBeLessThanOrEqual(largestPngBytes)
    const [now, then] = [dots(png), dots(golden)]
    expect([now.width, now.height]).toEqual([then.width, then.height])
    expect(now.data.equals(then.data)).toBe(true)
  })

  it('has no warning but that of the Taiwanese bar code, which has no room for modules of two dots', () => {
    const warnings = diagnostics.filter(({ severity }) => severity !== 'info')
    const expected = stem.endsWith('lang-traditional-chinese') ? ['BARCODE_MODULE_SMALL'] : []
    expect(warnings.map(({ code }) => code)).toEqual(expected)
  })

  it('leaves nothing unknown, nothing noted and no line that the printer had to wrap', () => {
    expect(paper.unknown).toEqual([])
    expect(paper.notes).toEqual([])
    expect(paper.lines.filter((line) => line.wrapped)).toEqual([])
  })
})

it('has a printer for every language receipt', () => {
  expect(Object.keys(languages).sort()).toEqual([...languageNames].sort())
})

it.skipIf(debianFonts !== undefined)(
  'of Hebrew and Tibetan are not compared, because fonts-noto-core 20201225 of Debian is not installed',
  () => {},
)

/** Of receipts whose fonts are not here: kept, and not compared. */
function isUnseen(file: string): boolean {
  const name = file.split('/').at(-1)?.replace(/\..*/, '') ?? ''
  return debianFonts === undefined && debianNames.includes(name)
}

it('has a golden for every case and no golden without a case', () => {
  const found = () => filesIn(folder).filter((file) => !isUnseen(file))
  const orphans = found().filter((file) => !wanted.includes(file))
  if (update) for (const file of orphans) rmSync(new URL(file, folder))
  expect(found().sort()).toEqual([...wanted].sort())
})
