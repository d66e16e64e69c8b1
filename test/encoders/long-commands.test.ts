/** Commands that say they are longer than anyone keeps: nothing lost, in step after them, and rasters in bands. */
import { describe, expect, it } from 'vitest'
import {
  type Decoded,
  Decoder,
  decodeAll,
  encodeCommands,
} from '../../src/encoders/escpos/index.js'

/** `1D 38 4C` and four bytes of length; the body is zeros. */
function longStore(bodyBytes: number): Uint8Array {
  const bytes = new Uint8Array(7 + bodyBytes)
  bytes.set([0x1d, 0x38, 0x4c])
  new DataView(bytes.buffer).setUint32(3, bodyBytes, true)
  bytes.set([0x30, 0x70, 48, 1, 1, 49, 8, 0, 8, 0], 7)
  return bytes
}

function raster(bytesPerRow: number, rows: number): Uint8Array {
  const bytes = new Uint8Array(8 + bytesPerRow * rows)
  bytes.set([0x1d, 0x76, 0x30, 0, bytesPerRow & 255, bytesPerRow >> 8, rows & 255, rows >> 8])
  for (let i = 8; i < bytes.length; i++) bytes[i] = (i * 31) >> 3
  return bytes
}

function joined(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts.map((part) => Uint8Array.from(part))))
}

function inPieces(bytes: Uint8Array, size: number, bands: boolean): Decoded[] {
  const decoder = new Decoder({ bands })
  const decoded: Decoded[] = []
  for (let at = 0; at < bytes.length; at += size) {
    decoded.push(...decoder.write(bytes.subarray(at, at + size)))
  }
  return [...decoded, ...decoder.end()]
}

/** Kind, offset and length of each, joined where they are many. */
function outline(decoded: readonly Decoded[]): string[] {
  return decoded.map(({ command, offset, length }) => `${command.kind} ${offset}+${length}`)
}

const megabyte = 1024 * 1024

describe('commands of more than 8 MB', () => {
  const stream = joined(longStore(8 * megabyte), [0x0a])

  it('are unknown bytes in pieces of 64 KB, and what follows is read', () => {
    const decoded = decodeAll(stream)
    expect(decoded).toHaveLength(130)
    expect(outline(decoded.slice(-2))).toEqual(['unknown 8388608+7', 'lineFeed 8388615+1'])
    expect(decoded[0]?.command).toMatchObject({
      reason: 'GS 8 L of 8388615 bytes, more than 8388608: skipped',
    })
    expect(Buffer.from(encodeCommands(decoded.map(({ command }) => command))).equals(stream)).toBe(
      true,
    )
  })

  it('wherever the stream is cut', () => {
    const whole = outline(decodeAll(stream))
    for (const size of [1460, 65536, 1_000_003]) {
      expect(outline(inPieces(stream, size, false))).toEqual(whole)
    }
  })

  it('one byte less is a command', () => {
    const decoded = decodeAll(joined(longStore(8 * megabyte - 7), [0x0a]))
    expect(outline(decoded)).toEqual(['graphicsStoreRasterLong 0+8388608', 'lineFeed 8388608+1'])
  })

  it('that say 4 GB end with the stream', () => {
    const bytes = joined([0x1d, 0x76, 0x30, 0, 0xff, 0xff, 0xff, 0xff], new Uint8Array(70_000))
    const expected = ['unknown 0+65536', 'unknown 65536+4472']
    expect(outline(decodeAll(bytes))).toEqual(expected)
    expect(outline(inPieces(bytes, 7, false))).toEqual(expected)
  })
})

describe('rasters of more than 1 MB, for who prints', () => {
  const stream = joined([0x41], raster(72, 30_000), [0x0a])
  const rows = Math.floor(megabyte / 72)

  it('are given in bands of 1 MB as they come', () => {
    const decoder = new Decoder({ bands: true })
    const first = 1 + 8 + rows * 72
    expect(outline(decoder.write(stream.subarray(0, first - 1)))).toEqual(['text 0+1'])
    expect(outline(decoder.write(stream.subarray(first - 1, first)))).toEqual([
      `raster 1+${first - 1}`,
    ])
  })

  it('which hold all rows, wherever the stream is cut', () => {
    for (const size of [1460, 65536, stream.length]) {
      const decoded = inPieces(stream, size, true)
      expect(decoded.map(({ command }) => command.kind)).toEqual([
        ...['text', 'raster', 'raster', 'raster', 'lineFeed'],
      ])
      const bands = decoded.flatMap(({ command }) => (command.kind === 'raster' ? [command] : []))
      expect(bands.map((band) => band.rows)).toEqual([rows, rows, 30_000 - 2 * rows])
      const data = Buffer.concat(bands.map((band) => band.data))
      expect(data.equals(stream.subarray(9, -1))).toBe(true)
    }
  })

  it('end with the rows that came', () => {
    const decoded = inPieces(stream.subarray(0, 1 + 8 + 72 * 20_000 + 5), 1460, true)
    expect(decoded.map(({ command }) => command)).toMatchObject([
      { kind: 'text' },
      { kind: 'raster', rows },
      { kind: 'raster', rows: 20_000 - rows },
      { kind: 'unknown', reason: expect.stringContaining('at least 719995 more bytes') },
    ])
  })

  it('are one command for who lists', () => {
    expect(outline(decodeAll(stream))).toEqual([
      'text 0+1',
      'raster 1+2160008',
      'lineFeed 2160009+1',
    ])
  })
})
