import { expect, it } from 'vitest'
import { encodeCommands } from '../../src/encoders/escpos/codec.js'
import { listCommands } from '../../src/encoders/escpos/listing.js'
import { fromHex } from './spec-lines.js'

const bytes = encodeCommands([
  { kind: 'initialize' },
  { kind: 'align', n: 1 },
  { kind: 'text', bytes: fromHex('41 22 BA BA') },
  { kind: 'lineFeed' },
  { kind: 'raster', m: 0, bytesPerRow: 8, rows: 2, data: new Uint8Array(16) },
  { kind: 'qrStore', m: 48, data: fromHex('61 62') },
  { kind: 'defineNvImages', n: 1, images: [{ x: 1, y: 1, data: new Uint8Array(8) }] },
  { kind: 'unknown', bytes: fromHex('1B 01'), reason: 'as made' },
])

it('lists offset, hex, name and values, one command a line', () => {
  expect(listCommands(bytes)).toBe(
    [
      '0000  1B 40                                 ESC @           initialize',
      '0002  1B 61 01                              ESC a           align n=1',
      '0005  41 22 BA BA                                           text "A"\\xBA\\xBA"',
      '0009  0A                                    LF              lineFeed',
      '000A  1D 76 30 00 08 00 02 00 00 00 00 …    GS v 0          raster m=0 bytesPerRow=8 rows=2 data=<16 bytes 00 00 00 00 00 00 00 …>',
      '0022  1D 28 6B 05 00 31 50 30 61 62         GS ( k fn 180   qrStore m=48 data="ab"',
      '002C  1C 71 01 01 00 01 00 00 00 00 00 …    FS q            defineNvImages n=1 images=[x=1 y=1 data=<00 00 00 00 00 00 00 00>] (changes printer settings)',
      '003B  1B 01                                                 unknown: unknown command ESC 0x01',
      '',
    ].join('\n'),
  )
})

it('shows text as its decoder says, without breaking the line', () => {
  const listing = listCommands(bytes, { decodeText: () => '汉\n字', hexBytes: 4 })
  expect(listing.split('\n')[2]).toBe('0005  41 22 BA BA                   text "汉\\x0A字"')
})
