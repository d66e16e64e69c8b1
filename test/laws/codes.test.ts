/** The law of codes: whichever symbology and options, and whatever was printed before, a reader reads the data from the paper. */

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { printBytes } from '../../src/entries/emulator.js'
import { nativeBarcodes, type Profile } from '../../src/model/profile.js'
import type { SymbolBlock } from '../../src/model/strip.js'
import { generic80 } from '../../src/profiles/index.js'
import { checkBarcode } from '../../src/symbols/check-barcode.js'
import { symbolBitmap } from '../../src/symbols/symbol.js'
import { prepareReader, readCodes } from '../symbols/reader.js'
import { lawImages } from './arbitraries.js'
import { lawTimeoutMs, numRuns, seed } from './samples.js'

interface Code {
  readonly node: Readonly<Record<string, unknown>>
  readonly read: string
}

/** Few, and parts of each other with the digits of versions and levels before them, so that keys of caches may meet. */
const data = fc.constantFrom(
  '0123456789',
  '123456789',
  '10',
  '110',
  '2026112312',
  'A-1 $%./+',
  '12',
)
const align = fc.constantFrom('left', 'center', 'right')
const optional = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] })
const between = (min: number, max: number) => fc.integer({ min, max })

const qr: fc.Arbitrary<Code> = fc
  .tuple(
    fc.oneof(data, fc.constantFrom('微信支付', 'https://example.com/v/000236?k=9c41d7')),
    optional({
      module: fc.oneof(between(2, 6), fc.constantFrom('fit', '0.5mm')),
      level: fc.constantFrom('L', 'M', 'Q', 'H'),
      version: fc.oneof(between(1, 12), fc.constantFrom(1, 2, 10, 11)),
      quietZone: between(3, 6),
      allowLowerLevel: fc.boolean(),
      caption: fc.constant('请扫码'),
      logo: fc.constant('grey'),
      align,
    }),
  )
  .map(([text, options]) => ({ node: { kind: 'qr', data: text, ...options }, read: text }))

const symbolOptions: Readonly<Record<string, fc.Arbitrary<object>>> = {
  pdf417: optional({
    module: between(2, 3),
    columns: between(1, 5),
    rowHeight: between(2, 5),
    level: between(0, 5),
    truncated: fc.boolean(),
    quietZone: between(2, 4),
    align,
  }),
  datamatrix: optional({
    module: between(3, 6),
    shape: fc.constantFrom('square', 'rectangle'),
    quietZone: between(1, 4),
    align,
  }),
  aztec: optional({
    module: between(3, 6),
    errorPercent: between(5, 60),
    quietZone: between(1, 4),
    align,
  }),
  maxicode: optional({ mode: fc.constantFrom(4, 5, 6), quietZone: between(1, 3), align }),
}

const symbol: fc.Arbitrary<Code> = fc
  .constantFrom(...Object.keys(symbolOptions))
  .chain((symbology) =>
    fc.tuple(data, symbolOptions[symbology] as fc.Arbitrary<object>).map(([text, options]) => ({
      node: { kind: 'symbol', symbology, data: text, ...options },
      read: text,
    })),
  )

const barDigits = {
  code128: '20261123',
  code93: 'A-12',
  code39: 'A-12',
  itf: '123456',
  codabar: 'A12-56B',
  ean13: '690123456789',
  ean8: '6901234',
  'gs1-128': '(10)A1(15)261123',
  'databar-expanded': '(01)09521234543213',
  'databar-expanded-stacked': '(01)09521234543213(10)ABC123',
} as const

const barcode: fc.Arbitrary<Code> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(barDigits) as (keyof typeof barDigits)[])),
    optional({
      module: between(2, 3),
      height: fc.oneof(between(60, 120), fc.constant('12mm')),
      text: fc.constantFrom('none', 'above', 'below', 'both'),
      font: fc.constantFrom('A', 'B'),
      quietZone: between(10, 14),
      align,
    }),
    fc.boolean(),
    fc.constantFrom(2, 4, 6),
  )
  .map(([symbology, options, addCheck, segments]) => {
    const adds = addCheck && (symbology === 'code39' || symbology === 'itf')
    // With its check digit ITF has an even number of digits.
    const text = adds && symbology === 'itf' ? '12345' : barDigits[symbology]
    const more = symbology === 'databar-expanded-stacked' ? { segments } : {}
    const node = { kind: 'barcode', symbology, data: text, ...options, ...more }
    return {
      node: adds ? { ...node, addCheck } : node,
      read: checkBarcode(symbology, text, adds),
    }
  })

/** All symbols as dots, and all by the printer itself. */
const printers: readonly Profile[] = [
  generic80,
  { ...generic80, qr: 'native', barcodes: 'function-b', nativeBarcodes, pdf417: 'native' },
]

describe('laws', { timeout: lawTimeoutMs }, () => {
  beforeAll(prepareReader)

  it('prints codes that read as their data, with every option', async () => {
    const codes = fc.array(fc.oneof(qr, qr, symbol, barcode), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(codes, fc.constantFrom(...printers), async (list, profile) => {
        for (const { node, read } of list) {
          const { bytes, strip } = compileJson({ nodes: [node] }, { profile, images: lawImages })
          const block = strip.blocks.find(({ kind }) => kind === 'symbol') as SymbolBlock
          const drawn = symbolBitmap(block.symbol)
          expect([drawn.widthDots, drawn.heightDots]).toEqual([block.widthDots, block.heightDots])
          const found = await readCodes(printBytes(bytes, profile).bitmap)
          expect(found.map(({ text }) => text)).toEqual([read])
        }
      }),
      { numRuns: Math.ceil(numRuns / 10), seed },
    )
  })
})
