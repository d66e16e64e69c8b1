/** Two-dimensional and composite symbols of `GS ( k` with the vendor's functions, scanned where a reader knows them. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Paper } from '../../src/entries/emulator.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import { print } from './helpers.js'

/** `GS ( k` with its length: bytes in hex or 'ASCII'. */
function k(body: string): string {
  const parts = body.match(/'[^']*'|[0-9A-Fa-f]{2}/g) ?? []
  const length = parts.reduce((sum, part) => sum + (part[0] === "'" ? part.length - 2 : 1), 0)
  const byte = (n: number) => n.toString(16).padStart(2, '0')
  return `1D 28 6B ${byte(length & 255)} ${byte(length >> 8)} ${body}`
}

const noteCodes = (paper: Paper) => paper.notes.map((note) => note.code)
const sizes = (paper: Paper) =>
  paper.symbols.map(({ kind, widthDots, heightDots }) => [kind, widthDots, heightDots])

beforeAll(prepareReader)

const gtin = "'0952123454321'"
const gs1 = '(01)09521234543213'

interface ScanCase {
  readonly name: string
  readonly source: string
  readonly kind: string
  readonly format: string
  readonly read: string
}

const scans: readonly ScanCase[] = [
  {
    name: 'QR model 2, level and module',
    source: `${k('31 41 32 00')} ${k('31 43 04')} ${k('31 45 33')} ${k("31 50 30 'model 2'")} ${k('31 51 30')}`,
    kind: 'qr',
    format: 'QRCode',
    read: 'model 2',
  },
  {
    name: 'Micro QR',
    source: `${k('31 41 33 00')} ${k('31 43 04')} ${k("31 50 30 '12345'")} ${k('31 51 30')}`,
    kind: 'micro-qr',
    format: 'MicroQRCode',
    read: '12345',
  },
  {
    name: 'PDF417, columns, row height, level',
    source: `${k('30 41 03')} ${k('30 43 02')} ${k('30 44 04')} ${k('30 45 30 33')} ${k("30 50 30 'Receipt 12'")} ${k('30 51 30')}`,
    kind: 'pdf417',
    format: 'PDF417',
    read: 'Receipt 12',
  },
  {
    name: 'PDF417 truncated, of 8 rows',
    source: `${k('30 41 04')} ${k('30 42 08')} ${k('30 46 01')} ${k("30 50 30 'Receipt 12'")} ${k('30 51 30')}`,
    kind: 'pdf417',
    format: 'PDF417',
    read: 'Receipt 12',
  },
  {
    name: 'Aztec, full range of 5 layers',
    source: `${k('35 42 00 05')} ${k('35 43 04')} ${k('35 45 21')} ${k("35 50 30 'Aztec'")} ${k('35 51 30')}`,
    kind: 'aztec',
    format: 'Aztec',
    read: 'Aztec',
  },
  {
    name: 'Aztec, compact',
    source: `${k('35 42 01 00')} ${k('35 43 04')} ${k("35 50 30 'Aztec'")} ${k('35 51 30')}`,
    kind: 'aztec',
    format: 'Aztec',
    read: 'Aztec',
  },
  {
    name: 'Data Matrix of 20 × 20',
    source: `${k('36 42 00 14 14')} ${k('36 43 04')} ${k("36 50 30 'Matrix'")} ${k('36 51 30')}`,
    kind: 'datamatrix',
    format: 'DataMatrix',
    read: 'Matrix',
  },
  {
    name: 'Data Matrix, rectangle of 8 × 32',
    source: `${k('36 42 01 08 20')} ${k('36 43 04')} ${k("36 50 30 'Matrix'")} ${k('36 51 30')}`,
    kind: 'datamatrix',
    format: 'DataMatrix',
    read: 'Matrix',
  },
  {
    name: 'MaxiCode mode 4',
    source: `${k('32 41 34')} ${k("32 50 30 'MAXI 123'")} ${k('32 51 30')}`,
    kind: 'maxicode',
    format: 'MaxiCode',
    read: 'MAXI 123',
  },
  {
    name: 'GS1 DataBar Stacked',
    source: `${k('33 43 03')} ${k(`33 50 30 48 ${gtin}`)} ${k('33 51 30')}`,
    kind: 'databar-stacked',
    format: 'DataBarStk',
    read: gs1,
  },
  {
    name: 'GS1 DataBar Stacked Omnidirectional',
    source: `${k('33 43 03')} ${k(`33 50 30 49 ${gtin}`)} ${k('33 51 30')}`,
    kind: 'databar-stacked-omni',
    format: 'DataBarStk',
    read: gs1,
  },
  {
    name: 'GS1 DataBar Expanded Stacked, two characters a row',
    source: `${k('33 43 03')} ${k('33 47 6A 01')} ${k("33 50 30 4C '010952123454321310ABC123'")} ${k('33 51 30')}`,
    kind: 'databar-expanded-stacked',
    format: 'DataBarExpStk',
    read: `${gs1}(10)ABC123`,
  },
]

describe('symbols that a reader reads', () => {
  it.each(scans)('$name', async ({ source, kind, format, read }) => {
    const paper = print(`1B 40 1B 61 01 ${source} 0A`)
    expect(paper.notes).toEqual([])
    expect(paper.symbols.map((symbol) => symbol.kind)).toEqual([kind])
    const found = await readCodes(paper.bitmap)
    expect(found.map((one) => [one.format, one.text])).toEqual([[format, read]])
  })

  it.each([
    ['EAN-8', '41', "'9638507'", 'EAN8', '96385074'],
    ['EAN-13', '42', "'211234567890'", 'EAN13', '2112345678900'],
    ['UPC-A', '43', "'01234567890'", 'EAN13', '012345678905'],
    ['UPC-E', '44', "'425261'", 'UPCE', '042100005264'],
    ['UPC-E of 11 digits', '45', "'04210000526'", 'UPCE', '042100005264'],
    ['DataBar', '46', gtin, 'DataBarOmni', gs1],
    ['DataBar Truncated', '47', gtin, 'DataBarOmni', gs1],
    ['DataBar Limited', '4A', gtin, 'DataBarLtd', gs1],
    ['DataBar Expanded', '4B', "'(01)09521234543213'", 'DataBarExp', gs1],
    ['GS1-128', '4D', "'(01)0952123454321*'", 'Code128', gs1],
  ])('composite on %s: its linear part', async (_, b, data, format, read) => {
    const source = `${k('34 43 03')} ${k(`34 50 30 30 ${b} ${data}`)} ${k("34 50 30 31 41 '(21)A1B2'")} ${k('34 51 30')}`
    const paper = print(`1B 40 1B 61 01 1D 68 60 ${source} 0A`)
    expect(paper.notes).toEqual([])
    expect(paper.symbols).toMatchObject([{ kind: 'composite' }])
    expect(paper.symbols[0]?.data.endsWith('|(21)A1B2')).toBe(true)
    const found = await readCodes(paper.bitmap, { textMode: 'HRI' })
    const all = found.map((one) => [one.format, one.text.replace(/^0(?=\d{12}$)/, '')])
    expect(all).toContainEqual([format, read])
  })
})

describe('what printers do not print, and we do not draw', () => {
  const qr = (store: string) => `${k(`31 50 30 ${store}`)} ${k('31 51 30')}`

  it('shows QR model 1 as a box with its data in the log', () => {
    const paper = print(`1B 40 ${k('31 41 31 00')} ${qr("'old'")}`)
    expect(paper.symbols).toMatchObject([{ kind: 'qr-model-1', data: 'old', widthDots: 96 }])
    expect(noteCodes(paper)).toEqual(['SYMBOL_NOT_DRAWN'])
  })

  it('does not print what a symbol cannot hold', () => {
    const micro = print(`1B 40 ${k('31 41 33 00')} ${qr(`'${'1'.repeat(40)}'`)}`)
    expect([micro.symbols, noteCodes(micro)]).toEqual([[], ['SYMBOL_NOT_PRINTED']])
    const level = print(`1B 40 ${k('31 41 33 00')} ${k('31 45 33')} ${qr("'1'")}`)
    expect([level.symbols, noteCodes(level)]).toEqual([[], ['SYMBOL_NOT_PRINTED']])
    const half = print(`1B 40 ${k(`34 50 30 30 46 ${gtin}`)} ${k('34 51 30')}`)
    expect([half.symbols, noteCodes(half)]).toEqual([[], ['SYMBOL_NOT_PRINTED']])
  })

  it('does not print what is wider than the print area, and feeds nothing', () => {
    const paper = print(`1B 40 1D 57 28 00 ${qr("'1234'")} 'a' 0A`)
    expect([paper.symbols, noteCodes(paper), paper.heightDots]).toEqual([
      [],
      ['SYMBOL_TOO_WIDE'],
      30,
    ])
  })

  it('keeps the data of one kind at a time, until ESC @', () => {
    const both = `${k("30 50 30 'pdf'")} ${k("31 50 30 'qr'")}`
    const paper = print(`1B 40 ${both} ${k('31 51 30')} ${k('31 51 30')} ${k('30 51 30')}`)
    expect(paper.symbols.map(({ kind }) => kind)).toEqual(['qr', 'qr'])
    expect(noteCodes(paper)).toEqual(['SYMBOL_NOT_PRINTED'])
    expect(noteCodes(print(`${both} 1B 40 ${k('31 51 30')}`))).toEqual(['SYMBOL_NOT_PRINTED'])
  })

  it('has the module sizes that were set, from 1 to 16 dots', () => {
    const at = (n: string) => print(`1B 40 ${k(`31 43 ${n}`)} ${qr("'1234'")}`)
    expect(sizes(at('01'))).toEqual([['qr', 21, 21]])
    expect(sizes(at('10'))).toEqual([['qr', 336, 336]])
    expect(sizes(at('11'))).toEqual([['qr', 63, 63]])
  })

  it('prints the text of a composite symbol below it in the font that was set', () => {
    const source = (hri: string) =>
      `1B 40 1D 68 60 ${k(`34 48 ${hri}`)} ${k("34 50 30 30 41 '9638507'")} ${k("34 50 30 31 41 '21A'")} ${k('34 51 30')}`
    const plain = print(source('00')).symbols[0]?.heightDots ?? 0
    expect(print(source('01')).symbols[0]?.heightDots).toBe(plain + 24)
    expect(print(source('32')).symbols[0]?.heightDots).toBe(plain + 17)
  })
})
