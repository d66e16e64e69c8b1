/** Pictures by every image command: the paper holds the dots of the bitmap, all of them once, whatever stands in its bytes. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import type { Receipt } from '../../src/elements/nodes.js'
import { encodeCommands } from '../../src/encoders/escpos/codec.js'
import type { Command } from '../../src/encoders/escpos/commands/index.js'
import { pushImage } from '../../src/encoders/escpos/lower-image.js'
import { realtimeAt } from '../../src/encoders/escpos/realtime.js'
import { printBytes } from '../../src/entries/emulator.js'
import { type Bitmap, bytesPerRow, createBitmap } from '../../src/model/bitmap.js'
import { imageCommands, type Profile, picturePlaces } from '../../src/model/profile.js'
import { generic58, generic80 } from '../../src/profiles/index.js'

/** Noise with white rows and columns in it, and a margin of its own at the right. */
function noise(widthDots: number, heightDots: number): Bitmap {
  const bitmap = createBitmap(widthDots, heightDots)
  const stride = bytesPerRow(widthDots)
  let seed = 7
  for (let y = 0; y < heightDots; y++) {
    if (y % 97 > 60 && y % 97 < 88) continue
    for (let i = 1; i < stride - 3; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      bitmap.data[y * stride + i] = seed >>> 24
    }
  }
  return bitmap
}

function send(bitmap: Bitmap, profile: Profile, x = 0) {
  const commands: Command[] = [{ kind: 'initialize' }]
  const codes: string[] = []
  const report = ({ code }: { readonly code: string }) => codes.push(code)
  pushImage(bitmap, { x, path: 'image' }, { profile, report, out: commands, lineSpacingDots: 30 })
  const bytes = encodeCommands(commands)
  return { commands, bytes, codes, paper: printBytes(bytes, profile) }
}

function expectSameDots(paper: Bitmap, bitmap: Bitmap, x = 0): void {
  const wanted = createBitmap(paper.widthDots, paper.heightDots)
  for (let y = 0; y < bitmap.heightDots; y++) {
    const row = bitmap.data.subarray(
      y * bytesPerRow(bitmap.widthDots),
      (y + 1) * bytesPerRow(bitmap.widthDots),
    )
    wanted.data.set(row, y * bytesPerRow(paper.widthDots) + x / 8)
  }
  expect(Buffer.from(paper.data).equals(wanted.data)).toBe(true)
}

const exact = imageCommands.filter((command) => command !== 'esc-star-8')

describe.each(exact)('pictures by %s', (imageCommand) => {
  it.each([300, 600, 3000])('of %i rows are one picture', (rows) => {
    for (const [base, width, x] of [
      [generic58, 384, 0],
      [generic80, 400, 64],
    ] as const) {
      const bitmap = noise(width, rows)
      const { paper, bytes, codes } = send(bitmap, { ...base, imageCommand }, x)
      expect(paper.bitmap.heightDots).toBe(
        imageCommand === 'esc-star-24' ? Math.ceil(rows / 24) * 24 : rows,
      )
      expectSameDots(paper.bitmap, bitmap, x)
      expect(paper.unknown).toEqual([])
      expect(codes).toEqual([])
      expect(realtimeAt(bytes)).toBe(-1)
    }
  })

  it('says nothing that the printer obeys at once', () => {
    const bitmap = createBitmap(384, 48)
    const rows = [
      [0x10, 0x04, 0x01],
      [0x10, 0x05, 0x02],
      [0x10, 0x14, 0x01, 0x00, 0x01],
      [0x80, 0x10, 0x04, 0x02],
    ]
    for (let y = 0; y < 48; y++) {
      // A row that begins with ink goes as columns, for which 24 rows must follow.
      const bytes = y % 4 === 3 && y > 20 ? [] : rows[y % 4]
      bitmap.data.set(bytes ?? [], y * 48 + (y % 3))
      bitmap.data.set([0x10], y * 48 + 47)
    }
    // A request over the end of a row.
    bitmap.data.set([0x04, 0x01], 20 * 48)
    const { bytes, paper, codes } = send(bitmap, { ...generic58, imageCommand })
    expect(codes).toEqual([])
    expect(realtimeAt(bytes)).toBe(-1)
    expectSameDots(paper.bitmap, bitmap)
    const replies: Uint8Array[] = []
    const device = virtualDevice()
    device.listen({ reply: (answer) => replies.push(answer) })
    device.receive(bytes)
    expect(replies).toEqual([])
  })
})

describe('pictures', () => {
  it('by 8-dot columns have a third of the rows', () => {
    const low = noise(384, 100)
    const bitmap = createBitmap(384, 288)
    for (let y = 0; y < 288; y++) {
      bitmap.data.set(
        low.data.subarray(Math.floor(y / 3) * 48, Math.floor(y / 3) * 48 + 48),
        y * 48,
      )
    }
    const { paper } = send(bitmap, { ...generic58, imageCommand: 'esc-star-8' })
    expectSameDots(paper.bitmap, bitmap)
  })

  it('feed blank rows and leave out what is white at the right', () => {
    const bitmap = createBitmap(384, 400)
    for (const y of [10, 200]) bitmap.data.fill(0xff, y * 48, y * 48 + 3)
    const { commands, paper } = send(bitmap, generic58)
    expect(commands.slice(1).map(({ kind }) => kind)).toEqual([
      'feedDots',
      'raster',
      'feedDots',
      'raster',
      'feedDots',
    ])
    expect(commands[2]).toMatchObject({ bytesPerRow: 3, rows: 1 })
    expectSameDots(paper.bitmap, bitmap)
    expect(send(createBitmap(384, 300), generic58).commands.slice(1)).toEqual([
      { kind: 'feedDots', n: 255 },
      { kind: 'feedDots', n: 45 },
    ])
  })

  it('restore the line spacing after columns', () => {
    const { commands } = send(noise(384, 30), { ...generic58, imageCommand: 'esc-star-24' })
    expect(commands[1]).toEqual({ kind: 'lineSpacing', n: 24 })
    expect(commands.at(-1)).toEqual({ kind: 'lineSpacing', n: 30 })
  })

  it('stay under 65,536 bytes a command, and under the rows and bytes of the profile', () => {
    const wide = { ...generic80, widthDots: 4096, imageMaxBytes: 1_000_000, imageBandRows: 255 }
    const bitmap = noise(4096, 700)
    for (const imageCommand of exact) {
      const { commands, paper } = send(bitmap, { ...wide, imageCommand })
      expectSameDots(paper.bitmap, bitmap)
      for (const command of commands) {
        if (command.kind === 'graphicsStoreRaster') expect(command.data.length).toBeLessThan(65_526)
        if (command.kind === 'raster') expect(command.rows).toBeLessThanOrEqual(255)
      }
    }
    const small = send(noise(384, 100), { ...generic58, imageMaxBytes: 500 })
    for (const command of small.commands) {
      if (command.kind === 'raster') expect(command.data.length).toBeLessThanOrEqual(500)
    }
    expectSameDots(small.paper.bitmap, noise(384, 100))
  })
})

describe('fewest bytes', () => {
  const code: Receipt = {
    nodes: [
      { kind: 'qr', data: 'https://pay.example.com/r/20261123/A12', module: 6, align: 'center' },
      { kind: 'text', text: '谢谢惠顾' },
      { kind: 'qr', data: 'https://pay.example.com/r/20261123/A12', module: 5, align: 'right' },
      { kind: 'text', text: '欢迎再次光临' },
    ],
  }
  const print = (fields: Partial<Profile>) => {
    const profile = { ...generic80, ...fields }
    const { bytes } = compile(code, { profile })
    return { length: bytes.length, paper: printBytes(bytes, profile) }
  }
  const plain = print({})

  it.each(
    picturePlaces.flatMap((picturePlace) =>
      [false, true].map((doublesPictures) => ({ picturePlace, doublesPictures })),
    ),
  )('of a code by $picturePlace, doubled $doublesPictures, leave the same dots', (fields) => {
    const { paper, length } = print(fields)
    expect(paper.bitmap).toEqual(plain.paper.bitmap)
    expect(paper.notes).toEqual([])
    // An odd number of white dots at its left leaves no doubled dots.
    if (fields.picturePlace === 'dots') expect(length).toBe(plain.length)
    else expect(length).toBeLessThan(plain.length)
  })

  it('send no white at the left, and doubled dots once', () => {
    const dots = (fields: Partial<Profile>) => print(fields).length
    // 29 modules of 6 dots: 22 bytes for each of 174 rows in the place of 47, or 11 for each of 87.
    expect(plain.length - dots({ picturePlace: 'left-margin' })).toBeGreaterThan(174 * 24)
    const least = dots({ picturePlace: 'left-margin', doublesPictures: true })
    expect(dots({ picturePlace: 'left-margin' }) - least).toBeGreaterThan(174 * 22 - 87 * 12)
  })

  it('stay clear of requests that the printer would obey, in any margin', () => {
    const bitmap = createBitmap(384, 40)
    for (let y = 0; y < 40; y++) bitmap.data.set([0x10, 0x04, 0x01, 0xff], y * 48 + 8)
    for (const picturePlace of picturePlaces) {
      const profile = { ...generic58, picturePlace, doublesPictures: true }
      const { bytes, paper } = send(bitmap, profile)
      expect(realtimeAt(bytes)).toBe(-1)
      expectSameDots(paper.bitmap, bitmap)
    }
  })
})
