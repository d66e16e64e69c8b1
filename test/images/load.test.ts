import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadImage } from '../../src/images/load.js'
import { decodePng } from '../../src/images/png.js'
import { ReceiptError } from '../../src/model/errors.js'

const red = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0) }
const redPng = encode({ ...red, channels: 4 })
let folder: string
let root: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'))
  root = join(folder, 'root')
  await mkdir(join(root, 'logos'), { recursive: true })
  await writeFile(join(root, 'logos', 'red.png'), redPng)
  await writeFile(join(root, 'note.txt'), 'not a picture')
  await writeFile(join(folder, 'secret.png'), redPng)
  await symlink(join(folder, 'secret.png'), join(root, 'link.png'))
  await symlink(join(root, 'logos', 'red.png'), join(root, 'inside.png'))
})
afterAll(() => rm(folder, { recursive: true }))

async function codeOf(load: Promise<unknown>): Promise<string> {
  const error = await load.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof ReceiptError) return error.code
  throw error ?? new Error('nothing was thrown')
}

/** A picture of 13 × 11 pixels with every value, so that rows end inside a byte and passes are ragged. */
const width = 13
const height = 11
const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => (i * 37 + (i >> 3)) & 255)

const inflate = (data: Uint8Array, maxOutputLength: number) =>
  inflateSync(data, { maxOutputLength })

describe('PNG', () => {
  it('decodes as sharp does, in every colour type, with and without interlacing', async () => {
    const opaque = sharp(rgba, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .png()
      .toBuffer()
    for (const progressive of [false, true]) {
      const files = [
        await sharp(rgba, { raw: { width, height, channels: 4 } })
          .png({ progressive })
          .toBuffer(),
        await sharp(await opaque)
          .png({ progressive })
          .toBuffer(),
        await sharp(await opaque)
          .greyscale()
          .png({ progressive })
          .toBuffer(),
        await sharp(await opaque)
          .toColourspace('rgb16')
          .png({ progressive })
          .toBuffer(),
        await sharp(rgba, { raw: { width, height, channels: 4 } })
          .greyscale()
          .png({ progressive })
          .toBuffer(),
        ...(await Promise.all(
          [2, 4, 16, 256].map((colours) =>
            sharp(rgba, { raw: { width, height, channels: 4 } })
              .png({ progressive, palette: true, colours, dither: 0 })
              .toBuffer(),
          ),
        )),
      ]
      for (const file of files) {
        const wanted = await sharp(file)
          .toColourspace('srgb')
          .ensureAlpha()
          .raw({ depth: 'uchar' })
          .toBuffer()
        const got = decodePng(file, inflate)
        expect([got.widthPx, got.heightPx]).toEqual([width, height])
        expect(Buffer.from(got.data).equals(wanted)).toBe(true)
      }
    }
  })

  it('decodes every row filter', () => {
    const image = { widthPx: width, heightPx: height, data: rgba }
    for (const filter of [0, 1, 2, 3, 4])
      expect(decodePng(filtered(filter), inflate)).toEqual(image)
  })

  it('makes the colour of tRNS transparent', () => {
    const grey = png({ width: 4, height: 1, depth: 2, type: 0, raw: [0, 0b00011011], tRNS: [0, 2] })
    expect([...decodePng(grey, inflate).data]).toEqual([
      0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 0, 255, 255, 255, 255,
    ])
    const rgb = png({
      width: 2,
      height: 1,
      depth: 8,
      type: 2,
      raw: [0, 1, 2, 3, 1, 2, 4],
      tRNS: [0, 1, 0, 2, 0, 3],
    })
    expect([...decodePng(rgb, inflate).data]).toEqual([1, 2, 3, 0, 1, 2, 4, 255])
  })

  it('refuses a picture that inflates to more than its header says', async () => {
    const bomb = png({ width: 1, height: 1, depth: 8, type: 0, raw: new Array(1e6).fill(0) })
    expect(await codeOf(loadImage(bomb))).toBe('IMAGE_UNREADABLE')
  })

  it('refuses damaged files, at any cut', async () => {
    for (let length = 0; length < redPng.length - 12; length += 5) {
      expect(await codeOf(loadImage(redPng.subarray(0, length)))).toBe('IMAGE_UNREADABLE')
    }
    const outOfPalette = png({
      width: 1,
      height: 1,
      depth: 8,
      type: 3,
      raw: [0, 5],
      PLTE: [1, 2, 3],
    })
    expect(await codeOf(loadImage(outOfPalette))).toBe('IMAGE_UNREADABLE')
  })
})

describe('loading', () => {
  const pixels = { widthPx: 2, heightPx: 1, data: red.data }

  it('takes bytes, pixels, data URIs and files under the root', async () => {
    const base64 = Buffer.from(redPng).toString('base64')
    expect(await loadImage(redPng)).toEqual(pixels)
    expect(await loadImage(red)).toEqual(pixels)
    expect(await loadImage({ ...red, data: Uint8ClampedArray.from(red.data) })).toEqual(pixels)
    expect(await loadImage(`data:image/png;base64,${base64}`)).toEqual(pixels)
    expect(await loadImage('logos/red.png', { root })).toEqual(pixels)
    expect(await loadImage(join(root, 'logos', 'red.png'), { root })).toEqual(pixels)
    expect(await loadImage('inside.png', { root })).toEqual(pixels)
  })

  it('decodes other formats by sharp', async () => {
    const image = sharp({ create: { width: 8, height: 4, channels: 3, background: '#ff0000' } })
    for (const file of [
      await image.clone().webp({ lossless: true }).toBuffer(),
      await image.clone().gif().toBuffer(),
    ]) {
      const loaded = await loadImage(new Uint8Array(file))
      expect([loaded.widthPx, loaded.heightPx, ...loaded.data.subarray(0, 4)]).toEqual([
        8, 4, 255, 0, 0, 255,
      ])
    }
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="3"><rect width="5" height="3"/></svg>'
    const drawn = await loadImage(`data:image/svg+xml,${encodeURIComponent(svg)}`)
    expect([drawn.widthPx, drawn.heightPx, ...drawn.data.subarray(0, 4)]).toEqual([
      5, 3, 0, 0, 0, 255,
    ])
  })

  it('turns a photo as its camera says', async () => {
    const lying = await sharp({ create: { width: 8, height: 4, channels: 3, background: '#000' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await loadImage(lying)).toMatchObject({ widthPx: 4, heightPx: 8 })
  })

  it('reads no file without a root, and none outside it', async () => {
    expect(await codeOf(loadImage('logos/red.png'))).toBe('IMAGE_PATH_OUTSIDE')
    const outside = [
      '../secret.png',
      'logos/../../secret.png',
      '/etc/hostname',
      '../missing.png',
      'link.png',
      '.',
      '',
    ]
    for (const path of outside) {
      expect(await codeOf(loadImage(path, { root }))).toBe('IMAGE_PATH_OUTSIDE')
    }
  })

  it('fetches nothing', async () => {
    for (const url of [
      'http://example.com/a.png',
      'HTTPS://example.com/a.png',
      'file:///etc/hostname',
      'ftp://a/b',
    ]) {
      expect(await codeOf(loadImage(url, { root }))).toBe('IMAGE_URL_REFUSED')
    }
  })

  it('says when a source cannot be read', async () => {
    const unreadable = [
      'missing.png',
      'note.txt',
      'logos',
      'a\0b.png',
      'data:image/png;base64',
      'data:,%zz',
      'data:,',
    ]
    for (const source of unreadable) {
      expect(await codeOf(loadImage(source, { root }))).toBe('IMAGE_UNREADABLE')
    }
  })

  it('does not hang on a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    expect(await codeOf(loadImage('pipe', { root }))).toBe('IMAGE_UNREADABLE')
  })

  it('counts the pixels before it decodes them', async () => {
    const huge = png({ width: 100_000, height: 100_000, depth: 8, type: 0, raw: [0] })
    expect(await codeOf(loadImage(huge))).toBe('IMAGE_TOO_LARGE')
    const webp = await sharp(rgba, { raw: { width, height, channels: 4 } })
      .webp()
      .toBuffer()
    expect(await codeOf(loadImage(webp, { maxPixels: 100 }))).toBe('IMAGE_TOO_LARGE')
    expect(await codeOf(loadImage(red, { maxPixels: 1 }))).toBe('IMAGE_TOO_LARGE')
    expect(await codeOf(loadImage({ ...red, width: 3 }))).toBe('IMAGE_INVALID')
  })

  it('says how to get sharp where it is missing', async () => {
    vi.resetModules()
    vi.doMock('sharp', () => {
      throw new Error('Cannot find package sharp')
    })
    const { loadImage: load } = await import('../../src/images/load.js')
    const error: unknown = await load(Uint8Array.of(0xff, 0xd8, 0xff)).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({
      code: 'IMAGE_NEEDS_SHARP',
      hint: expect.stringContaining('npm install sharp'),
    })
    expect(await load(redPng)).toEqual(pixels)
    vi.doUnmock('sharp')
  })
})

interface PngParts {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly type: number
  readonly raw: readonly number[]
  readonly PLTE?: readonly number[]
  readonly tRNS?: readonly number[]
}

function png(parts: PngParts): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(parts.width, 0)
  header.writeUInt32BE(parts.height, 4)
  header[8] = parts.depth
  header[9] = parts.type
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(parts.PLTE ? [chunk('PLTE', Buffer.from(parts.PLTE))] : []),
    ...(parts.tRNS ? [chunk('tRNS', Buffer.from(parts.tRNS))] : []),
    chunk('IDAT', deflateSync(Buffer.from(parts.raw))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), content, Buffer.alloc(4)])
}

/** `rgba` with one filter on all rows, written from the definition. */
function filtered(filter: number): Uint8Array {
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (rgba[y * width * 4 + x] as number))
  const raw: number[] = []
  for (let y = 0; y < height; y++) {
    raw.push(filter)
    for (let x = 0; x < width * 4; x++) {
      const [a, b, c] = [at(x - 4, y), at(x, y - 1), x < 4 ? 0 : at(x - 4, y - 1)]
      const p = a + b - c
      const order = [a, b, c].sort((m, n) => Math.abs(p - m) - Math.abs(p - n))
      const guess = [0, a, b, (a + b) >> 1, order[0] as number][filter] as number
      raw.push((at(x, y) - guess) & 255)
    }
  }
  return png({ width, height, depth: 8, type: 6, raw })
}
