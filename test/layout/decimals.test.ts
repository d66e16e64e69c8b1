/** Columns of figures on their decimal points, and the limits of columns that decide how wide they are. */

import { describe, expect, it } from 'vitest'
import type { ColumnFields } from '../../src/elements/nodes.js'
import { columns, text } from '../../src/index.js'
import type { LineBlock } from '../../src/model/strip.js'
import { compileNodes, rowsOf } from './rows.js'

const figures = (...values: readonly string[]) =>
  rowsOf(
    [
      columns(
        [{ width: '1fr' }, { width: 'auto', align: 'decimal' }],
        values.map((value) => ['a', value]),
      ),
    ],
    16,
  ).map((row) => row.slice(1))

describe('a column of figures', () => {
  it('stands on commas where commas are its points', () => {
    expect(figures('258,00', '1.062,00', '3,5', '-0,25')).toEqual([
      '         258,00',
      '       1.062,00',
      '           3,5',
      '          -0,25',
    ])
  })

  it('stands on points where commas group thousands', () => {
    expect(figures('258.00', '1,062.00', '1,062')).toEqual([
      '         258.00',
      '       1,062.00',
      '       1,062',
    ])
  })

  it('asks the other figures how to read 1.062', () => {
    expect(figures('1.062', '3,50')).toEqual(['       1.062', '           3,50'])
    expect(figures('1.062', '3.5')).toEqual(['          1.062', '          3.5'])
    expect(figures('1,062', '3.5')).toEqual(['        1,062', '            3.5'])
    expect(figures('0,062', '3,062')).toEqual(['          0,062', '          3,062'])
    expect(figures('1.062.000', '12')).toEqual(['      1.062.000', '             12'])
  })

  it('counts what is behind a figure to its fraction', () => {
    expect(figures('1 062,00 EUR', '12,50 EUR', '12')).toEqual([
      '   1 062,00 EUR',
      '      12,50 EUR',
      '      12',
    ])
  })
})

describe('the width of a column', () => {
  const firstX = (fields: readonly ColumnFields[], row: readonly string[], count: number) => {
    const [line] = compileNodes([columns(fields, [row])], count).strip.blocks as [LineBlock]
    return line.runs.map(({ x }) => x / 12)
  }

  it('leaves a share its longest word before a column of text has all it asks for', () => {
    const fields = [{ width: 'auto' }, { width: '1fr' }]
    expect(firstX(fields, ['红烧牛肉面大份', 'abcdefgh'], 20)).toEqual([0, 12])
    expect(
      compileNodes([columns(fields, [['红烧牛肉面大份', 'abcdefgh']])], 20).diagnostics,
    ).toEqual([])
  })

  it('counts the hyphen that a soft hyphen prints', () => {
    const table = columns([{ width: 'auto' }, { width: 16 }], [['Donaudampf\u00adschiff', 'x']])
    // Eleven cells for the word and its hyphen, and half a cell for the gap.
    const { strip } = compileNodes([table], 27.5)
    const printed = (strip.blocks as LineBlock[]).map(({ runs }) => runs.map((r) => r.cells.text))
    expect(printed).toEqual([['Donaudampf', '-', 'x'], ['schiff']])
  })

  it('stands a cell in the middle of an even number of lines on the upper one', () => {
    const table = columns(
      [{ width: 4 }, { width: '1fr', valign: 'middle' }],
      [['红烧牛肉', 'x']],
      {},
    )
    expect(rowsOf([table], 10)).toEqual(['红烧 x', '牛肉'])
  })

  it('is the width of a letter by `width`, whatever the size', () => {
    const [line] = compileNodes([text('ab', { size: 3, width: 1, height: 2 })], 20).strip
      .blocks as [LineBlock]
    expect(line.runs[0]).toMatchObject({ widthDots: 24, style: { width: 1, height: 2 } })
  })
})
