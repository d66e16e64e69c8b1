import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ditherGrey } from '../../src/images/dither.js'
import { type DitherMode, ditherModes } from '../../src/images/dither-modes.js'
import { type Grey, pixelsToGrey } from '../../src/images/grey.js'
import { imageToBitmap } from '../../src/images/image-to-bitmap.js'
import { chooseDither } from '../../src/images/line-art.js'
import { resizeGrey } from '../../src/images/resize.js'
import { dotAt, type Pixels } from '../../src/model/bitmap.js'

const colours: Readonly<Record<string, readonly number[]>> = {
  B: [0, 0, 0, 255],
  W: [255, 255, 255, 255],
  '.': [0, 0, 0, 0],
}

function pixels(...rows: readonly string[]): Pixels {
  const data = rows.flatMap((row) => [...row].flatMap((pixel) => colours[pixel] ?? []))
  return { widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(data) }
}

function greyOf(widthPx: number, heightPx: number, value: (x: number, y: number) => number): Grey {
  const data = Uint8Array.from({ length: widthPx * heightPx }, (_, i) =>
    value(i % widthPx, Math.floor(i / widthPx)),
  )
  return { widthPx, heightPx, data }
}

function darkness(grey: Grey, mode: DitherMode): number {
  const bitmap = ditherGrey(grey, mode)
  let black = 0
  for (let y = 0; y < grey.heightPx; y++) {
    for (let x = 0; x < grey.widthPx; x++) if (dotAt(bitmap, x, y)) black++
  }
  return black / (grey.widthPx * grey.heightPx)
}

describe('grey', () => {
  it('is the luma of sRGB on white paper', () => {
    const data = Uint8Array.of(
      255,
      0,
      0,
      255,
      0,
      255,
      0,
      255,
      0,
      0,
      255,
      255,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      51,
    )
    expect([...pixelsToGrey({ widthPx: 5, heightPx: 1, data }).data]).toEqual([
      54, 182, 18, 255, 204,
    ])
  })

  it('needs four bytes a pixel', () => {
    const wrong = { widthPx: 2, heightPx: 1, data: new Uint8Array(6) }
    expect(() => pixelsToGrey(wrong)).toThrow('8 bytes, not 6')
  })
})

describe('resizing', () => {
  it('keeps the mean when it shrinks, and a sharp edge where it was', () => {
    const grey = greyOf(96, 8, (x) => (x < 48 ? 0 : 255))
    const small = resizeGrey(grey, 32, 8)
    const row = [...small.data.subarray(0, 32)]
    expect(row.slice(0, 14).every((value) => value < 20)).toBe(true)
    expect(row.slice(18).every((value) => value > 235)).toBe(true)
    expect(Math.abs(row.reduce((sum, value) => sum + value, 0) / 32 - 127.5)).toBeLessThan(2)
  })

  it('goes on evenly when it grows', () => {
    const grey = greyOf(4, 1, (x) => x * 60)
    const row = [...resizeGrey(grey, 16, 1).data]
    for (let x = 3; x < 13; x++) expect(row[x]).toBeGreaterThan(row[x - 1] as number)
    expect([
      ...resizeGrey(
        greyOf(1, 1, () => 7),
        3,
        2,
      ).data,
    ]).toEqual([7, 7, 7, 7, 7, 7])
  })

  it('leaves the picture where it is: turned round, it comes out turned round', () => {
    const size = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(size, size, size, size, fc.integer(), (w, h, w2, h2, seed) => {
        const value = (i: number) => Math.imul(i + 1, seed | 1) >>> 24
        const turned = resizeGrey(
          greyOf(w, h, (x, y) => value(w * h - 1 - (y * w + x))),
          w2,
          h2,
        )
        const straight = resizeGrey(
          greyOf(w, h, (x, y) => value(y * w + x)),
          w2,
          h2,
        )
        straight.data.reverse().forEach((tone, i) => {
          // Sums in another order may round otherwise.
          expect(Math.abs(tone - (turned.data[i] as number))).toBeLessThanOrEqual(1)
        })
      }),
    )
  })

  it('keeps an even tone even, at any size', () => {
    const size = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.integer({ min: 0, max: 255 }),
        (w, h, w2, h2, tone) => {
          const out = resizeGrey(
            greyOf(w, h, () => tone),
            w2,
            h2,
          )
          expect(out.data.every((value) => value === tone)).toBe(true)
          expect(out.data.length).toBe(w2 * h2)
        },
      ),
    )
  })
})

describe('dithering', () => {
  it('makes BBWW..BW the byte C2 in every mode', () => {
    for (const dither of ditherModes) {
      const bitmap = imageToBitmap(pixels('BBWW..BW'), { maxWidthDots: 384, dither })
      expect([...bitmap.data]).toEqual([0xc2])
    }
  })

  it('keeps the tones of flat greys', () => {
    for (const tone of [26, 77, 128, 179, 230]) {
      const grey = greyOf(64, 64, () => tone)
      const wanted = 1 - tone / 255
      expect(Math.abs(darkness(grey, 'floyd-steinberg') - wanted)).toBeLessThan(0.01)
      expect(Math.abs(darkness(grey, 'bayer') - wanted)).toBeLessThan(0.02)
    }
    for (const tone of [102, 128, 153]) {
      expect(
        Math.abs(
          darkness(
            greyOf(64, 64, () => tone),
            'atkinson',
          ) -
            (1 - tone / 255),
        ),
      ).toBeLessThan(0.06)
    }
    expect(
      darkness(
        greyOf(64, 64, () => 127),
        'threshold',
      ),
    ).toBe(1)
    expect(
      darkness(
        greyOf(64, 64, () => 128),
        'threshold',
      ),
    ).toBe(0)
  })

  it('keeps the tones of a slope, block by block', () => {
    const grey = greyOf(256, 64, (x) => x)
    const bitmap = ditherGrey(grey, 'floyd-steinberg')
    let error = 0
    for (let bx = 0; bx < 256; bx += 8) {
      let black = 0
      for (let y = 0; y < 64; y++)
        for (let x = bx; x < bx + 8; x++) if (dotAt(bitmap, x, y)) black++
      error += Math.abs(black / 512 - (1 - (bx + 3.5) / 255))
    }
    expect(error / 32).toBeLessThan(0.01)
  })

  it('leaves the bits beyond the width white', () => {
    for (const dither of ditherModes) {
      const bitmap = imageToBitmap(pixels('BBB', 'BBB'), { maxWidthDots: 384, dither })
      expect([...bitmap.data]).toEqual([0xe0, 0xe0])
    }
  })

  it('tells line art from photos', () => {
    const disc = greyOf(128, 128, (x, y) => {
      const edge = Math.hypot(x - 63.5, y - 63.5) - 40
      return Math.max(0, Math.min(255, 128 + edge * 128))
    })
    expect(chooseDither(disc)).toBe('threshold')
    expect(chooseDither(greyOf(256, 64, (x) => x))).toBe('floyd-steinberg')
    expect(chooseDither(greyOf(64, 64, () => 255))).toBe('threshold')
  })

  it('does not lose a pale mark on white, nor a dark one on black', () => {
    const pale = greyOf(100, 100, (x, y) => (x < 20 && y < 20 ? 190 : y > 80 ? 0 : 255))
    const deep = greyOf(100, 100, (x, y) => (x < 20 && y < 20 ? 90 : 0))
    expect([chooseDither(pale), chooseDither(deep)]).toEqual(['floyd-steinberg', 'floyd-steinberg'])
  })
})

describe('an image on paper', () => {
  it('keeps its own size when it fits, and its aspect when it does not', () => {
    const wide = { widthPx: 576, heightPx: 144, data: new Uint8Array(576 * 144 * 4) }
    const sizeOf = (options: Parameters<typeof imageToBitmap>[1]) => {
      const { widthDots, heightDots, data } = imageToBitmap(wide, options)
      return [widthDots, heightDots, data.length]
    }
    expect(sizeOf({ maxWidthDots: 576 })).toEqual([576, 144, 72 * 144])
    expect(sizeOf({ maxWidthDots: 384 })).toEqual([384, 96, 48 * 96])
    expect(sizeOf({ maxWidthDots: 384, widthDots: 100 })).toEqual([100, 25, 13 * 25])
    expect(sizeOf({ maxWidthDots: 384, widthDots: 500 })).toEqual([384, 96, 48 * 96])
  })

  it('is never without height, and never taller than a printer counts', () => {
    const flat = { widthPx: 4000, heightPx: 1, data: new Uint8Array(16000) }
    expect(imageToBitmap(flat, { maxWidthDots: 384 }).heightDots).toBe(1)
    const tall = { widthPx: 1, heightPx: 200, data: new Uint8Array(800) }
    expect(() => imageToBitmap(tall, { maxWidthDots: 384, widthDots: 384 })).toThrow(
      '76800 dots tall',
    )
    expect(() => imageToBitmap(tall, { maxWidthDots: 384, widthDots: 0.5 })).toThrow(
      '0.5 dots wide',
    )
  })

  it('is the same each time', () => {
    const noise = {
      widthPx: 50,
      heightPx: 50,
      data: Uint8Array.from({ length: 10000 }, (_, i) => (i * 7919) % 256),
    }
    const options = { maxWidthDots: 40, dither: 'floyd-steinberg' } as const
    expect(imageToBitmap(noise, options)).toEqual(imageToBitmap(noise, options))
  })
})
