import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { printBytes } from '../../src/emulator/virtual-printer.js'
import { modesAfter } from '../../src/encoders/escpos/segments.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Paper } from '../../src/model/paper.js'
import { generic58 } from '../../src/profiles/generic-58.js'
import { generic80 } from '../../src/profiles/generic-80.js'

const item = (i: number) => ({
  kind: 'text',
  text: `第${i}行 line ${i}`,
  ...(i % 3 === 0 ? { bold: true } : {}),
  ...(i % 5 === 0 ? { size: 2 } : {}),
  ...(i % 4 === 0 ? { underline: 1, font: 'B' } : {}),
  ...(i % 7 === 0 ? { inverse: true, letterSpacing: 2 } : {}),
})
const grey: Pixels = { widthPx: 100, heightPx: 700, data: new Uint8Array(280_000).fill(0x60) }

const long = {
  nodes: [
    { kind: 'drawer' },
    ...Array.from({ length: 40 }, (_, i) => item(i + 1)),
    { kind: 'image', src: 'grey' },
    { kind: 'qr', data: 'https://example.com/1234567890' },
    { kind: 'text', text: '谢谢' },
    { kind: 'cut' },
  ],
}
const compiled = compileJson(long, { profile: generic80, images: { grey } })

describe('segments', () => {
  it('cover the bytes without a gap', () => {
    const { segments, bytes } = compiled
    expect(segments[0]?.from).toBe(0)
    expect(segments.at(-1)?.to).toBe(bytes.length)
    for (const [i, { from, to }] of segments.entries()) {
      expect(to).toBeGreaterThan(from)
      if (i > 0) expect(from).toBe(segments[i - 1]?.to)
    }
  })

  it('are a few centimetres and about a kilobyte, but for a band of a picture', () => {
    const rowBytes = 72
    for (const { from, to } of compiled.segments) {
      expect(to - from).toBeLessThan(1024 + generic80.imageBandRows * rowBytes)
    }
    expect(compiled.segments.length).toBeGreaterThan(8)
    expect(compiled.segments.length).toBeLessThan(30)
  })

  it('name every line of the receipt, from the first to the last', () => {
    const printed = compiled.strip.blocks.filter(({ kind }) => !/feed|cut|pulse/.test(kind))
    const last = compiled.segments.findLast(({ firstLine, lastLine }) => lastLine >= firstLine)
    expect(last?.lastLine).toBe(printed.length)
    let line = 0
    for (const segment of compiled.segments) {
      if (segment.lastLine < segment.firstLine) continue
      expect([line, line + 1]).toContain(segment.firstLine)
      line = segment.lastLine
    }
    const paths = compiled.segments.flatMap((segment) => segment.paths)
    expect(paths[0]).toBe('nodes[1]')
    expect(new Set(paths).size).toBe(43)
  })

  it('keep the drawer pulse and the cut apart', () => {
    const pulses = compiled.segments.filter(({ kind }) => kind === 'pulse')
    expect(pulses).toHaveLength(1)
    const [{ from, to } = { from: 0, to: 0 }] = pulses
    expect(Buffer.from(compiled.bytes.slice(from, to)).toString('hex')).toMatch(/^1b70/)
    const cut = compiled.segments.at(-1)
    expect(compiled.bytes.slice(cut?.from, cut?.to)[1]).toBe(0x56)
    expect(cut?.paths).toEqual([])
  })

  it('bring back the space between hanzi, and the one between letters', () => {
    const bytes = Uint8Array.of(0x1b, 0x40, 0x1c, 0x53, 0x00, 0x08, 0x1b, 0x20, 0x04, 0x41, 0x0a)
    expect([...modesAfter(bytes)]).toEqual([...bytes.subarray(0, 9)])
  })

  it.each([
    ['generic-58', generic58],
    ['generic-80', generic80],
  ] as const)('go on from any of them on a printer that was reset: %s', (_, profile) => {
    const job = compileJson(long, { profile, images: { grey } })
    const whole = printBytes(job.bytes, profile)
    for (const { from } of job.segments) {
      const before = job.bytes.slice(0, from)
      const head = printBytes(before, profile)
      const tail = printBytes(
        Uint8Array.from([...modesAfter(before), ...job.bytes.slice(from)]),
        profile,
      )
      expect(glyphsOf(head).concat(glyphsOf(tail))).toEqual(glyphsOf(whole))
      expect(head.heightDots + tail.heightDots).toBe(whole.heightDots)
    }
  })
})

function glyphsOf({ glyphs }: Paper) {
  return glyphs.map(({ text, x, style, widthDots }) => ({ text, x, style, widthDots }))
}

it('a reprint is headed in large letters', () => {
  const paper = printBytes(compiled.reprintHeading(), generic80)
  expect(paper.glyphs.map((glyph) => glyph.text).join('')).toContain('补打REPRINT')
  expect(paper.glyphs[0]?.heightDots).toBe(48)
})
