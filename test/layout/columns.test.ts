/** Rows and tables: the users' cases. Every row is exact to the cell. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { columns } from '../../src/elements/columns.js'
import { field } from '../../src/elements/field.js'
import { rule } from '../../src/elements/rule.js'
import { epsonTmT88v, generic80 } from '../../src/profiles/index.js'
import { cellsOf, compileNodes, rowsOf } from './rows.js'

describe('a label and its value', () => {
  it('fills the row to the last cell', () => {
    expect(rowsOf([field('鱼香肉丝盖浇饭', '28.00')])).toEqual([
      `鱼香肉丝盖浇饭${' '.repeat(13)}28.00`,
    ])
    expect(rowsOf([field('合计', '¥28.00')])).toEqual([`合计${' '.repeat(21)}￥28.00`])
  })

  it('fills 16 cells of double width', () => {
    const { strip } = compileNodes([field('TOTAL', '12.50', { width: 2 })], 32)
    expect(strip.blocks).toMatchObject([
      {
        runs: [
          { x: 0, widthDots: 120 },
          { x: 264, widthDots: 120 },
        ],
      },
    ])
  })

  it('counts cells by the code page of a western printer', () => {
    const { strip } = compile({ nodes: [field('Café crème', '€28.00')] }, { profile: epsonTmT88v })
    const [line] = strip.blocks
    if (line?.kind !== 'line') throw new Error('no line')
    const right = line.runs.at(-1)
    expect(line.runs[0]).toMatchObject({ x: 0, widthDots: 120 })
    expect((right?.x ?? 0) + (right?.widthDots ?? 0)).toBe(512)
    expect(right?.cells.length).toBe(6)
  })

  it('falls to two lines where no gap would be left', () => {
    const node = field('授权码:A12345', '参考号:112308456701', { wrappedAlign: 'left' })
    expect(rowsOf([node])).toEqual(['授权码:A12345', '参考号:112308456701'])
    expect(rowsOf([node], 33)).toEqual(['授权码:A12345 参考号:112308456701'])
  })

  it('gives an empty value no line and no gap', () => {
    expect(rowsOf([field('x'.repeat(32), '')])).toEqual(['x'.repeat(32)])
    expect(rowsOf([field('x'.repeat(33), '')])).toEqual(['x'.repeat(32), 'x'])
  })

  it('stands a leader against the value', () => {
    expect(rowsOf([field('合计', '8.00', { leader: '.' })], 16)).toEqual(['合计........8.00'])
  })

  it('keeps dashes away from the text, because they would make a payment a refund', () => {
    expect(rowsOf([field('合计', '8.00', { leader: '-' })], 16)).toEqual(['合计 ------ 8.00'])
    const columns = [
      { width: 9, leader: '-' },
      { width: 9, align: 'right', leader: '－' },
    ] as const
    expect(rowsOf([{ kind: 'columns', columns, rows: [['5.00', '5.00']] }], 19)).toEqual([
      '5.00 ---       5.00',
    ])
  })
})

describe('columns', () => {
  it.each([
    ['50%', '20%', '30%'],
    ['5fr', '2fr', '3fr'],
    ['1fr', 'auto', 'auto'],
  ])('ends three headings of %s, %s and %s at the edge of the paper', (...widths) => {
    const fields = widths.map((width, c) => ({ width, align: c === 2 ? 'right' : 'left' }) as const)
    const table = columns(fields, [['商品', '数量', '金额']], { gap: 0 })
    const [line] = compileNodes([table], 32).strip.blocks
    if (line?.kind !== 'line') throw new Error('no line')
    const right = line.runs.at(-1)
    const end = (right?.x ?? 0) + (right?.widthDots ?? 0)
    expect(line.runs).toHaveLength(3)
    // Shares are whole dots: less than one a column is left over.
    expect(end).toBeGreaterThan(384 - 3)
    expect(end).toBeLessThanOrEqual(384)
  })

  it('wraps a long name inside its column and leaves the figures on the first line', () => {
    const table = columns(
      [{ width: 16 }, { width: 6 }, { width: 10, align: 'right' }],
      [['鱼香肉丝盖浇饭（大份）加煎蛋', 'x1', '28.00']],
      { gap: 0 },
    )
    expect(rowsOf([table])).toEqual(['鱼香肉丝盖浇饭  x1         28.00', '（大份）加煎蛋'])
  })

  it('keeps the odd cell of a wide character inside its column', () => {
    const table = columns(
      [{ width: 15 }, { width: 7 }, { width: 10, align: 'right' }],
      [['鱼香肉丝盖浇饭（大份）加煎蛋', 'x1', '28.00']],
      { gap: 0 },
    )
    expect(rowsOf([table])).toEqual(['鱼香肉丝盖浇饭 x1          28.00', '（大份）加煎蛋'])
  })

  it('centres the middle cell', () => {
    const table = columns(
      [{ width: 10 }, { width: 12, align: 'center' }, { width: 10, align: 'right' }],
      [['a', 'bb', 'c']],
      { gap: 0 },
    )
    expect(rowsOf([table])).toEqual([`a${' '.repeat(14)}bb${' '.repeat(14)}c`])
  })

  it('counts the cells of hanzi, not the bytes or the characters', () => {
    const table = columns([{ width: 10 }, { width: 5 }, { width: 8 }], [['红烧肉', '1', '38.00']], {
      gap: 0,
    })
    expect(rowsOf([table])).toEqual(['红烧肉    1    38.00'])
  })

  it('gives equal columns the width that their content asks for', () => {
    const table = columns(
      [{ width: 'auto' }, { width: 'auto' }, { width: 'auto' }, { width: '1fr', align: 'right' }],
      [
        ['商品', '数量', '单价', '金额'],
        ['鱼香肉丝盖浇饭', 'x1', '28.00', '28.00'],
      ],
    )
    expect(rowsOf([table])).toEqual([
      '商品           数量 单价    金额',
      '鱼香肉丝盖浇饭 x1   28.00  28.00',
    ])
  })

  it('wraps a cell that is longer than the paper', () => {
    const table = columns([{ width: 'auto' }, { width: '1fr' }], [['abc', 'abcdefghijkl']])
    expect(rowsOf([table], 10)).toEqual(['abc abcdef', '    ghijkl'])
  })

  it('gives a character that is wider than its column white of its neighbour', () => {
    const table = columns([{ width: 1 }, { width: '1fr' }], [['字', 'x']])
    expect(rowsOf([table])).toEqual(['字 x'])
  })

  it('refuses a character that is wider than the paper, and says where', () => {
    const table = columns([{ width: 1 }], [['字']])
    const at = { code: 'BOX_TOO_NARROW', path: 'nodes[0].rows[0][0]' }
    expect(() => rowsOf([table], 1)).toThrow(expect.objectContaining(at))
  })

  it('prints data with the signs of markups as they are', () => {
    const name = 'B套餐_大"杯" | { } ^ < & ~'
    const table = columns([{ width: '1fr' }, { width: 5, align: 'right' }], [[name, '12.00']])
    expect(rowsOf([table])).toEqual([`${name}${' '.repeat(27 - cellsOf(name))}12.00`])
  })

  it.each([32, 42, 48, 64])('sums to %i columns exactly', (count) => {
    for (const size of [1, 2]) {
      const table = columns(
        [{ width: '1fr' }, { width: 4, align: 'right' }, { width: 7, align: 'right' }],
        [['红烧肉', 'x1', '38.00']],
        { gap: 0, width: size },
      )
      const { strip } = compileNodes([table], count)
      const [line] = strip.blocks
      const right = line?.kind === 'line' ? line.runs.at(-1) : undefined
      expect((right?.x ?? 0) + (right?.widthDots ?? 0)).toBe(count * 12)
    }
  })

  it('costs few bytes a row', () => {
    const table = (count: number) =>
      columns(
        [{ width: '1fr' }, { width: 4, align: 'right' }, { width: 10, align: 'right' }],
        Array.from({ length: count }, (_, i) => [`菜品${i % 10}`, 'x1', '28.00']),
      )
    const bytes = (count: number) => compileNodes([table(count)], 32).bytes.length
    expect((bytes(40) - bytes(10)) / 30).toBeLessThanOrEqual(24)
  })
})

describe('rules', () => {
  it('fills the columns of the font that it is printed in', () => {
    const nodes = [rule('-', { font: 'B' }), rule('═'), rule('-', { width: 2 })]
    const { strip } = compile({ nodes }, { profile: generic80 })
    const lengths = strip.blocks.map((block) =>
      block.kind === 'line' ? block.runs[0]?.cells.length : 0,
    )
    expect(lengths).toEqual([64, 24, 24])
  })
})
