import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { paperToPng } from '../../src/emulator/index.js'
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
    const [found] = await readBarcodes(png, { tryHarder: true, textMode: 'Plain' })
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

  it('notes data that the symbology cannot hold', () => {
    const paper = print(`1B 40 ${bar('43', "'12AB'")}`)
    expect(paper.symbols).toEqual([])
    expect(paper.notes.map((note) => note.code)).toEqual(['SYMBOL_NOT_PRINTED'])
  })
})
