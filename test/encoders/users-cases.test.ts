/** What users of other libraries ran into with codes and pictures, case by case, with the bytes that are right. */

import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { decodeAll } from '../../src/encoders/escpos/index.js'
import { printBytes } from '../../src/entries/emulator.js'
import { type CompileOptions, compile, type Pixels, type ReceiptNode } from '../../src/index.js'
import { type Bitmap, dotAt } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import { epsonTmT88v, generic58, generic80 } from '../../src/profiles/index.js'

function compiled(node: ReceiptNode, profile: Profile, images: CompileOptions['images'] = {}) {
  return compile({ nodes: [node] }, { profile, images })
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase().replace(/(..)/g, '$1 ').trim()
}

/** Grey that is neither black nor white, so that it is dithered. */
function pixels(widthPx: number, heightPx: number): Pixels {
  const data = new Uint8Array(widthPx * heightPx * 4).map((_, i) => (i % 4 === 3 ? 255 : 110))
  return { widthPx, heightPx, data }
}

function bandsOf(bytes: Uint8Array) {
  return decodeAll(bytes).flatMap(({ command }) => (command.kind === 'raster' ? [command] : []))
}

function scan(bitmap: Bitmap): string | undefined {
  const scale = 3
  const quiet = 12
  const width = (bitmap.widthDots + 2 * quiet) * scale
  const height = (bitmap.heightDots + 2 * quiet) * scale
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const black = dotAt(bitmap, Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet)
      if (black) rgba.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return jsQR(rgba, width, height)?.data
}

describe('codes', () => {
  it('QR 微信支付: the length counts the bytes of UTF-8', () => {
    const { bytes } = compiled({ kind: 'qr', data: '微信支付' }, epsonTmT88v)
    const stored = '1D 28 6B 0F 00 31 50 30 E5 BE AE E4 BF A1 E6 94 AF E4 BB 98'
    expect(hexOf(bytes)).toContain(stored)
  })

  it('the model command has the length 04 00', () => {
    const { bytes } = compiled({ kind: 'qr', data: 'a' }, epsonTmT88v)
    expect(hexOf(bytes)).toContain('1D 28 6B 04 00 31 41 32 00')
  })

  it('a payload above 255 bytes has both bytes of its length', () => {
    const data = `https://example.com/订单/${'a'.repeat(300)}`
    const length = Buffer.byteLength(data) + 3
    const { bytes } = compiled({ kind: 'qr', data, module: 3 }, epsonTmT88v)
    const stored = Buffer.concat([
      Buffer.from([0x1d, 0x28, 0x6b, length & 255, length >> 8, 0x31, 0x50, 0x30]),
      Buffer.from(data),
    ])
    expect(Buffer.from(bytes).includes(stored)).toBe(true)
  })

  it('a code wider than the paper is made smaller and reported, or refused', () => {
    const shrunk = compiled({ kind: 'qr', data: 'a'.repeat(200), module: 16 }, generic58)
    expect(shrunk.diagnostics.map(({ code }) => code)).toContain('QR_SHRUNK')
    const tooWide = { kind: 'qr', data: 'a'.repeat(2900), level: 'L', module: 3 } as const
    expect(() => compiled(tooWide, { ...generic58, widthDots: 120 })).toThrow(
      expect.objectContaining({ code: 'QR_TOO_WIDE', path: 'nodes[0].data' }),
    )
  })

  it('CODE128 of 订单1 is refused: the symbology has no hanzi', () => {
    const node = { kind: 'barcode', symbology: 'code128', data: '订单1' } as const
    expect(() => compiled(node, epsonTmT88v)).toThrow(
      expect.objectContaining({ path: 'nodes[0].data', hint: expect.any(String) }),
    )
  })

  it('EAN-13 keeps its leading zero and gets its check digit', () => {
    const node = { kind: 'barcode', symbology: 'ean13', data: '012345678901' } as const
    const { bytes } = compiled({ ...node, addCheck: true }, epsonTmT88v)
    const paper = printBytes(bytes, epsonTmT88v)
    expect(paper.symbols.map(({ data }) => data)).toEqual(['0123456789012'])
  })
})

describe('pictures', () => {
  it.each([
    ['300 rows of 16 dots', 16, 300],
    ['576 × 1600', 576, 1600],
    ['960 rows of 576 dots', 576, 960],
  ])('%s goes in bands of at most 255 rows that touch', (_, width, height) => {
    const { bytes } = compiled({ kind: 'image', src: 'p' }, generic80, { p: pixels(width, height) })
    const bands = bandsOf(bytes)
    expect(Math.max(...bands.map(({ rows }) => rows))).toBeLessThanOrEqual(255)
    expect(bands.reduce((sum, { rows }) => sum + rows, 0)).toBe(height)
    expect(printBytes(bytes, generic80).images.filter(({ continues }) => !continues).length).toBe(1)
  })

  it.each([
    ['2050 dots on 576', 2050, generic80],
    ['a 576-dot logo on 384', 576, generic58],
  ])('%s is made as wide as the paper', (_, width, profile) => {
    const { bytes } = compiled({ kind: 'image', src: 'p' }, profile, { p: pixels(width, 80) })
    for (const band of bandsOf(bytes)) expect(band.bytesPerRow * 8).toBe(profile.widthDots)
  })

  it.each([100, 220])('%i dots are padded to whole bytes', (width) => {
    const { bytes } = compiled({ kind: 'image', src: 'p' }, generic80, { p: pixels(width, 40) })
    const [band] = bandsOf(bytes)
    expect(band?.bytesPerRow).toBe(Math.ceil(width / 8))
    expect(band?.data.length).toBe(Math.ceil(width / 8) * (band?.rows ?? 0))
  })

  it.each(['微信支付', '😀'])('a QR of %s sent as dots is read back', (data) => {
    const { bytes } = compiled({ kind: 'qr', data }, generic58)
    expect(bandsOf(bytes).length).toBeGreaterThan(0)
    expect(scan(printBytes(bytes, generic58).bitmap)).toBe(data)
  })
})
