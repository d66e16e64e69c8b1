/** Small things that a reader of paper sees: where spacing, rules, labels, captions and lines end. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode, RuleNode } from '../../src/elements/nodes.js'
import { field, group, qr, rule, text } from '../../src/index.js'
import type { LineBlock, Run } from '../../src/model/strip.js'
import { epsonTmT88v, generic58 } from '../../src/profiles/index.js'
import { compileNodes, rowsOf } from './rows.js'

const linesOf = (nodes: readonly ReceiptNode[], columns = 32) =>
  compileNodes(nodes, columns).strip.blocks.filter(
    (block): block is LineBlock => block.kind === 'line',
  )

const edges = ({ runs }: LineBlock) => {
  const last = runs.at(-1) as Run
  return [runs[0]?.x, last.x + last.widthDots]
}

describe('letter spacing', () => {
  const spaced = (align: 'left' | 'center' | 'right', more = {}) =>
    linesOf([text('收款收据', { letterSpacing: 40, align, ...more })]).map(edges)

  it('ends with the last character, on every alignment', () => {
    expect(spaced('left')).toEqual([[0, 216]])
    expect(spaced('center')).toEqual([[84, 300]])
    expect(spaced('right')).toEqual([[168, 384]])
    expect(spaced('right', { width: 2 })).toEqual([
      [80, 384],
      [336, 384],
    ])
  })

  it('leaves no black tail behind white on black', () => {
    const [line] = linesOf([text('收据', { letterSpacing: 40, inverse: true })])
    expect(line?.runs.at(-1)).toMatchObject({ widthDots: 24, style: { letterSpacing: 0 } })
  })

  it('fills a line to the edge before it breaks', () => {
    const fits = text('abcd', { letterSpacing: 4 })
    const paper = { ...generic58, widthDots: 4 * 12 + 3 * 4 }
    expect(compile({ nodes: [fits] }, { profile: paper }).strip.blocks).toHaveLength(1)
    const two = compile(
      { nodes: [text('字字字字', { letterSpacing: 6 })] },
      { profile: { ...generic58, widthDots: 54 } },
    )
    expect(two.strip.blocks).toHaveLength(2)
  })
})

describe('rules', () => {
  const rightEdges = (node: RuleNode, widthDots: number, profile = generic58) =>
    compile({ nodes: [node] }, { profile: { ...profile, widthDots } })
      .strip.blocks.filter((block): block is LineBlock => block.kind === 'line')
      .map(edges)

  it('reach both edges at every width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 48, max: 640 }),
        fc.constantFrom('-', '=', '─', '＝', '*'),
        (widthDots, char) => {
          expect(rightEdges(rule(char), widthDots)).toEqual([[0, widthDots]])
          expect(rightEdges(rule(char, { font: 'B' }), widthDots)).toEqual([[0, widthDots]])
        },
      ),
      { seed: 7 },
    )
    expect(rightEdges(rule(), 512, epsonTmT88v)).toEqual([[0, 512]])
  })

  it('of double width leave less than one of their dots', () => {
    expect(rightEdges(rule('-', { width: 2 }), 391)).toEqual([[0, 390]])
  })
})

describe('a label that wraps', () => {
  it('has the value on its last line if there is room', () => {
    expect(rowsOf([field('第二杯半价（超级杯水果茶满杯红柚）', '-￥9.50')])).toEqual([
      '第二杯半价（超级杯水果茶满杯红',
      '柚）                     -￥9.50',
    ])
    expect(rowsOf([field('一二三四五六', '8.00', { leader: '.' })], 10)).toEqual([
      '一二三四五',
      '六....8.00',
    ])
  })

  it('has it on a line below if there is none', () => {
    expect(rowsOf([field('一二三四五六七八', '188.00')], 10)).toEqual([
      '一二三四五',
      '六七八',
      '    188.00',
    ])
  })
})

describe('a caption', () => {
  const captionRuns = (align: 'left' | 'center' | 'right', caption: string) =>
    linesOf([qr('https://example.com/a', { module: 4, caption, align })]).map(edges)

  it('is as wide as the box on every alignment, and as near to the middle of its code as the paper lets it', () => {
    const caption = '扫码领取第二杯半价券'
    expect(captionRuns('left', caption)).toEqual([[0, 240]])
    expect(captionRuns('center', caption)).toEqual([[72, 312]])
    expect(captionRuns('right', caption)).toEqual([[144, 384]])
    expect(captionRuns('left', '扫码')).toEqual([[42, 90]])
  })
})

describe('line ends', () => {
  it('are those of Unicode', () => {
    const { diagnostics } = compileNodes([text('一\u2028二\u2029三\u0085四\r\n五')], 32)
    expect(diagnostics).toEqual([])
    expect(rowsOf([text('一\u2028二\u2029三\u0085四\r\n五')])).toEqual([
      '一',
      '二',
      '三',
      '四',
      '五',
    ])
  })

  it('never leave the beginning of an address alone, and come after its slashes', () => {
    expect(rowsOf([text('网址 https://e.example/very/long/path?id=1')], 24)).toEqual([
      '网址 https://e.example/',
      'very/long/path?id=1',
    ])
    expect(rowsOf([text('见 https://e.example')], 12)).toEqual(['见', 'https://e.ex', 'ample'])
    expect(rowsOf([text('GOODS/SERVICES PAID')], 16)).toEqual(['GOODS/SERVICES', 'PAID'])
  })
})

describe('lines of Font B', () => {
  const heights = (nodes: readonly ReceiptNode[]) =>
    compileNodes(nodes, 32).strip.blocks.map((block) => 'heightDots' in block && block.heightDots)

  it('feed the height of Font B and the white of other lines', () => {
    expect(heights([text('Tax 9.19', { font: 'B' })])).toEqual([23])
    expect(heights([text(['Tax ', { text: '9.19', font: 'B' }])])).toEqual([30])
    expect(heights([text('税 9.19', { font: 'B' })])).toEqual([30])
    expect(heights([field('Tax', '9.19', { font: 'B' }), rule('-', { font: 'B' })])).toEqual([
      23, 23,
    ])
  })

  it('keep the distance that a group asks for', () => {
    expect(heights([group([text('a', { font: 'B' }), text('a')], { lineSpacing: 50 })])).toEqual([
      50, 50,
    ])
  })
})

describe('a leader', () => {
  const columns = [{ width: 6 }, { width: '1fr', leader: '_' }]

  it('fills a cell without text: a line to sign on', () => {
    expect(rowsOf([{ kind: 'columns', columns, rows: [['签字:', '']] }], 16)).toEqual([
      '签字:  _________',
    ])
    const fields = [
      { width: '1fr', leader: '_' },
      { width: '1fr', leader: '_' },
    ]
    expect(rowsOf([{ kind: 'columns', columns: fields, rows: [['', '']], gap: 2 }], 12)).toEqual([
      '_____  _____',
    ])
    expect(rowsOf([field('签字', '', { leader: '_' })], 12)).toEqual(['签字________'])
  })
})
