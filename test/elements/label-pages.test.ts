/** Labels in page mode: the printer's own text, and the same dots as labels that are pictures. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { LabelNode, Page, ReceiptNode } from '../../src/elements/nodes.js'
import { decodeAll } from '../../src/encoders/escpos/codec.js'
import { modesAfter } from '../../src/encoders/escpos/segments.js'
import { printBytes } from '../../src/entries/emulator.js'
import { withDrawnTexts } from '../../src/entries/paper.js'
import { ReceiptError } from '../../src/model/errors.js'
import type { Paper } from '../../src/model/paper.js'
import type { Profile } from '../../src/model/profile.js'
import { findProfile } from '../../src/profiles/index.js'
import { labelSizes, randomLabels } from './random-labels.js'

/** With a Chinese ROM, so that hanzi are the printer's own text as well. */
const withPages: Profile = { ...findProfile('epson-tm-l90'), id: 'label-printer', charset: 'gbk' }
const withoutPages: Profile = { ...withPages, pageModeDots: 0 }
const page: Page = { heightMm: 30, widthMm: 40, gapMm: 2 }

const label = (...nodes: ReceiptNode[]): LabelNode => ({ kind: 'label', nodes })

function printed(nodes: readonly ReceiptNode[], size: Page = page, profile = withPages) {
  const compiled = compile({ page: size, nodes }, { profile })
  return {
    ...compiled,
    bytes: compiled.bytes,
    paper: printBytes(compiled.bytes, profile),
    compiled,
  }
}

/** Compared as bytes, because a matcher looks at each of them. */
function sameDots(a: Paper, b: Paper): boolean {
  return a.heightDots === b.heightDots && Buffer.from(a.bitmap.data).equals(b.bitmap.data)
}

function textOf(nodes: readonly ReceiptNode[]): string {
  return printed(nodes)
    .paper.glyphs.map(({ text }) => text)
    .join('')
}

describe('a label in page mode', () => {
  it('is whole on the virtual printer, however long the pages of its profile are', () => {
    const longPages: Profile = { ...withPages, pageModeDots: 2400 }
    const size: Page = { heightMm: 250, widthMm: 40 }
    const node: LabelNode = { ...label({ kind: 'text', text: '杨枝甘露' }), valign: 'bottom' }
    const { compiled, paper } = printed([node], size, longPages)
    expect(decodeAll(compiled.bytes).map(({ command }) => command.kind)).toContain('pageMode')
    expect(paper.notes).toEqual([])
    expect(paper.glyphs.map(({ text }) => text).join('')).toBe('杨枝甘露')
    expect(sameDots(paper, printed([node], size, withoutPages).paper)).toBe(true)
  })

  it('is one page, whose text is text', () => {
    const { bytes, paper, diagnostics } = printed([
      label(
        { kind: 'text', text: '杨枝甘露', size: 2 },
        { kind: 'field', label: 'A12', value: '￥18.00' },
      ),
    ])
    expect(textOf([label({ kind: 'text', text: '杨枝甘露 A12' })])).toBe('杨枝甘露A12')
    expect(diagnostics).toEqual([])
    expect(paper.images).toEqual([])
    expect(paper.notes).toEqual([])
    expect(paper.heightDots).toBe(32 * 8)
    const kinds = decodeAll(bytes).map(({ command }) => command.kind)
    expect(kinds.filter((kind) => /^page|^formFeed|^standard/.test(kind))).toEqual([
      'pageMode',
      'pageDirection',
      'pageArea',
      'pageMoveTo',
      'pageMoveTo',
      'formFeed',
    ])
  })

  it('has the commands of the manual, in hex', () => {
    const { bytes } = printed([label({ kind: 'text', text: 'A' })])
    // ESC L, ESC T 0, ESC W 0 0 320 240, GS $ 29 (a line at 8, its baseline 21 below), ESC $ 8, A, FF.
    expect(Buffer.from(bytes).toString('hex')).toContain(
      '1b4c1b54001b5700000000400 1f0001d241d001b240800410c'.replace(' ', ''),
    )
  })

  it('holds symbols of the printer and drawn lines, and says which text is dots', () => {
    const { paper, diagnostics, compiled } = printed([
      label(
        { kind: 'qr', data: '6901234567892', module: 3 },
        { kind: 'text', text: 'A12', strike: true },
        { kind: 'text', text: 'B34' },
      ),
    ])
    expect(paper.symbols.map(({ kind }) => kind)).toEqual(['qr'])
    expect(paper.glyphs.map(({ text }) => text).join('')).toBe('B34')
    expect(diagnostics.map(({ code }) => code)).toEqual(['ROW_AS_DOTS'])
    const texts = withDrawnTexts(paper, compiled.drawnBlocks).texts
    expect(texts?.map(({ text }) => text)).toEqual(['A12'])
  })

  it('has text beside text at its place', () => {
    const cells = ['A12', '半糖'].map((one) => ({
      nodes: [{ kind: 'text', text: one } as const],
    }))
    const nodes = [label({ kind: 'text', text: '少冰' }, { kind: 'row', cells })]
    const { paper } = printed(nodes)
    expect(paper.glyphs.map(({ text }) => text).join('')).toBe('少冰A12半糖')
    expect(paper.glyphs.find(({ text }) => text === 'A')?.x).toBe(8)
    expect(sameDots(paper, printed(nodes, page, withoutPages).paper)).toBe(true)
  })

  it('is a picture where the page of the printer is shorter', () => {
    const { paper } = printed([label({ kind: 'text', text: 'A12' })], { heightMm: 93 })
    expect(paper.glyphs).toEqual([])
    expect(
      printed([label({ kind: 'text', text: 'A12' })], { heightMm: 92 }).paper.glyphs.length,
    ).toBe(3)
  })

  it('leaves the spacing of the roll as it was', () => {
    const spaced = { kind: 'text', text: '宽 12', letterSpacing: 6 } as const
    const nodes = [
      label(spaced),
      { kind: 'cut' } as const,
      label({ kind: 'text', text: '12' }),
      label(spaced),
    ]
    const drawn = printed(nodes, page, withoutPages).paper
    expect(sameDots(printed(nodes).paper, drawn)).toBe(true)
  })

  it('can be gone on after: the modes of page and roll are set again, and nothing is printed', () => {
    const spaced = { kind: 'text', text: 'A12', letterSpacing: 6, bold: true } as const
    const { bytes } = printed([label(spaced), label(spaced)])
    const end = bytes.indexOf(0x0c, bytes.indexOf(0x4c)) + 1
    const again = new Uint8Array([...modesAfter(bytes.subarray(0, end)), ...bytes.subarray(end)])
    const paper = printBytes(again, withPages)
    const whole = printBytes(bytes, withPages)
    const places = (of: typeof paper, up: number) =>
      of.glyphs.map(({ text, x, y }) => [text, x, y - up])
    expect(places(paper, 0)).toEqual(places(whole, 240).slice(3))
  })
})

const count = Number(process.env.XIAOPIAO_RUNS ?? 300)

it(`${count} random labels have the same dots as pictures`, {
  timeout: 240_000 + count * 90,
}, () => {
  let same = 0
  fc.assert(
    fc.property(randomLabels, labelSizes, (one, size) => {
      try {
        const { paper } = printed([one, one], size)
        expect(paper.notes).toEqual([])
        expect(paper.unknown).toEqual([])
        const drawn = printed([one, one], size, withoutPages).paper
        expect(drawn.glyphs).toEqual([])
        expect(sameDots(paper, drawn)).toBe(true)
        same++
      } catch (error) {
        if (!(error instanceof ReceiptError) || !error.code.includes('_TOO_')) throw error
      }
    }),
    { numRuns: count, seed: 20261129 },
  )
  expect(same).toBeGreaterThan(count / 4)
})
