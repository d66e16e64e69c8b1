/** The elements qr, barcode and symbol: what fits, what is said, and what is refused. */

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { code128Data } from '../../src/encoders/escpos/code128-data.js'
import { printBytes } from '../../src/entries/emulator.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Block } from '../../src/model/strip.js'
import { epsonTmT88v, generic58, generic80 } from '../../src/profiles/index.js'
import { code128ValuesOf } from '../../src/symbols/barcode.js'
import { code128Values, startValues, switchValues } from '../../src/symbols/barcodes/code128.js'
import { checkBarcode } from '../../src/symbols/check-barcode.js'
import { prepareReader, readCodes } from '../symbols/reader.js'

const compileOne = (node: object, profile = generic58, images: Record<string, Pixels> = {}) =>
  compileJson({ nodes: [node] }, { profile, images })

function symbolIn(blocks: readonly Block[]) {
  const found = blocks.find((block) => block.kind === 'symbol')
  if (found?.kind !== 'symbol') throw new Error('no symbol')
  return found
}

function failure(run: () => unknown): { code: string; path?: string; message: string } {
  try {
    run()
  } catch (error) {
    return error as { code: string; message: string }
  }
  throw new Error('nothing was thrown')
}

beforeAll(prepareReader)

describe('qr', () => {
  const data = 'https://example.com/i/48'

  it('takes a module in dots, in millimetres, or as large as fits', () => {
    const module = (value: number | string) => {
      const { symbol } = symbolIn(compileOne({ kind: 'qr', data, module: value }).strip.blocks)
      return symbol.symbology === 'qr' ? symbol.moduleDots : 0
    }
    expect(module(4)).toBe(4)
    expect(module('0.75mm')).toBe(6)
    // 25 modules and 8 of quiet zone on 384 dots.
    expect(module('fit')).toBe(11)
  })

  it('keeps the quiet zone asked for', () => {
    const quiet = (quietZone?: number) => {
      const node = {
        kind: 'qr',
        data,
        module: 4,
        ...(quietZone === undefined ? {} : { quietZone }),
      }
      return compileOne(node).strip.blocks.map((block) =>
        block.kind === 'feed' ? block.heightDots : block.kind === 'symbol' ? block.x : -1,
      )
    }
    expect(quiet()).toEqual([16, 16, 16])
    expect(quiet(2)).toEqual([8, 8, 8])
    expect(quiet(0)).toEqual([0])
  })

  it('is as large as its least version', () => {
    const block = symbolIn(
      compileOne({ kind: 'qr', data: '1', version: 10, module: 3 }).strip.blocks,
    )
    expect(block.widthDots).toBe(57 * 3)
  })

  it('takes a lower level only where it may, and says so', () => {
    const long = 'a'.repeat(1400)
    const refused = failure(() => compileOne({ kind: 'qr', data: long, level: 'H' }))
    expect(refused).toMatchObject({ code: 'QR_TOO_LONG', path: 'nodes[0].data' })
    const lowered = { kind: 'qr', data: long, level: 'H', allowLowerLevel: true } as const
    const { strip, diagnostics } = compileOne(lowered)
    expect(symbolIn(strip.blocks).symbol).toMatchObject({ level: 'L', moduleDots: 3 })
    expect(diagnostics.map(({ code }) => code)).toEqual(['QR_LEVEL_LOWERED', 'QR_SHRUNK'])
    const toTheEdge = compileOne(lowered, { ...generic58, paperMm: 48 })
    expect(symbolIn(toTheEdge.strip.blocks).symbol).toMatchObject({ level: 'Q', moduleDots: 2 })
    expect(toTheEdge.diagnostics.map(({ code }) => code)).toEqual([
      'QR_LEVEL_LOWERED',
      'QR_MODULE_SMALL',
    ])
  })

  it('says both sizes when nothing helps', () => {
    const narrow = { ...generic58, widthDots: 96 }
    const error = failure(() => compileOne({ kind: 'qr', data: 'a'.repeat(800) }, narrow))
    expect(error.code).toBe('QR_TOO_WIDE')
    expect(error.message).toMatch(/\d{3} dots wide.*96/)
  })

  it('has a caption in its middle', () => {
    const { strip } = compileOne({
      kind: 'qr',
      data,
      align: 'center',
      caption: '扫码开票',
      module: 4,
    })
    const line = strip.blocks.at(-1)
    if (line?.kind !== 'line') throw new Error('no line')
    const [run] = line.runs
    expect([run?.x, run?.widthDots]).toEqual([144, 96])
  })

  it('scans with a logo in the middle, at level H', async () => {
    const logo = { widthPx: 40, heightPx: 40, data: new Uint8Array(6400).fill(255) }
    for (let i = 0; i < 6400; i += 4) if ((i / 4) % 40 < 30) logo.data.fill(0, i, i + 3)
    const { bytes, strip } = compileOne(
      { kind: 'qr', data, logo: 'logo', align: 'center' },
      epsonTmT88v,
      { logo },
    )
    expect(symbolIn(strip.blocks).symbol).toMatchObject({ level: 'H' })
    const paper = printBytes(bytes, epsonTmT88v)
    expect(paper.symbols).toEqual([])
    const [read] = await readCodes(paper.bitmap)
    expect(read?.text).toBe(data)
    const plain = compileOne({ kind: 'qr', data, level: 'H', align: 'center' }, generic80)
    expect(printBytes(plain.bytes, generic80).bitmap.data).not.toEqual(paper.bitmap.data)
  })
})

describe('barcode', () => {
  it.each([
    ['ean13', '6901234567890', 'BARCODE_CHECK_DIGIT', 'but 2'],
    ['ean13', '69012345', 'BARCODE_DATA', '12 digits, or 13'],
    ['ean8', '123456A', 'BARCODE_DATA', '7 digits, or 8'],
    ['upca', '012345678900', 'BARCODE_CHECK_DIGIT', 'but 5'],
    ['upce', '21234565', 'BARCODE_DATA', 'number system 0 or 1'],
    ['code39', 'abc', 'BARCODE_DATA', 'capital letters'],
    ['code93', '订单', 'BARCODE_DATA', 'ASCII'],
    ['code128', '订单1', 'BARCODE_DATA', 'ASCII'],
    ['itf', '123', 'BARCODE_DATA', 'even number'],
    ['codabar', 'A12X4B', 'BARCODE_DATA', 'start and stop'],
    ['gs1-128', '0109521234543213', 'BARCODE_DATA', '(01)'],
    ['gs1-128', '(01)09521234543214', 'BARCODE_CHECK_DIGIT', 'but 3'],
    ['databar-limited', '2952123454321', 'BARCODE_DATA', '0 or 1'],
  ])('%s refuses %s', (symbology, data, code, says) => {
    const error = failure(() => compileOne({ kind: 'barcode', symbology, data }))
    expect(error).toMatchObject({ code, path: 'nodes[0].data' })
    expect(error.message).toContain(says)
  })

  it('adds what is missing and keeps leading zeros', () => {
    expect(checkBarcode('ean13', '012345678901')).toBe('0123456789012')
    expect(checkBarcode('itf', '1234567890123', true)).toBe('12345678901231')
    expect(checkBarcode('code39', 'CODE39', true)).toBe('CODE39W')
    expect(checkBarcode('codabar', '1234')).toBe('A1234A')
    expect(checkBarcode('upce', '012345000065')).toBe('01234565')
    expect(checkBarcode('gs1-128', '(01)0952123454321(10)A')).toBe('(01)09521234543213(10)A')
  })

  it('gets smaller modules where it must, and says so where a size was asked for', () => {
    const node = { kind: 'barcode', symbology: 'code128', data: '20261123121544000123' }
    const quiet = compileOne(node)
    expect(symbolIn(quiet.strip.blocks).symbol).toMatchObject({ moduleDots: 2 })
    expect(quiet.diagnostics).toEqual([])
    const loud = compileOne({ ...node, module: 3 })
    expect(loud.diagnostics.map(({ code }) => code)).toEqual(['BARCODE_SHRUNK'])
    const error = failure(() => compileOne({ ...node, data: node.data.repeat(4) }))
    expect(error.code).toBe('BARCODE_TOO_WIDE')
    expect(error.message).toContain('384')
  })

  it('has its text above and below, centred on the bars', () => {
    const node = {
      kind: 'barcode',
      symbology: 'ean8',
      data: '1234567',
      text: 'both',
      align: 'right',
    }
    const { strip } = compileOne({ ...node, height: '5mm', font: 'B' })
    expect(strip.blocks.map(({ kind }) => kind)).toEqual(['line', 'feed', 'symbol', 'feed', 'line'])
    const bars = symbolIn(strip.blocks)
    expect(bars.heightDots).toBe(40)
    for (const block of strip.blocks) {
      if (block.kind !== 'line') continue
      const [run] = block.runs
      const middle = (run?.x ?? 0) + (run?.widthDots ?? 0) / 2
      expect(Math.abs(middle - bars.x - bars.widthDots / 2)).toBeLessThanOrEqual(1)
    }
  })

  it('is sent as dots where the printer would obey its data', () => {
    const node = { kind: 'barcode', symbology: 'code128', data: '16040116', text: 'none' }
    const kinds = compileOne(node, epsonTmT88v).commands.map(({ kind }) => kind)
    expect(kinds).toContain('raster')
    expect(kinds).not.toContain('barcodeB')
    const safe = compileOne({ ...node, data: '16050916' }, epsonTmT88v).commands
    expect(safe.map(({ kind }) => kind)).toContain('barcodeB')
  })

  it('by function A as well', () => {
    const profile = { ...epsonTmT88v, barcodes: 'function-a' } as const
    const { bytes } = compileOne(
      { kind: 'barcode', symbology: 'ean13', data: '690123456789' },
      profile,
    )
    expect(printBytes(bytes, profile).symbols).toMatchObject([
      { kind: 'ean13', data: '6901234567892' },
    ])
  })
})

describe('CODE128', () => {
  it('takes the fewest code values', () => {
    const codes = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
    expect(code128Values(codes('1234'))).toEqual([105, 12, 34])
    expect(code128Values(codes('AB'))).toHaveLength(3)
    // Set C pays from four digits at an end, six in the middle.
    expect(code128Values(codes('AB1234'))).toHaveLength(6)
    expect(code128Values(codes('AB123456cd'))).toHaveLength(10)
    expect(code128Values(codes('ab\tcd'))).toHaveLength(7)
  })

  it('means the text, in bars and as data of GS k, by every shortest way', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'0123456789{a\t'),
        fc.integer({ min: 1, max: 127 }).map((c) => String.fromCharCode(c)),
      ),
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(text, (data) => {
        const values = code128ValuesOf('code128', data)
        expect(textOf(values)).toBe(data)
        const bytes = code128Data(values)
        expect(bytes[0]).toBe(0x7b)
        expect(values.length).toBeLessThanOrEqual(2 + 2 * data.length)
      }),
    )
  })
})

/** Reads code values by the tables of the standard. */
function textOf(values: readonly number[]): string {
  const sets = ['A', 'B', 'C'] as const
  let set = sets.find((name) => startValues[name] === values[0]) ?? 'B'
  let text = ''
  let shifted = false
  for (const value of values.slice(1)) {
    const next = sets.find((name) => name !== set && switchValues[name] === value)
    if (next !== undefined) set = next
    else if (value === 98 && set !== 'C') {
      shifted = true
      continue
    } else if (set === 'C') text += String(value).padStart(2, '0')
    else {
      const inA = (set === 'A') !== shifted
      text += String.fromCharCode(inA && value >= 64 ? value - 64 : value + 32)
    }
    shifted = false
  }
  return text
}

describe('the quiet zone', () => {
  const code = { kind: 'barcode', symbology: 'code128', data: '112818300456A12B34' } as const

  it('takes in the paper beside the print area if modules would be too fine', async () => {
    for (const align of ['left', 'center', 'right'] as const) {
      const { bytes, strip, diagnostics } = compileOne({ ...code, align })
      const { x, widthDots, symbol } = symbolIn(strip.blocks)
      expect([symbol, diagnostics]).toMatchObject([{ moduleDots: 2 }, []])
      // Three of the five millimetres beside the print area are taken to be white: 24 dots.
      expect(x + 24).toBeGreaterThanOrEqual(20)
      expect(384 - x - widthDots + 24).toBeGreaterThanOrEqual(20)
      const [read] = await readCodes(printBytes(bytes, generic58).bitmap)
      expect(read?.text).toBe(code.data)
    }
  })

  it('is all in the print area if there is room, or if the paper is no wider, or in a cell', () => {
    const short = compileOne({ kind: 'barcode', symbology: 'code128', data: '1234' })
    expect(symbolIn(short.strip.blocks)).toMatchObject({ x: 30, symbol: { moduleDots: 3 } })
    const toTheEdge = compileOne(code, { ...generic58, paperMm: 48 })
    expect(toTheEdge.diagnostics.map((found) => found.code)).toEqual(['BARCODE_MODULE_SMALL'])
    const cell = { kind: 'columns', columns: [{}], rows: [[{ nodes: [code] }]] } as const
    expect(compileOne(cell).diagnostics.map((found) => found.code)).toContain(
      'BARCODE_MODULE_SMALL',
    )
    const turned = { kind: 'group', rotate: 180, nodes: [code] } as const
    expect(compileOne(turned).diagnostics.map((found) => found.code)).toContain(
      'BARCODE_MODULE_SMALL',
    )
  })
})
