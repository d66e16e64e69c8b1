/** What must not print or eat memory: bombs, torn files, threads of pictures, paths and addresses. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { loadImage } from '../../src/images/load.js'
import { generic58 } from '../../src/profiles/index.js'

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}

/** A grey PNG of one colour: some kilobytes, however large. */
function plainPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((width + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', new Uint8Array(0)),
  ])
}

const folder = mkdtempSync(join(tmpdir(), 'images-'))

describe('pictures that are refused', () => {
  it('a PNG of 50 megapixels', async () => {
    const bomb = plainPng(10_000, 5000)
    expect(bomb.length).toBeLessThan(100_000)
    await expect(loadImage(bomb)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: expect.stringContaining('10000 × 5000'),
      hint: expect.stringContaining('maxPixels'),
    })
  })

  it('a JPEG that ends in the middle', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
    const whole = await sharp({
      create: { width: 400, height: 400, channels: 3, background: '#888', noise },
    })
      .jpeg()
      .toBuffer()
    const torn = whole.subarray(0, whole.length >> 1)
    await expect(loadImage(torn)).rejects.toMatchObject({ code: 'IMAGE_UNREADABLE' })
  })

  it('a picture of 1 × 20000', async () => {
    const thread = await loadImage(plainPng(1, 20_000))
    const receipt = { nodes: [{ kind: 'image', src: 'thread' }] }
    expect(() => compileJson(receipt, { profile: generic58, images: { thread } })).toThrow(
      expect.objectContaining({
        code: 'IMAGE_TOO_TALL',
        message: expect.stringContaining('20000 dots'),
      }),
    )
  })

  it('a path outside the folder, and an address', async () => {
    writeFileSync(join(folder, 'in.png'), plainPng(8, 8))
    await expect(loadImage('in.png', { root: folder })).resolves.toMatchObject({ widthPx: 8 })
    for (const path of ['../../etc/passwd', '/etc/passwd', 'a/../../x.png']) {
      await expect(loadImage(path, { root: folder })).rejects.toMatchObject({
        code: 'IMAGE_PATH_OUTSIDE',
      })
    }
    for (const address of [
      'http://example.com/a.png',
      'https://example.com',
      'file:///etc/passwd',
    ]) {
      await expect(loadImage(address, { root: folder })).rejects.toMatchObject({
        code: 'IMAGE_URL_REFUSED',
      })
    }
  })

  it('an SVG whose filters take minutes', async () => {
    const filters =
      '<feTurbulence baseFrequency="0.9" numOctaves="50"/><feGaussianBlur stdDeviation="500"/>'
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="6000" height="6000"><filter id="f">${filters.repeat(10)}</filter><rect width="100%" height="100%" filter="url(#f)"/></svg>`
    await expect(loadImage(Buffer.from(svg), { svgTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'IMAGE_TOO_COMPLEX',
      message: 'the SVG takes longer than 0.3 seconds to draw',
      hint: expect.stringContaining('PNG'),
    })
  })

  it.each([
    [
      'a.bmp',
      Buffer.from('BM\x9a\0\0\0\0\0\0\0'),
      'the image is a BMP, which is not read',
      'save it as PNG',
    ],
    ['a.pdf', Buffer.from('%PDF-1.7\n'), 'the image is a PDF, which is not read', 'save it as PNG'],
    [
      'missing.png',
      undefined,
      'there is no picture missing.png',
      /check the name.* in the folder \//,
    ],
  ])('%s, with the fix', async (name, bytes, message, hint) => {
    if (bytes !== undefined) writeFileSync(join(folder, name), bytes)
    await expect(loadImage(name, { root: folder })).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message,
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
    })
  })

  it.skipIf(!existsSync('/proc/self/status'))(
    'in less than 300 MB, the largest that is allowed included',
    () => {
      writeFileSync(join(folder, 'bomb.png'), plainPng(10_000, 5000))
      writeFileSync(join(folder, 'large.png'), plainPng(8000, 4900))
      const script = `
      import { readFileSync } from 'node:fs'
      import sharp from 'sharp'
      import { loadImage } from '${new URL('../../src/images/load.ts', import.meta.url).pathname}'
      const codes = []
      for (const name of ['bomb.png', 'large.png']) {
        try {
          const { widthPx } = await loadImage(name, { root: ${JSON.stringify(folder)} })
          codes.push(widthPx)
        } catch (error) { codes.push(error.code) }
      }
      // Not maxRSS: a child begins with its parent's.
      const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
      console.log(JSON.stringify({ codes, peak: peak / 1024 }))`
      const file = join(folder, 'peak.mts')
      writeFileSync(file, script)
      const esbuild = new URL('../../node_modules/.bin/esbuild', import.meta.url).pathname
      const bundle = new URL(`../../node_modules/.limits-${process.pid}.mjs`, import.meta.url)
        .pathname
      const built = spawnSync(esbuild, [
        file,
        '--bundle',
        '--platform=node',
        '--format=esm',
        '--external:sharp',
        `--outfile=${bundle}`,
      ])
      expect(built.status, String(built.stderr)).toBe(0)
      const run = spawnSync(process.execPath, [bundle], { encoding: 'utf8' })
      spawnSync('rm', ['-f', bundle])
      const { codes, peak } = JSON.parse(run.stdout) as { codes: unknown[]; peak: number }
      expect(codes).toEqual(['IMAGE_TOO_LARGE', 4096])
      expect(peak).toBeLessThan(300)
    },
  )
})
