import { describe, expect, it } from 'vitest'
import { adjustGrey } from '../../src/images/adjust.js'
import { ditherGrey, otsuThreshold } from '../../src/images/dither.js'
import { type DitherMode, ditherModes } from '../../src/images/dither-modes.js'
import type { Grey } from '../../src/images/grey.js'
import { type Bitmap, dotAt } from '../../src/model/bitmap.js'

function greyOf(widthPx: number, heightPx: number, value: (x: number, y: number) => number): Grey {
  const data = Uint8Array.from({ length: widthPx * heightPx }, (_, i) =>
    value(i % widthPx, Math.floor(i / widthPx)),
  )
  return { widthPx, heightPx, data }
}

function black(bitmap: Bitmap): number {
  let count = 0
  for (const byte of bitmap.data) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count
}

const tones = ditherModes.filter((mode) => !['auto', 'threshold', 'otsu'].includes(mode))

describe('dithering', () => {
  it.each(tones)('%s keeps the tones of flat greys', (mode) => {
    // Atkinson gives a quarter of the error away: it is right in the middle only.
    const middle = mode === 'atkinson' ? [115, 128, 140] : [26, 77, 128, 179, 230]
    for (const tone of middle) {
      const share =
        black(
          ditherGrey(
            greyOf(64, 64, () => tone),
            mode,
          ),
        ) / 4096
      expect(Math.abs(share - (1 - tone / 255)), `${tone}`).toBeLessThan(
        mode === 'bayer-4' ? 0.04 : 0.03,
      )
    }
  })

  it.each(ditherModes)('%s leaves black black and white white', (mode) => {
    expect(
      black(
        ditherGrey(
          greyOf(40, 40, () => 0),
          mode === 'otsu' ? 'threshold' : mode,
        ),
      ),
    ).toBe(1600)
    expect(
      black(
        ditherGrey(
          greyOf(40, 40, () => 255),
          mode,
        ),
      ),
    ).toBe(0)
  })

  it('otsu finds the level between ink and a grey ground', () => {
    const grey = greyOf(64, 64, (x, y) => (x > 20 && x < 40 ? 90 + (y % 8) : 190 + (y % 8)))
    const level = otsuThreshold(grey)
    expect(level).toBeGreaterThan(97)
    expect(level).toBeLessThanOrEqual(190)
    expect(black(ditherGrey(grey, 'otsu'))).toBe(19 * 64)
    expect(black(ditherGrey(grey, 'threshold'))).toBe(19 * 64)
    const dark = greyOf(64, 64, (x) => (x < 10 ? 10 : 100))
    expect(black(ditherGrey(dark, 'threshold'))).toBe(4096)
    expect(black(ditherGrey(dark, 'otsu'))).toBe(10 * 64)
  })

  it('blue noise has no rows, columns or clumps', () => {
    const bitmap = ditherGrey(
      greyOf(64, 64, () => 230),
      'blue-noise',
    )
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        if (!dotAt(bitmap, x, y)) continue
        expect(dotAt(bitmap, x + 1, y) || dotAt(bitmap, x, y + 1)).toBe(false)
      }
    }
  })

  it('runs to and fro unless told not to', () => {
    const grey = greyOf(32, 32, (x, y) => (x * 5 + y * 3) % 256)
    const modes: readonly DitherMode[] = [
      'floyd-steinberg',
      'jarvis',
      'stucki',
      'sierra',
      'atkinson',
    ]
    for (const mode of modes) {
      const there = ditherGrey(grey, mode, { serpentine: false })
      expect(there.data).not.toEqual(ditherGrey(grey, mode).data)
      // The first row is the same either way.
      expect(there.data.subarray(0, 4)).toEqual(ditherGrey(grey, mode).data.subarray(0, 4))
    }
  })
})

describe('adjusting', () => {
  const slope = greyOf(256, 1, (x) => x)

  it('is nothing where nothing is asked for', () => {
    expect(adjustGrey(slope, {})).toBe(slope)
  })

  it('moves the middle tones by gamma, and neither black nor white', () => {
    const light = adjustGrey(slope, { gamma: 2 }).data
    expect([light[0], light[64], light[255]]).toEqual([0, 128, 255])
    expect(adjustGrey(slope, { gamma: 0.5 }).data[128]).toBe(64)
  })

  it('spreads or narrows the tones by contrast', () => {
    const more = adjustGrey(slope, { contrast: 50 }).data
    expect([more[30], more[128], more[225]]).toEqual([0, 129, 255])
    expect(new Set(adjustGrey(slope, { contrast: 100 }).data)).toEqual(new Set([0, 255]))
    expect(new Set(adjustGrey(slope, { contrast: -100 }).data)).toEqual(new Set([128]))
  })

  it('sharpens an edge and leaves flat parts alone', () => {
    const edge = greyOf(8, 3, (x) => (x < 4 ? 100 : 150))
    const row = [...adjustGrey(edge, { sharpen: 1 }).data.subarray(8, 16)]
    expect(row).toEqual([100, 100, 100, 83, 167, 150, 150, 150])
  })
})
