/** Labels: what stands on each, and that it never leaves its page. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { LabelNode, Page, ReceiptNode } from '../../src/elements/nodes.js'
import { printBytes } from '../../src/entries/emulator.js'
import { bytesPerRow } from '../../src/model/bitmap.js'
import { ReceiptError } from '../../src/model/errors.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { labelSizes, randomLabels } from './random-labels.js'

const page: Page = { heightMm: 30, widthMm: 40, gapMm: 2 }
const label = (text: string, options: Partial<LabelNode> = {}): LabelNode => ({
  kind: 'label',
  nodes: [{ kind: 'text', text }],
  ...options,
})

function printed(nodes: readonly ReceiptNode[], size: Page = page) {
  const compiled = compile({ page: size, nodes }, { profile: generic80 })
  const paper = printBytes(compiled.bytes, generic80)
  /** First and last row, and first and last column, that are black between two rows. */
  const ink = (from: number, to: number) => {
    let [top, bottom, left, right] = [-1, -1, 9999, -1]
    const stride = bytesPerRow(paper.widthDots)
    for (let y = from; y < to; y++) {
      for (let i = 0; i < stride; i++) {
        const byte = paper.bitmap.data[y * stride + i] ?? 0
        if (byte === 0) continue
        if (top < 0) top = y - from
        bottom = y - from
        left = Math.min(left, i * 8 + Math.clz32(byte) - 24)
        right = Math.max(right, i * 8 + 7 - (31 - Math.clz32(byte & -byte)))
      }
    }
    return { top, bottom, left, right }
  }
  return { ...compiled, paper, ink }
}

describe('labels', () => {
  it('begin a page and a gap after each other, whatever is on them', () => {
    const { ink, paper } = printed([label('一'), label('二\n二\n二'), label('三')])
    expect(paper.heightDots).toBe(3 * 32 * 8)
    const tops = [0, 1, 2].map((k) => ink(k * 256, k * 256 + 240).top)
    expect(Math.max(...tops)).toBeLessThan(8 + 14)
    expect([0, 1, 2].map((k) => ink(k * 256 + 240, (k + 1) * 256).top)).toEqual([-1, -1, -1])
  })

  it('keep their pitch where a millimetre is no whole number of dots', () => {
    const size = { heightMm: 25.4, gapMm: 3.3 }
    const { strip } = printed(
      Array.from({ length: 9 }, () => label('一')),
      size,
    )
    const height = strip.blocks.reduce((sum, block) => {
      return sum + ('heightDots' in block ? block.heightDots : 0)
    }, 0)
    expect(height).toBe(Math.round(9 * 28.7 * 8))
  })

  it('stand at the top, in the middle or at the bottom', () => {
    const [top, middle, bottom] = (['top', 'middle', 'bottom'] as const).map((valign) =>
      printed([label('口', { valign })]).ink(0, 240),
    )
    const height = (top?.bottom ?? 0) - (top?.top ?? 0)
    expect(middle?.top).toBe((top?.top ?? 0) + ((240 - 16 - 24) >> 1))
    expect(bottom?.top).toBe((top?.top ?? 0) + 240 - 16 - 24)
    expect((bottom?.bottom ?? 0) - (bottom?.top ?? 0)).toBe(height)
  })

  it('put nodes at their places in millimetres', () => {
    const pinned = label('', { nodes: [{ kind: 'rule', thickness: 2, at: { xMm: 10, yMm: 12 } }] })
    expect(printed([pinned]).ink(0, 240)).toEqual({ top: 96, bottom: 97, left: 80, right: 319 })
  })

  it('say how much is too much, and print smaller if they may', () => {
    const tall = { nodes: [{ kind: 'text', text: '大\n大\n大', size: 4 } as const] }
    expect(() => printed([label('', tall)])).toThrow(
      expect.objectContaining({
        code: 'LABEL_TOO_HIGH',
        message: 'the label needs 37.5 mm, and 28.0 mm are there',
        path: 'nodes[0].nodes',
      }),
    )
    const { diagnostics, strip } = printed([label('', { ...tall, fit: true })])
    expect(diagnostics.map(({ code }) => code)).toContain('LABEL_SHRUNK')
    const [row] = strip.blocks
    const lines = row?.kind === 'row' ? row.cells.flatMap(({ blocks }) => blocks) : []
    expect(lines.map((line) => (line.kind === 'line' ? line.runs[0]?.style.height : 0))).toEqual([
      2, 2, 2,
    ])
  })

  it('are cut where the receipt says so, and hold no cut themselves', () => {
    const { paper } = printed([label('一'), { kind: 'cut' }, label('二')])
    expect(paper.cuts.length).toBe(1)
    // One object that stands in two places is two cuts and not four.
    const cut: ReceiptNode = { kind: 'cut' }
    expect(printed([label('一'), cut, label('二'), cut]).paper.cuts.length).toBe(2)
    expect(() => printed([label('', { nodes: [{ kind: 'cut' }] })])).toThrow(
      expect.objectContaining({ code: 'CELL_HOLDS_ACTION' }),
    )
  })

  it('are one, if the receipt names none', () => {
    expect(
      printed([{ kind: 'text', text: '一' }, { kind: 'cut' }]).strip.blocks.map(({ kind }) => kind),
    ).toEqual(['row', 'feed', 'cut'])
  })

  it.each([
    [{ nodes: [label('一')] }, 'nodes[0]'],
    [{ page, nodes: [label('一'), { kind: 'text' as const, text: '二' }] }, 'nodes[1]'],
    [{ nodes: [{ kind: 'text' as const, text: '一', at: { xMm: 1, yMm: 1 } }] }, 'nodes[0].at'],
  ])('are refused where they cannot stand: %o', (receipt, path) => {
    expect(() => compile(receipt, { profile: generic80 })).toThrow(
      expect.objectContaining({ code: 'LABEL_MISPLACED', path }),
    )
  })

  it('name the node of a fault by its own number', () => {
    const wide = { kind: 'image', src: 'none' } as const
    const at = { xMm: 1, yMm: 1 }
    const pathOf = (nodes: readonly ReceiptNode[], size = page) => {
      try {
        compile({ page: size, nodes }, { profile: generic80 })
      } catch (error) {
        return (error as ReceiptError).path
      }
      return undefined
    }
    const plain = { kind: 'text', text: '一' } as const
    expect(pathOf([label('', { nodes: [{ ...plain, at }, wide] })])).toBe('nodes[0].nodes[1].src')
    expect(pathOf([label('', { nodes: [plain, { ...wide, at }] })])).toBe('nodes[0].nodes[1].src')
    expect(pathOf([{ kind: 'cut' }, plain, wide])).toBe('nodes[2].src')
    const far = { ...plain, at: { xMm: 20, yMm: 29 } }
    expect(pathOf([label('', { nodes: [plain, far] })])).toBe('nodes[0].nodes[1].at')
    expect(pathOf([label('一')], { heightMm: 5, padding: '10mm' })).toBe('page.padding')
  })

  it('are no wider than what is printed', () => {
    expect(() =>
      compile(
        { page: { heightMm: 30, widthMm: 60 }, nodes: [label('一')] },
        { profile: generic58 },
      ),
    ).toThrow(expect.objectContaining({ code: 'LABEL_TOO_WIDE', hint: 'use a widthMm up to 48' }))
  })
})

const count = Number(process.env.XIAOPIAO_RUNS ?? 300)

it(`${count} random labels never exceed their page`, { timeout: 240_000 + count * 60 }, () => {
  let printedLabels = 0
  fc.assert(
    fc.property(randomLabels, labelSizes, (one, size) => {
      try {
        const { ink, paper } = printed([one], size)
        const heightDots = size.heightMm * 8
        expect(paper.heightDots).toBe((size.heightMm + (size.gapMm ?? 0)) * 8)
        expect(ink(heightDots, paper.heightDots).top).toBe(-1)
        expect(ink(0, heightDots).right).toBeLessThan((size.widthMm ?? 0) * 8)
        printedLabels++
      } catch (error) {
        if (!(error instanceof ReceiptError) || !error.code.includes('_TOO_')) throw error
      }
    }),
    { numRuns: count, seed: 20261129 },
  )
  // Most of them must be on paper, or nothing was shown.
  expect(printedLabels).toBeGreaterThan(count / 3)
})
