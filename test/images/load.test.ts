import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { loadImage } from '../../src/images/load.js'
import { ReceiptError } from '../../src/model/errors.js'
import { generic58 } from '../../src/profiles/index.js'

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

  it('draws an SVG with filters as it draws one without', async () => {
    const svg = (more: string) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="5000" height="2500">${more}<rect width="2500" height="2500"/></svg>`,
      )
    const plain = await loadImage(svg(''))
    expect([plain.widthPx, plain.heightPx]).toEqual([2048, 1024])
    expect(plain.notLoaded).toBeUndefined()
    const filtered = await loadImage(svg('<filter id="f"><feOffset/></filter>'))
    expect(filtered.widthPx).toBe(2048)
    expect(Buffer.from(filtered.data).equals(plain.data)).toBe(true)
    await expect(loadImage(svg('<filter>'))).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
  })

  it('names the parts of an SVG that it does not load', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
      <style>@import "x.css"; rect { fill: url('https://example.com/a.svg#b') }</style>
      <a href="https://example.com"><image xlink:href="logo.png" width="5" height="5"/></a>
      <image href='data:image/png;base64,AAAA'/><use href="#r"/><rect id="r" width="5" height="3"/></svg>`
    const logo = await loadImage(Buffer.from(svg))
    expect(logo.notLoaded).toEqual(['logo.png', 'x.css', 'https://example.com/a.svg#b'])
    const nodes = [{ kind: 'image', src: 'logo', dither: 'threshold' }]
    const { diagnostics } = compileJson({ nodes }, { profile: generic58, images: { logo } })
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'IMAGE_PART_MISSING',
      severity: 'warning',
      message: 'the picture names "logo.png" and 2 more, which is not loaded and does not print',
      path: 'nodes[0].src',
    })
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

  it('refuses damaged files, at any cut', async () => {
    for (let length = 0; length < redPng.length - 12; length += 5) {
      expect(await codeOf(loadImage(redPng.subarray(0, length)))).toBe('IMAGE_UNREADABLE')
    }
  })

  it('does not hang on a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    expect(await codeOf(loadImage('pipe', { root }))).toBe('IMAGE_UNREADABLE')
  })

  it('counts the pixels before it decodes them', async () => {
    const huge = png({ width: 100_000, height: 100_000 })
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
    expect(await load(red)).toEqual(pixels)
    vi.doUnmock('sharp')
  })
})

/** A grey PNG whose header claims `width` × `height`. */
function png({ width, height }: { width: number; height: number }): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
