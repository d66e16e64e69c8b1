/** A head of 9 pins: hanzi from its own modes of `ESC *`, text by the printer, and no mode of another head. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { decodeAll } from '../../src/encoders/escpos/codec.js'
import { printBytes } from '../../src/entries/emulator.js'
import { glyphFor } from '../../src/glyphs/index.js'
import { dotAt } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { findProfile, overrideProfile } from '../../src/profiles/index.js'

const profile = findProfile('epson-tm-u220')

const printed = (...nodes: unknown[]) => {
  const { bytes, diagnostics } = compileJson({ nodes }, { profile })
  return { bytes, diagnostics, paper: printBytes(bytes, profile) }
}

/** The 16 × 16 pins whose dots begin at (x, y). */
const pinsAt = (paper: Paper, x: number, y: number) =>
  Array.from({ length: 16 }, (_, row) =>
    Array.from({ length: 16 }, (_, column) => dotAt(paper.bitmap, x + column * 2, y + row * 2)),
  )

const pinsOf = (character: string) => {
  const glyph = glyphFor(character.codePointAt(0) ?? 0, 'pin', 2)
  if (glyph === undefined) throw new Error(`no glyph of ${character}`)
  const picture = { widthDots: 16, heightDots: 16, data: glyph.rows }
  return Array.from({ length: 16 }, (_, y) =>
    Array.from({ length: 16 }, (_, x) => dotAt(picture, x, y)),
  )
}

const modesIn = (bytes: Uint8Array) =>
  decodeAll(bytes).flatMap(({ command }) => (command.kind === 'bitImage' ? [command.m] : []))

describe('hanzi', () => {
  it('stand dot for dot on the paper, beside text that the printer prints', () => {
    const { bytes, paper } = printed({ kind: 'text', text: '拨 24h 前台热线' })
    expect(pinsAt(paper, 0, 0)).toEqual(pinsOf('拨'))
    expect(pinsAt(paper, 92, 0)).toEqual(pinsOf('前'))
    expect(paper.glyphs.map(({ text }) => text).join('')).toContain('24h')
    expect(new Set(modesIn(bytes))).toEqual(new Set([0]))
    expect(paper.notes).toEqual([])
  })

  it.each([
    { size: 2 },
    { size: 3, bold: true },
    { inverse: true },
    { underline: 1 },
    { letterSpacing: 3 },
    { font: 'B' },
    { align: 'center' },
  ])('stay in modes of the head with %o', (style) => {
    const { bytes, paper } = printed({ kind: 'text', text: '合计 8.50 Łódź', ...style })
    expect(modesIn(bytes).length).toBeGreaterThan(0)
    expect(new Set(modesIn(bytes))).toEqual(new Set([0]))
    expect(paper.notes).toEqual([])
  })

  it('and letters stay in modes of the head beside text of double height', () => {
    const line = [{ text: 'Total', size: 2 }, { text: ' ơư' }]
    const { bytes, paper } = printed({ kind: 'text', text: line })
    expect(new Set(modesIn(bytes))).toEqual(new Set([0]))
    expect(paper.notes).toEqual([])
  })

  it('of double size are drawn dot for dot as well', () => {
    const { paper } = printed({ kind: 'text', text: '合', size: 2 })
    const large = Array.from({ length: 32 }, (_, y) =>
      Array.from({ length: 32 }, (_, x) => dotAt(paper.bitmap, x * 2, y * 2)),
    )
    const small = pinsOf('合')
    expect(large).toEqual(large.map((row, y) => row.map((_, x) => small[y >> 1]?.[x >> 1])))
  })
})

it('pictures and symbols are sent in mode 0, whatever the command for pictures says', () => {
  const nodes = [
    { kind: 'qr', data: 'https://example.com/a', align: 'center' },
    { kind: 'barcode', symbology: 'code39', data: 'AB12', align: 'right' },
    { kind: 'text', text: '转', align: 'right' },
  ]
  for (const imageCommand of ['esc-star-24', 'gs-v-0', 'gs-l']) {
    const odd = overrideProfile(profile, { imageCommand })
    const { bytes } = compileJson({ nodes }, { profile: odd })
    expect(new Set(modesIn(bytes))).toEqual(new Set([0]))
    expect(printBytes(bytes, odd).notes).toEqual([])
    expect(decodeAll(bytes).some(({ command }) => command.kind === 'raster')).toBe(false)
  }
})

it('modules are whole pins', () => {
  const { paper } = printed({ kind: 'qr', data: 'https://example.com/a', module: 3 })
  const { bitmap } = paper
  for (let y = 0; y < bitmap.heightDots - 1; y += 2) {
    for (let x = 0; x < bitmap.widthDots; x += 2) {
      const dot = dotAt(bitmap, x, y)
      expect([dotAt(bitmap, x + 1, y), dotAt(bitmap, x, y + 1)]).toEqual([dot, dot])
    }
  }
})

it('no text of any kind makes a mode of another head', () => {
  const text = fc.array(fc.constantFrom(...'合计拨ăŁ김똠①¥8.x '), { minLength: 1, maxLength: 30 })
  const style = fc.record({
    size: fc.integer({ min: 1, max: 4 }),
    font: fc.constantFrom('A', 'B'),
    inverse: fc.boolean(),
    letterSpacing: fc.constantFrom(0, 3),
    align: fc.constantFrom('left', 'center', 'right'),
  })
  fc.assert(
    fc.property(text, style, (characters, fields) => {
      const { bytes, paper } = printed({ kind: 'text', text: characters.join(''), ...fields })
      expect(modesIn(bytes).filter((m) => m > 0)).toEqual([])
      expect(paper.notes).toEqual([])
      expect(paper.unknown).toEqual([])
    }),
    { numRuns: Number(process.env.XIAOPIAO_RUNS ?? 60), seed: 1 },
  )
})

describe('the virtual printer', () => {
  const head = (hex: number[]) => printBytes(Uint8Array.from(hex), profile)

  it('notes a mode that the head does not have, and draws nothing', () => {
    const paper = head([0x1b, 0x2a, 33, 1, 0, 0xff, 0xff, 0xff, 0x0a])
    expect(paper.notes).toMatchObject([{ code: 'HEAD_MODE_UNKNOWN', offset: 0 }])
    expect(paper.bitmap.data.every((byte) => byte === 0)).toBe(true)
  })

  it('prints rows of two dots, and no two dots of mode 1 beside each other', () => {
    const wide = head([0x1b, 0x2a, 0, 2, 0, 0xff, 0x80, 0x0a])
    expect(wide.images).toMatchObject([{ scaleX: 2, scaleY: 2 }])
    expect(dotAt(wide.bitmap, 0, 15)).toBe(true)
    expect(dotAt(wide.bitmap, 3, 1)).toBe(true)
    const narrow = head([0x1b, 0x2a, 1, 4, 0, 0x80, 0x80, 0x80, 0x80, 0x0a])
    expect([0, 1, 2, 3].map((x) => dotAt(narrow.bitmap, x, 0))).toEqual([true, false, true, false])
  })
})
