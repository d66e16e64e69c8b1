import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import jsQR from 'jsqr'
import { beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { type Bitmap, createBitmap, dotAt } from '../../src/model/bitmap.js'
import { ReceiptError } from '../../src/model/errors.js'
import type { QrLevel } from '../../src/model/symbologies.js'
import { qrBitmap, qrModules, qrSizeModules } from '../../src/symbols/qr.js'

const levels: readonly QrLevel[] = ['L', 'M', 'Q', 'H']
const payloads: readonly string[] = [
  '微信支付',
  'https://example.com/订单?id=20261123121544000123',
  '😀',
  '0000123456789012345678901',
  'HTTPS://EXAMPLE.COM/A+B',
  'wxp://f2f0AbCdEf',
  `${'0123456789abcdef'.repeat(18)}十二字节长的`.slice(0, 294),
  'receipt '.repeat(125),
]

/** RGBA with a white margin, four modules wide: the quiet zone that the layout keeps. */
function picture(bitmap: Bitmap, margin: number) {
  const width = bitmap.widthDots + 2 * margin
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < bitmap.heightDots; y++) {
    for (let x = 0; x < bitmap.widthDots; x++) {
      if (dotAt(bitmap, x, y))
        data.fill(
          0,
          ((y + margin) * width + x + margin) * 4,
          ((y + margin) * width + x + margin) * 4 + 3,
        )
    }
  }
  return { data, width, height: width, colorSpace: 'srgb' as const }
}

function codeOf(run: () => unknown): ReceiptError {
  try {
    run()
  } catch (error) {
    if (error instanceof ReceiptError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('QR codes', () => {
  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    const wasmBinary = new Uint8Array(await readFile(wasm)).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  })

  for (const level of levels) {
    it(`scan back at level ${level}, by two independent readers`, async () => {
      for (const data of payloads) {
        const image = picture(qrBitmap({ symbology: 'qr', data, level, moduleDots: 4 }), 16)
        expect(jsQR(image.data, image.width, image.height)?.data).toBe(data)
        const [read] = await readBarcodes(image as unknown as Parameters<typeof readBarcodes>[0], {
          formats: ['QRCode'],
        })
        expect(read?.text).toBe(data)
        expect(read?.ecLevel).toBe(level)
      }
    })

    it(`have the size told in advance at level ${level}`, () => {
      for (const data of payloads)
        expect(qrSizeModules(data, level)).toBe(qrModules(data, level).width)
    })
  }

  it('store Chinese as UTF-8', () => {
    const image = picture(
      qrBitmap({ symbology: 'qr', data: '微信支付', level: 'M', moduleDots: 3 }),
      12,
    )
    expect(jsQR(image.data, image.width, image.height)?.binaryData).toEqual([
      0xe5, 0xbe, 0xae, 0xe4, 0xbf, 0xa1, 0xe6, 0x94, 0xaf, 0xe4, 0xbb, 0x98,
    ])
  })

  it('take the sizes of the standard', () => {
    expect(qrSizeModules('微信支付', 'M')).toBe(21)
    expect(qrSizeModules('a'.repeat(14), 'M')).toBe(21)
    expect(qrSizeModules('a'.repeat(15), 'M')).toBe(25)
    expect(qrSizeModules('1'.repeat(7089), 'L')).toBe(177)
    expect(qrSizeModules('A'.repeat(4296), 'L')).toBe(177)
    expect(qrSizeModules('a'.repeat(2953), 'L')).toBe(177)
  })

  it('draw a module as a square of dots, and the finder pattern at the top left', () => {
    const bitmap = qrBitmap({ symbology: 'qr', data: '1', level: 'L', moduleDots: 3 })
    expect([bitmap.widthDots, bitmap.heightDots, bitmap.data.length]).toEqual([63, 63, 8 * 63])
    for (let y = 0; y < 21; y++) {
      for (let x = 0; x < 21; x++) {
        const ring = Math.max(Math.abs(Math.floor(x / 3) - 3), Math.abs(Math.floor(y / 3) - 3))
        expect(dotAt(bitmap, x, y)).toBe(ring !== 2)
      }
    }
  })

  it('say how much fits when the text is too long', () => {
    const error = codeOf(() => qrSizeModules('付'.repeat(1000), 'H'))
    expect(error.code).toBe('QR_TOO_LONG')
    expect(error.message).toContain('1273 bytes')
    expect(error.message).toContain('3000')
    expect(codeOf(() => qrModules('a'.repeat(2954), 'L')).code).toBe('QR_TOO_LONG')
  })

  it('refuse what cannot be stored', () => {
    expect(codeOf(() => qrModules('', 'M')).code).toBe('QR_EMPTY')
    expect(codeOf(() => qrModules('😀'.slice(0, 1), 'M')).code).toBe('QR_NOT_TEXT')
    const symbol = { symbology: 'qr', data: 'a', level: 'M', moduleDots: 2.5 } as const
    expect(codeOf(() => qrBitmap(symbol)).code).toBe('QR_MODULE_DOTS')
  })

  it('are kept under all that they were made from', () => {
    // Digits of the data next to digits of the version: once, 0123456 printed as 123456 of version 10.
    const digits = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 1, maxLength: 4 })
    const version = fc.option(fc.constantFrom(1, 2, 10, 11), { nil: undefined })
    const code = fc.record({ data: digits, level: fc.constantFrom(...levels), version })
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 8 }), (codes) => {
        for (const { data, level, version } of codes) {
          const symbol = { symbology: 'qr', data, level, moduleDots: 2 } as const
          const bitmap = qrBitmap(version === undefined ? symbol : { ...symbol, version })
          expect(bitmap.widthDots).toBe(2 * qrSizeModules(data, level, version))
          const image = picture(bitmap, 8)
          expect(jsQR(image.data, image.width, image.height)?.data).toBe(data)
        }
      }),
      { numRuns: 20, seed: 1 },
    )
  })

  it('clear a module of white around a logo', () => {
    const logo = createBitmap(16, 6)
    logo.data.fill(0xff)
    const plain = {
      symbology: 'qr',
      data: 'https://example.com',
      level: 'H',
      moduleDots: 4,
    } as const
    const bare = qrBitmap(plain)
    const { widthDots } = bare
    const bitmap = qrBitmap({ ...plain, logo })
    const left = (widthDots - 16) >> 1
    const top = (widthDots - 6) >> 1
    for (let y = 0; y < widthDots; y++) {
      for (let x = 0; x < widthDots; x++) {
        const across = Math.max(left - x, x - (left + 15))
        const down = Math.max(top - y, y - (top + 5))
        const away = Math.max(across, down)
        if (away <= 0) expect(dotAt(bitmap, x, y)).toBe(true)
        else if (away <= 4) expect(dotAt(bitmap, x, y)).toBe(false)
        else expect(dotAt(bitmap, x, y)).toBe(dotAt(bare, x, y))
      }
    }
  })

  it('are computed once while they are in use', () => {
    const first = qrModules('same', 'M')
    expect(qrModules('same', 'M')).toBe(first)
    for (let i = 0; i < 40; i++) qrModules(`other ${i}`, 'M')
    expect(qrModules('same', 'M')).not.toBe(first)
    expect(qrModules('same', 'M')).toEqual(first)
  })
})
