/** Plain PNGs without sharp: the same pixels as sharp reads, and nothing that sharp should judge. */

import fc from 'fast-check'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { kernels } from '../../src/images/diffusion-kernels.js'
import { diffuse } from '../../src/images/dither.js'
import { floydSteinberg } from '../../src/images/floyd-steinberg.js'
import { plainPng } from '../../src/images/plain-png.js'
import { seeded } from '../seeded.js'

const limits = { widthPx: 4096, maxPixels: 1_000_000 }

/** Smooth stretches and noise, so that every filter of PNG is taken. */
function samplesOf(count: number): Buffer {
  const random = seeded(count)
  return Buffer.from(Array.from({ length: count }, (_, i) => (i % 97 < 60 ? i >> 3 : random(256))))
}

function picture(channels: 1 | 3 | 4, width = 61, height = 43) {
  const raw = { width, height, channels }
  const image = sharp(samplesOf(width * height * channels), { raw })
  return channels === 1 ? image.toColourspace('b-w') : image
}

it.each([1, 3, 4] as const)(
  'of %i samples a pixel have the pixels that sharp reads',
  async (channels) => {
    const png = await picture(channels).png({ adaptiveFiltering: true }).toBuffer()
    const { data } = await sharp(png)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const read = plainPng(png, limits)
    expect([read?.widthPx, read?.heightPx]).toEqual([61, 43])
    expect(Buffer.from(read?.data ?? []).equals(data)).toBe(true)
  },
)

it('leave palettes, 16 bits, interlacing, profiles and what is too large to sharp', async () => {
  const others = [
    picture(3).png({ palette: true }),
    picture(3).toColourspace('rgb16').png(),
    picture(3).png({ progressive: true }),
    picture(3).withIccProfile('p3').png(),
    picture(3).jpeg(),
  ]
  for (const other of others) expect(plainPng(await other.toBuffer(), limits)).toBeUndefined()
  const png = await picture(3).png().toBuffer()
  expect(plainPng(png, { ...limits, widthPx: 60 })).toBeUndefined()
  expect(plainPng(png, { ...limits, maxPixels: 61 * 43 - 1 })).toBeUndefined()
})

it('leave every damaged file to sharp', async () => {
  const png = await picture(3, 9, 7).png().toBuffer()
  for (let at = 0; at < png.length; at++) {
    const spoilt = Buffer.from(png)
    spoilt[at] = (spoilt[at] as number) ^ 0x10
    expect(plainPng(spoilt, limits), `byte ${at}`).toBeUndefined()
    expect(plainPng(png.subarray(0, at), limits), `${at} bytes`).toBeUndefined()
  }
})

it('dithers in one loop to the dots of the kernel', () => {
  const grey = fc
    .integer({ min: 1, max: 40 })
    .chain((widthPx) =>
      fc
        .uint8Array({ minLength: widthPx, maxLength: widthPx * 12 })
        .map((data) => ({ widthPx, heightPx: Math.floor(data.length / widthPx), data })),
    )
  fc.assert(
    fc.property(grey, fc.boolean(), (given, serpentine) => {
      const kernel = diffuse(given, kernels['floyd-steinberg'], serpentine)
      expect(floydSteinberg(given, serpentine)).toEqual(kernel)
    }),
    { numRuns: 300, seed: 20261123 },
  )
})
