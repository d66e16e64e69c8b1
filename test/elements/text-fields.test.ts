/** Fields of text: struck through, the small font, lines at most, words kept together, cells away from the edge. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { paperToText, printBytes } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import type { Block } from '../../src/model/strip.js'
import { findProfile, generic58, generic80 } from '../../src/profiles/index.js'

function printed(node: ReceiptNode, profile = generic80) {
  const compiled = compile({ nodes: [node] }, { profile })
  return { ...compiled, paper: printBytes(compiled.bytes, profile) }
}

const linesOf = (blocks: readonly Block[]) =>
  blocks.map((block) =>
    block.kind === 'line' ? block.runs.map(({ cells }) => cells.text).join('') : '',
  )

describe('strike', () => {
  it('draws a line through the middle of the text, and of its blanks', () => {
    const { paper } = printed({ kind: 'text', text: ['价 ', { text: 'a b', strike: true }] })
    const black = (y: number) =>
      Array.from({ length: 96 }, (_, x) => dotAt(paper.bitmap, x, y))
        .map((dot, x) => (dot ? x : -1))
        .filter((x) => x >= 36)
    expect(paper.glyphs).toEqual([])
    expect(black(11)).toEqual(Array.from({ length: 36 }, (_, i) => 36 + i))
    expect(black(12)).toEqual(black(11))
  })

  it('is white in white on black', () => {
    const { paper } = printed({ kind: 'text', text: '   .', strike: true, inverse: true })
    expect([10, 11, 12, 13].map((y) => dotAt(paper.bitmap, 5, y))).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

describe('the small font', () => {
  it('has hanzi of 16 dots and lines of 17', () => {
    const { strip, paper } = printed({ kind: 'text', text: '持卡人 A1', font: 'small' })
    const [line] = strip.blocks
    const [run] = line?.kind === 'line' ? line.runs : []
    expect([
      run?.widthDots,
      run?.heightDots,
      line && 'heightDots' in line && line.heightDots,
    ]).toEqual([3 * 16 + 3 * 9, 17, 23])
    expect(paper.images.length).toBeGreaterThan(0)
  })

  it('is Font A on a head of pins, whose hanzi are small already', () => {
    const { diagnostics } = printed(
      { kind: 'text', text: 'A', font: 'small' },
      findProfile('epson-tm-u220b'),
    )
    expect(diagnostics.map(({ code }) => code)).toEqual(['FONT_UNSUPPORTED'])
  })

  it('prints an amount whole', () => {
    const { strip } = printed(
      { kind: 'field', label: '金额', value: '-1,286.00', font: 'small' },
      generic58,
    )
    expect(linesOf(strip.blocks)).toEqual(['金额-1,286.00'])
  })
})

describe('maxLines', () => {
  const long = '一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十'

  it('ends the last line with an ellipsis, and says how much is left out', () => {
    const { strip, diagnostics } = printed({ kind: 'text', text: long, maxLines: 1 })
    expect(linesOf(strip.blocks)).toEqual([`${long.slice(0, 23)}…`])
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '7 characters are left out for an ellipsis',
    ])
  })

  it('does not pull a paragraph up into the one before it', () => {
    expect(
      linesOf(printed({ kind: 'text', text: '甲\n乙\n丙', maxLines: 2 }).strip.blocks),
    ).toEqual(['甲', '乙…'])
  })

  it('leaves what fits alone', () => {
    expect(linesOf(printed({ kind: 'text', text: '甲\n乙', maxLines: 2 }).strip.blocks)).toEqual([
      '甲',
      '乙',
    ])
  })

  it('holds for the cells of a column', () => {
    const { strip } = printed({
      kind: 'columns',
      columns: [{ width: 8, maxLines: 2 }, {}],
      rows: [[long.slice(0, 20), '1']],
    })
    expect(linesOf(strip.blocks)).toEqual(['一二三四1', '五六七…'])
  })

  it('is an error if an amount is lost', () => {
    const { diagnostics } = printed({ kind: 'text', text: `${long}合计 12.50`, maxLines: 1 })
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toContain(
      'NUMBER_BROKEN error',
    )
  })
})

it('nowrap keeps a span on one line', () => {
  const node = (nowrap: boolean): ReceiptNode => ({
    kind: 'text',
    text: ['电话 ', { text: '021 5550 1234 转 801', nowrap }],
  })
  expect(linesOf(printed(node(false), { ...generic58, widthDots: 240 }).strip.blocks)[0]).toBe(
    '电话 021 5550 1234',
  )
  expect(linesOf(printed(node(true), { ...generic58, widthDots: 252 }).strip.blocks)).toEqual([
    '电话',
    '021 5550 1234 转 801',
  ])
})

it('a centred paragraph does not end in one character', () => {
  const text = '一二三四五六七八九十一二三四五六七八九十一二三四五'
  expect(
    linesOf(printed({ kind: 'text', text, align: 'center' }).strip.blocks).map(
      (line) => line.length,
    ),
  ).toEqual([23, 2])
  expect(linesOf(printed({ kind: 'text', text }).strip.blocks).map((line) => line.length)).toEqual([
    24, 1,
  ])
})

it('a cell stands away from the edge with all its lines', () => {
  const { paper } = printed({
    kind: 'columns',
    columns: [{ width: 12 }, { align: 'right' }],
    rows: [[{ text: '加饭加蛋不要辣', indent: 4 }, '2.00']],
  })
  expect(paperToText(paper).split('\n')).toEqual([
    `    加饭加蛋${' '.repeat(32)}2.00`,
    '    不要辣',
  ])
})

it('what is kept together is not cut', () => {
  const nodes = [{ kind: 'cut' } as const]
  expect(() => printed({ kind: 'group', nodes, keepTogether: true })).toThrow(
    expect.objectContaining({ code: 'GROUP_IS_CUT', path: 'nodes[0]' }),
  )
})
