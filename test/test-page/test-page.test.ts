import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeSummary, printBytes } from '../../src/entries/emulator.js'
import type { Paper, PrintedLine } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { findProfile, overrideProfile, profiles } from '../../src/profiles/index.js'
import {
  type Answers,
  deriveProfile,
  questions,
  readAnswer,
  testPage,
  testPageCommands,
} from '../../src/test-page/index.js'
import { codeRows, imageRows, pageRows, sizeRows, zoneRows } from '../../src/test-page/rows.js'

const generic58 = findProfile('generic-58')

describe('the page', () => {
  test.each(profiles.map((profile) => [profile.id, profile] as const))(
    'for %s has no byte that is not understood, and no setting is changed',
    (_, profile) => {
      const paper = printBytes(testPage(profile), profile)
      expect(paper.unknown).toEqual([])
      expect(paper.pulses).toEqual([])
      const kinds = new Set(testPageCommands(profile).map(({ kind }) => kind))
      const harmful = ['codeSystem', 'characterEncoding', 'defineNvImages', 'xprinterCodePage']
      expect(harmful.filter((kind) => kinds.has(kind as never))).toEqual([])
    },
  )

  test('its labels fit on 32 columns, and all rows are there', () => {
    const text = linesOf(printBytes(testPage(generic58), generic58))
    const rows = [...zoneRows, ...sizeRows, ...pageRows, ...imageRows, ...codeRows]
    for (const { row } of rows) {
      expect(text.filter((line) => line.startsWith(row)).length, row).toBeGreaterThan(0)
    }
    const { lines } = printBytes(testPage(generic58), generic58)
    const wrapped = lines.filter((line) => line.wrapped)
    // Only the rows by which columns are counted go on in the next line: 70, 100 and 100 figures and 40 hanzi.
    expect(wrapped.length).toBe(2 + 2 + 2 + 2)
  })

  test('codes, cuts and pictures are what the rows say', () => {
    const paper = printBytes(testPage(generic58), generic58)
    const { symbols, cuts } = decodeSummary(paper)
    expect(symbols).toEqual([
      { kind: 'qr', data: 'XIAOPIAO' },
      { kind: 'qr', data: 'XIAOPIAO' },
      { kind: 'code39', data: 'XIAOPIAO' },
      { kind: 'code128', data: 'XIAOPIAO' },
      { kind: 'ean13', data: '6901234567892' },
      { kind: 'pdf417', data: 'XIAOPIAO' },
    ])
    expect(cuts).toBe(3)
    expect(paper.cuts.map(({ mode }) => mode)).toEqual(['partial', 'full', 'partial'])
  })
})

/** What a person would answer who sees this paper, in so far as it is text. */
function answersOf(paper: Paper): Answers {
  const lines = linesOf(paper)
  const after = (label: string) => lines[lines.indexOf(solid(label)) + 1] ?? ''
  const hanziOf = (row: string) => {
    const index = lines.findIndex((line) => line.startsWith(row))
    const wide = paper.glyphs.filter(({ multibyte }) => multibyte)
    const inLine = (line: PrintedLine | undefined) =>
      wide.filter(({ y }) => line !== undefined && y >= line.y && y < line.y + line.heightDots)
    return inLine(paper.lines[index]).length + inLine(paper.lines[index + 1]).length
  }
  return {
    columnsA: after('B1 FONT A').length,
    columnsB: after('B2 FONT B').length,
    hanziPerLine: after('B4 HANZI').length,
    chineseMode: [
      ...(hanziOf('C1') === 2 ? ['C1'] : []),
      ...(hanziOf('C3') === 2 ? ['C3'] : []),
      ...(hanziOf('C4') === 2 ? ['C4'] : []),
    ],
    zones: zoneRows
      .filter(({ row, label, text }) => lines.includes(solid(`${row} ${label}: ${text}`)))
      .map(({ row }) => row),
    pages: pageRows
      .filter(({ row, encoding, text }) => lines.includes(solid(`${row} ${encoding}: ${text}`)))
      .map(({ row }) => row),
  }
}

/** Blanks leave no glyph on the paper. */
function solid(text: string): string {
  return text.replaceAll(' ', '')
}

function linesOf(paper: Paper): string[] {
  return paper.lines.map((line) =>
    paper.glyphs
      .slice(line.from, line.to)
      .map(({ text }) => text)
      .join(''),
  )
}

describe('derive', () => {
  test.each([
    ['generic-80', {}],
    ['generic-58', { charset: 'gb2312' }],
    ['epson-tm-t70ii-ch', {}],
    ['generic-80', { charset: 'gb18030' }],
    ['generic-58', { 'fonts.A.widthDots': '8', 'fonts.A.heightDots': '16' }],
    ['epson-tm-t70ii-tw-58', {}],
    ['epson-tm-t20ii-42col', { charset: 'gbk', chineseModeAtPowerOn: 'true' }],
  ])('what is read on the paper of %s %o is what the printer is', (id, settings) => {
    const printer: Profile = overrideProfile(findProfile(id), settings)
    const paper = printBytes(testPage(generic58), printer)
    const seen = { widthDots: printer.widthDots, ...answersOf(paper) }
    const derived = deriveProfile(generic58, { id: 'mine', name: 'Mine' }, seen)
    const { widthDots, charset, hanzi, chineseModeAtPowerOn } = printer
    expect(derived).toMatchObject({ widthDots, charset, hanzi, chineseModeAtPowerOn })
    expect(derived.fonts.A.widthDots).toBe(printer.fonts.A.widthDots)
    expect(derived.fonts.B?.widthDots).toBe(printer.fonts.B?.widthDots)
    expect(derived.codePages.map(({ number }) => number).sort()).toEqual(
      [0, 2, 3, 4, 5, 16, 17, 18, 19].sort(),
    )
  })

  test('every answer says something, marked as seen', () => {
    const derived = deriveProfile(
      generic58,
      { id: 'mine', name: 'Mine', vendor: 'Someone' },
      {
        paperMm: 80,
        widthDots: 576,
        columnsA: 44,
        columnsB: 57,
        hanziPerLine: 24,
        chineseMode: ['C1', 'C4'],
        zones: ['D1', 'D2'],
        sizes: ['E2', 'E3'],
        places: false,
        pages: ['G0', 'G17'],
        pictures: ['H2', 'H5'],
        codes: ['I1', 'I2', 'I5', 'I7'],
        buzzer: ['J1', 'J2'],
        cuts: ['K1', 'K3'],
        headToCutterMm: 14,
        status: ['S1'],
      },
    )
    expect(derived).toEqual({
      ...generic58,
      id: 'mine',
      name: 'Mine',
      vendor: 'Someone',
      aliases: [],
      paperMm: 80,
      widthDots: 576,
      fonts: { A: { widthDots: 13, heightDots: 24 }, B: { widthDots: 10, heightDots: 17 } },
      chineseModeAtPowerOn: true,
      chineseModeAfterReset: null,
      charset: 'gb2312',
      hanziSizeBy: 'fs',
      absolutePosition: false,
      codePages: [
        { number: 0, encoding: 'cp437' },
        { number: 17, encoding: 'cp866' },
      ],
      imageCommand: 'gs-l',
      drawnBy: 'raster-line',
      qr: 'native',
      barcodes: 'function-b',
      nativeBarcodes: ['code128'],
      pdf417: 'native',
      buzzer: 'esc-b',
      cuts: ['partial'],
      headToCutterDots: 112,
      answersStatus: true,
      status: { ...generic58.status, realtime: true, request: false, processId: false },
      sources: derived.sources,
    })
    expect(derived.sources.widthDots).toBe('test-page: widthDots')
    expect(derived.sources['drawer.pin']).toBeUndefined()
    for (const { key } of questions) {
      expect(Object.values(derived.sources), key).toContain(`test-page: ${key}`)
    }
  })

  test('no Chinese at all', () => {
    const derived = deriveProfile(generic58, { id: 'x', name: 'x' }, { chineseMode: [], zones: [] })
    expect([derived.charset, derived.chineseModeAtPowerOn]).toEqual(['none', false])
  })

  test('what is not answered stays as it was', () => {
    const derived = deriveProfile(generic58, { id: 'x', name: 'x' }, { zones: null })
    expect({ ...derived, id: '', name: '', vendor: '', aliases: [] }).toEqual({
      ...generic58,
      id: '',
      name: '',
      vendor: '',
      aliases: [],
    })
  })

  test.each([
    [{ zone: ['D1'] }, 'ANSWER_UNKNOWN', 'zone'],
    [{ zones: ['D0'] }, 'ANSWER_INVALID', 'zones'],
    [{ zones: 'D1' }, 'ANSWER_INVALID', 'zones'],
    [{ widthDots: 12 }, 'ANSWER_INVALID', 'widthDots'],
    [{ widthDots: Number.NaN }, 'ANSWER_INVALID', 'widthDots'],
    [{ places: 'yes' }, 'ANSWER_INVALID', 'places'],
  ])('%o is refused: %s', (answers, code, path) => {
    expect(() => deriveProfile(generic58, { id: 'x', name: 'x' }, answers)).toThrow(
      expect.objectContaining({ code, path, hint: expect.stringMatching(/.+/) }),
    )
  })

  test('typed answers', () => {
    const typed = (key: string, text: string) => {
      const question = questions.find((one) => one.key === key)
      return question && readAnswer(question, text)
    }
    expect(typed('zones', ' d1, D2 ')).toEqual(['D1', 'D2'])
    expect(typed('zones', 'none')).toEqual([])
    expect(typed('zones', '')).toBeNull()
    expect(typed('widthDots', '576')).toBe(576)
    expect(typed('places', '是')).toBe(true)
    expect(typed('places', 'n')).toBe(false)
    expect(() => typed('places', 'perhaps')).toThrow(/no answer to 'places'/)
  })
})

test('docs/test-page.md explains every row and every question', () => {
  const docs = readFileSync(new URL('../../docs/test-page.md', import.meta.url), 'utf8')
  const tables = [...zoneRows, ...pageRows].map(({ row, text }) => [row, text] as const)
  for (const [row, text] of tables) {
    expect(docs).toMatch(new RegExp(`^\\| ${row} \\|[^\\n]*\\| ${text} \\|`, 'm'))
  }
  for (const question of questions) {
    expect(docs).toContain(`\`${question.key}\``)
    const rows = question.kind === 'rows' ? question.rows : []
    for (const row of rows) expect(docs).toMatch(new RegExp(`\\b${row}\\b`))
  }
})
