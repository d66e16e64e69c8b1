import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellBytes } from '../../src/charsets/cell-bytes.js'
import { multibyteDecoder } from '../../src/charsets/multibyte-decoder.js'
import { ZONE_ASCII, ZONE_DRAWN, ZONE_MULTIBYTE } from '../../src/model/cells.js'
import { multibyteZones } from '../../src/model/charset.js'
import { cellText } from '../../src/model/cut-cells.js'
import { shaped } from './helpers.js'

const interesting = fc.constantFrom(
  ...'¥£€½²ñéßł中文镕〇㎡㐂가ｶﾞあ臺髙〜·・—―‖₩ΩЖ😀‍️🏽🇨🇳★☎①⑳\u0301\u0323\u0007\n\t\u202eא1 a',
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(interesting).map((list) => list.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)
const zone = fc.constantFrom(...multibyteZones)
const onUnsupported = fc.constantFrom('substitute' as const, 'draw' as const)
const pages = fc.constantFrom(
  [],
  [
    { number: 0, encoding: 'cp437' },
    { number: 17, encoding: 'cp866' },
  ],
)

describe('laws of shaping', () => {
  test('cells are whole, printable, as wide as their bytes, and four bytes only in gb18030', () => {
    fc.assert(
      fc.property(text, zone, pages, onUnsupported, (input, z, p, mode) => {
        const { cells } = shaped(input, { zone: z, pages: p, onUnsupported: mode })
        expect(cells.start[cells.length]).toBe(cells.text.length)
        for (let i = 0; i < cells.length; i++) {
          expect(cellText(cells, i)).not.toBe('')
          const code = cells.code[i] as number
          if (cells.zone[i] === ZONE_DRAWN) continue
          const bytes = cellBytes(cells, i, i + 1)
          if (z !== 'utf8') expect(cells.width[i]).toBe(Math.min(bytes.length, 2))
          if (cells.zone[i] === ZONE_ASCII) expect(code >= 0x20 && code < 0x7f).toBe(true)
          else expect(bytes[0]).toBeGreaterThanOrEqual(0x80)
          if (bytes.length === 4) expect(z).toBe('gb18030')
          if (z === 'none') expect(cells.zone[i]).not.toBe(ZONE_MULTIBYTE)
        }
      }),
      { seed: 20261123, numRuns: 400 },
    )
  })

  test('a printer reads back the cells’ text', () => {
    fc.assert(
      fc.property(text, zone, (input, z) => {
        const { cells } = shaped(input, { zone: z })
        const decoder = multibyteDecoder(z)
        for (let i = 0; i < cells.length; i++) {
          if (cells.zone[i] !== ZONE_MULTIBYTE) continue
          if (z === 'utf8') {
            const read = new TextDecoder('utf-8', { fatal: true }).decode(
              cellBytes(cells, i, i + 1),
            )
            expect(read).toBe(cellText(cells, i))
            continue
          }
          const [a = 0, b = 0, c = 0, d = 0] = cellBytes(cells, i, i + 1)
          expect(decoder.isLead(a)).toBe(true)
          const read = c === 0 ? decoder.lookup(a, b) : decoder.lookup4?.(a, b, c, d)
          expect(read).toBe(cellText(cells, i))
        }
      }),
      { seed: 20261123, numRuns: 300 },
    )
  })

  test('every character of the input is printed as it is or reported', () => {
    fc.assert(
      fc.property(text, zone, (input, z) => {
        const { cells, diagnostics } = shaped(input, { zone: z })
        const plain = input.normalize('NFC').replace(/\t/g, '').replace(/ /g, '')
        const unchanged = cells.text.replace(/ /g, '') === plain
        const drawn = cells.zone.includes(ZONE_DRAWN)
        expect(diagnostics.length > 0 || (unchanged && !drawn)).toBe(true)
      }),
      { seed: 20261123, numRuns: 400 },
    )
  })

  test('shaping twice gives the same, and where nothing was removed, its text shapes to itself', () => {
    fc.assert(
      fc.property(text, zone, (input, z) => {
        const first = shaped(input, { zone: z })
        expect(shaped(input, { zone: z }).hex).toBe(first.hex)
        const removed = first.codes.some((code) => /REMOVED/.test(code))
        if (!removed) expect(shaped(first.cells.text, { zone: z }).hex).toBe(first.hex)
      }),
      { seed: 20261123, numRuns: 300 },
    )
  })
})
