/** A loaded picture is made into dots once, and never keeps dots of pixels that were changed since. */

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { loadImage } from '../../src/images/index.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { ImageBlock } from '../../src/model/strip.js'
import { generic58 } from '../../src/profiles/index.js'
import { seeded } from '../seeded.js'

const WIDTH = 96
const HEIGHT = 40

async function load(channels: 1 | 3 | 4, format: 'png' | 'webp' = 'png'): Promise<Pixels> {
  const random = seeded(channels)
  const samples = Buffer.from(Array.from({ length: WIDTH * HEIGHT * channels }, () => random(256)))
  const raw = sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels } })
  const image = channels === 1 ? raw.toColourspace('b-w') : raw
  return loadImage(await image.toFormat(format).toBuffer())
}

/** The dots of the picture in a receipt. */
function dotsOf(logo: Pixels, width = WIDTH) {
  const nodes = [{ kind: 'image' as const, src: 'logo', width }]
  const { strip } = compile({ nodes }, { profile: generic58, images: { logo } })
  return (strip.blocks[0] as ImageBlock).bitmap
}

describe.each([
  ['a grey PNG', 1, 'png'],
  ['an RGB PNG', 3, 'png'],
  ['an RGBA PNG', 4, 'png'],
  ['a WebP', 3, 'webp'],
] as const)('%s', (_, channels, format) => {
  it('is made into dots once for each size', async () => {
    const logo = await load(channels, format)
    const large = dotsOf(logo)
    const small = dotsOf(logo, 48)
    expect(dotsOf(logo)).toBe(large)
    expect(dotsOf(logo, 48)).toBe(small)
    expect(small.widthDots).toBe(48)
  })

  it('prints as the same pixels that were given by hand', async () => {
    const logo = await load(channels, format)
    const dots = dotsOf(logo)
    const { widthPx, heightPx, data } = logo
    expect(dotsOf({ widthPx, heightPx, data })).toEqual(dots)
    expect(dotsOf(structuredClone(await load(channels, format)))).toEqual(dots)
  })

  it('prints what was written into its pixels since', async () => {
    const logo = await load(channels, format)
    expect(dotsOf(logo).data.some((byte) => byte !== 0)).toBe(true)
    const { data } = logo
    expect(dotsOf(logo).data.some((byte) => byte !== 0)).toBe(true)
    data.fill(255)
    expect(dotsOf(logo).data.every((byte) => byte === 0)).toBe(true)
  })
})
