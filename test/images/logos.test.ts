/** Logos as shops have them: one flat colour, on white or on nothing. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { imageToBitmap } from '../../src/images/image-to-bitmap.js'
import { type Bitmap, dotAt, isBlank, type Pixels } from '../../src/model/bitmap.js'
import { generic58 } from '../../src/profiles/index.js'

type Rgba = readonly [number, number, number, number]
const nothing: Rgba = [0, 0, 0, 0]
const white: Rgba = [255, 255, 255, 255]

/** A frame with a disc in it, its edges smoothed: 200 × 100, disc of radius 30 at (50, 50). */
function logo(ink: Rgba, ground: Rgba): Pixels {
  const [widthPx, heightPx] = [200, 100]
  const data = new Uint8Array(widthPx * heightPx * 4)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const disc = Math.max(0, Math.min(1, 30.5 - Math.hypot(x - 50, y - 50)))
      const frame = Math.min(x, y, widthPx - 1 - x, heightPx - 1 - y) < 4 ? 1 : 0
      const part = Math.max(disc, frame)
      for (let i = 0; i < 4; i++) {
        const [a = 0, b = 0] = [ink[i], i < 3 && ground[3] === 0 ? ink[i] : ground[i]]
        data[(y * widthPx + x) * 4 + i] = Math.round(a * part + b * (1 - part))
      }
    }
  }
  return { widthPx, heightPx, data }
}

function share({ widthDots, heightDots, data }: Bitmap): number {
  let count = 0
  for (const byte of data) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count / (widthDots * heightDots)
}

const inks: readonly (readonly [string, Rgba])[] = [
  ['black', [0, 0, 0, 255]],
  ['orange', [250, 166, 0, 255]],
  ['gold', [255, 214, 0, 255]],
  ['yellow', [255, 255, 0, 255]],
  ['sky', [120, 200, 255, 255]],
  ['grey', [150, 150, 150, 255]],
]

describe('a flat logo', () => {
  it.each(inks)('in %s is solid under auto, at any size', (_, ink) => {
    const solid = share(imageToBitmap(logo([0, 0, 0, 255], white), { maxWidthDots: 576 }))
    for (const ground of [white, nothing]) {
      for (const widthDots of [200, 120, 384]) {
        const bitmap = imageToBitmap(logo(ink, ground), { maxWidthDots: 576, widthDots })
        expect(Math.abs(share(bitmap) - solid)).toBeLessThan(0.03)
        const scale = widthDots / 200
        for (let y = -20; y <= 20; y++) {
          for (let x = -20; x <= 20; x++) {
            expect(dotAt(bitmap, Math.round((50 + x) * scale), Math.round((50 + y) * scale))).toBe(
              true,
            )
          }
        }
      }
    }
  })

  it('does not make a black box of a pale ground, nor ink of what is nearly white', () => {
    const ground: Rgba = [238, 238, 238, 255]
    expect(share(imageToBitmap(logo(white, ground), { maxWidthDots: 576 }))).toBeLessThan(0.1)
    expect(
      isBlank(
        imageToBitmap(logo([250, 250, 250, 255], white), {
          maxWidthDots: 576,
          dither: 'threshold',
        }),
      ),
    ).toBe(true)
    expect(
      share(imageToBitmap(logo([250, 250, 250, 255], white), { maxWidthDots: 576 })),
    ).toBeLessThan(0.05)
  })
})

describe('a picture that prints blank', () => {
  const images = { white: logo(white, nothing), orange: logo([250, 166, 0, 255], white) }
  const codes = (node: object) =>
    compileJson({ nodes: [node] }, { profile: generic58, images }).diagnostics.map((one) => [
      one.code,
      one.severity,
      one.path,
    ])

  it('is a warning, alone and in a QR code', () => {
    const image = (src: string, more: object = {}) => codes({ kind: 'image', src, ...more })
    expect(image('white')).toEqual([['IMAGE_BLANK', 'warning', 'nodes[0].src']])
    expect(image('orange')).toEqual([])
    expect(image('orange', { dither: 'threshold' })).toEqual([
      ['IMAGE_BLANK', 'warning', 'nodes[0].src'],
    ])
    const qr = { kind: 'qr', data: 'https://example.com', logo: 'white' }
    expect(codes(qr)).toEqual([['IMAGE_BLANK', 'warning', 'nodes[0].logo']])
  })
})
