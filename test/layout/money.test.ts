/** Amounts and quantities in texts, fields and tables: whole on the paper, or an error. Every row is exact to the cell. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { columns } from '../../src/elements/columns.js'
import { field } from '../../src/elements/field.js'
import type { ColumnFields, ReceiptNode } from '../../src/elements/nodes.js'
import { text } from '../../src/elements/text.js'
import type { LineBlock } from '../../src/model/strip.js'
import { compileNodes, paperOf, rowsOf } from './rows.js'

const codesOf = (node: ReceiptNode, count = 32) =>
  compileNodes([node], count).diagnostics.map(({ code, severity }) => `${severity} ${code}`)

/** Texts and widths of the runs of each line, for what does not stand on columns. */
const runsOf = (node: ReceiptNode, count = 32) =>
  compileNodes([node], count)
    .strip.blocks.filter((block): block is LineBlock => block.kind === 'line')
    .map(({ runs }) => runs.map(({ cells, style, x }) => [cells.text, style.width, style.font, x]))

const right = { align: 'right' } as const

describe('in a text a number', () => {
  it('keeps its sign', () => {
    expect(rowsOf([text('会员卡抵扣后本单应退差额为-￥5.00，原路退回')], 30)).toEqual([
      '会员卡抵扣后本单应退差额',
      '为-￥5.00，原路退回',
    ])
  })

  it('keeps the blank and the currency before its sign', () => {
    expect(rowsOf([text('应退金额 RMB -5.00')], 14)).toEqual(['应退金额', 'RMB -5.00'])
  })

  it('keeps its counter', () => {
    expect(rowsOf([text('白酒礼盒大号12份')], 15)).toEqual(['白酒礼盒大号', '12份'])
    expect(rowsOf([text('白酒礼盒大号12份', { wrap: 'char' })], 15)).toEqual([
      '白酒礼盒大号',
      '12份',
    ])
  })

  it('is printed narrower where the line is too narrow, and says so', () => {
    const node = text('￥12,345.60', { size: 3, ...right })
    expect(runsOf(node, 24)).toEqual([[['￥12,345.60', 2, 'A', 24]]])
    expect(codesOf(node, 24)).toEqual(['info TEXT_SHRUNK'])
  })

  it('takes the room of the indent first', () => {
    const node = text('合计 ￥12,345.60', { indent: 4 })
    expect(rowsOf([node], 12)).toEqual(['合计', '￥12,345.60'])
    expect(codesOf(node, 12)).toEqual([])
  })

  it('is broken only where it is wider than the line at its narrowest, which stops strict', () => {
    const node = text(`-￥${'7'.repeat(30)}`, { size: 2 })
    expect(codesOf(node, 20)).toEqual(['info TEXT_SHRUNK', 'error NUMBER_BROKEN'])
    expect(() => compile({ nodes: [node] }, { profile: paperOf(20), strict: true })).toThrow(
      expect.objectContaining({ code: 'NUMBER_BROKEN', path: 'nodes[0]' }),
    )
    const [shrunk, broken] = compileNodes([node], 20).diagnostics
    expect(shrunk?.message).toContain('does not fit')
    expect(broken?.message).not.toContain('7')
  })

  it('is broken between its groups without a report if it is an identifier', () => {
    const node = text('单号：20240917000123456789')
    expect(rowsOf([node], 14)).toEqual(['单号：', '202409170001', '23456789'])
    expect(codesOf(node, 14)).toEqual([])
  })

  it.each([
    ['none', ['warning TEXT_CLIPPED', 'error NUMBER_BROKEN'], '酒水 12份'],
    ['ellipsis', ['info TEXT_SHORTENED', 'error NUMBER_BROKEN'], '酒水 12份 …'],
  ] as const)('is left out whole by %s, and an amount is missed', (wrap, codes, row) => {
    const node = text('酒水 12份 ￥123.45', { wrap })
    expect(rowsOf([node], 14)).toEqual([row.replace(' …', '…')])
    expect(codesOf(node, 14)).toEqual(codes)
    expect(codesOf(text('农夫山泉 550ml', { wrap: 'ellipsis' }), 11)).toEqual([
      'info TEXT_SHORTENED',
    ])
  })
})

describe('in a field a value', () => {
  it('goes under its label, then is printed narrower, then in Font B', () => {
    const node = (size: number) => field('合计', '￥12,345,678.90', { size })
    expect(runsOf(node(2), 32)).toEqual([
      [['合计', 2, 'A', 0]],
      [['￥12,345,678.90', 2, 'A', 0]].map(([a, b, c]) => [a, b, c, 24]),
    ])
    expect(runsOf(node(3), 32)[1]).toEqual([['￥12,345,678.90', 2, 'A', 24]])
    expect(runsOf(node(1), 14)[1]?.[0]?.slice(0, 3)).toEqual(['￥12,345,678.90', 1, 'B'])
  })

  it('wraps as it is told', () => {
    const node = field('地址', '上海市浦东新区世纪大道', { wrap: 'ellipsis' })
    expect(rowsOf([node], 16)).toEqual(['地址', '上海市浦东新区…'])
  })
})

describe('in a table a number', () => {
  const table = (widths: readonly (string | number)[], ...rows: readonly string[][]) =>
    columns(
      widths.map((width, c): ColumnFields => (c === 0 ? { width } : { width, align: 'right' })),
      rows,
    )

  it('keeps the width of its column where words can give', () => {
    const node = table(
      ['auto', 'auto', 'auto'],
      ['招牌麻辣小龙虾（五斤装）', 'x2', '￥256.00'],
      ['会员日优惠', '', '-￥1,050.00'],
    )
    const rows = rowsOf([node])
    expect(rows[0]).toMatch(/x2 +￥256\.00$/)
    expect(rows.at(-1)).toMatch(/-￥1,050\.00$/)
    expect(codesOf(node)).toEqual([])
  })

  it('takes free white beside a fixed column, and only in its row', () => {
    const node = table(
      ['1fr', 4, 9],
      ['白酒礼盒', '1', '￥38.00'],
      ['退货', '-1', '-￥1,234,567.89'],
    )
    expect(rowsOf([node])).toEqual([
      `白酒礼盒${' '.repeat(13)}1   ￥38.00`,
      `退货${' '.repeat(10)}-1 -￥1,234,567.89`,
    ])
    expect(codesOf(node)).toEqual(['info ROW_WIDENED'])
  })

  it('then the words of its row wrap', () => {
    const node = table(['1fr', 5], ['白酒礼盒大号装', '￥1,234.56'])
    expect(rowsOf([node], 20)).toEqual(['白酒礼盒  ￥1,234.56', '大号装'])
  })

  it('then is printed narrower', () => {
    const cells = [['白酒礼盒', { text: '￥1,234.56', size: 3 }]]
    const node = columns([{ width: '1fr' }, { width: 8, ...right }], cells)
    expect(runsOf(node, 28)[0]).toEqual([
      ['白酒礼', 1, 'A', 0],
      ['￥1,234.56', 2, 'A', 96],
    ])
    expect(codesOf(node, 28)).toEqual(['info TEXT_SHRUNK', 'info ROW_WIDENED'])
  })

  it('then its row is stacked: the words, then each value behind its header', () => {
    const node = columns(
      [{ width: 2 }, { width: '1fr' }, { width: 6, ...right }, { width: 6, ...right }],
      [
        ['1', '鸡腿', '5.00', '12.00'],
        ['2', '冷冻去骨鸡腿肉', '￥1,234.56', '￥123,456.78'],
      ],
      { header: ['#', '品名', '单价', '金额'] },
    )
    expect(rowsOf([node], 24)).toEqual([
      '#  品名      单价   金额',
      '1  鸡腿      5.00  12.00',
      '冷冻去骨鸡腿肉',
      `${' '.repeat(21)}# 2`,
      `${' '.repeat(9)}单价 ￥1,234.56`,
      `${' '.repeat(7)}金额 ￥123,456.78`,
    ])
    expect(codesOf(node, 24)).toEqual(['info ROW_STACKED'])
  })

  it('is whole in nodes in a cell: the row is stacked, and its reports are not said twice', () => {
    const nodes = [text('￥1,234,567.80')]
    const node = columns([{ width: 4 }, { width: '1fr' }], [[{ nodes }, '白酒']])
    expect(rowsOf([node], 20)).toEqual(['白酒', '￥1,234,567.80'])
    expect(codesOf(node, 20)).toEqual(['info ROW_STACKED'])
  })

  it('prints whatever grows: six columns of 8,850.00 as of 885.00', () => {
    const widths = ['auto', '1fr', 'auto', 'auto', 'auto', 'auto']
    const row = (amount: string) => ['1', '鸡腿', '2.5kg×4', '88.50', '10.00', amount]
    for (const amount of ['885.00', '8,850.00', '88,500,000.00', '-￥88,500,000,000.00']) {
      const { strip } = compile(
        { nodes: [table(widths, row(amount))] },
        { profile: paperOf(32), strict: true },
      )
      const printed = strip.blocks.flatMap((block) =>
        block.kind === 'line' ? block.runs.map(({ cells }) => cells.text) : [],
      )
      expect(printed).toContain(amount)
      expect(printed).toContain('88.50')
    }
  })

  it('with gaps of no width keeps its neighbour at a distance where there was one', () => {
    const node = table(['auto', 'auto'], ['12345678', '1234567'])
    const [line] = compileNodes([node], 15.5).strip.blocks as [LineBlock]
    const [left, value] = line.runs as [LineBlock['runs'][0], LineBlock['runs'][0]]
    expect(value.x - left.x - left.widthDots).toBe(6)
  })

  it('keeps half a cell of its own size, because 12 pieces at 13.50 are not 1213.50', () => {
    for (const size of [2, 4]) {
      const node = columns(
        ['auto', 'auto'].map((width) => ({ width })),
        [['12', '13.50']],
        { size },
      )
      const [line] = compileNodes([node], 7.25 * size).strip.blocks as [LineBlock]
      const [left, value] = line.runs as [LineBlock['runs'][0], LineBlock['runs'][0]]
      expect(value.x - left.x - left.widthDots).toBeGreaterThanOrEqual(6 * size)
    }
  })
})
