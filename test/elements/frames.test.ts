/** Boxes, banners, rows and lines of dots, on the paper that their bytes print. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { printBytes } from '../../src/entries/emulator.js'
import { dotAt } from '../../src/model/bitmap.js'
import { generic58, generic80 } from '../../src/profiles/index.js'

function printed(nodes: readonly ReceiptNode[], profile = generic80) {
  const compiled = compile({ nodes }, { profile })
  const paper = printBytes(compiled.bytes, profile)
  /** Runs of black in a row, as `from-to`, both inclusive. */
  const runs = (y: number) => {
    const found: string[] = []
    for (let x = 0, from = -1; x <= paper.widthDots; x++) {
      const isBlack = x < paper.widthDots && dotAt(paper.bitmap, x, y)
      if (isBlack && from < 0) from = x
      if (!isBlack && from >= 0) {
        found.push(`${from}-${x - 1}`)
        from = -1
      }
    }
    return found
  }
  return { ...compiled, paper, runs }
}

const whole = ['0-575']

describe('a line of dots', () => {
  it('costs the paper that it is thick', () => {
    const { paper, runs } = printed([
      { kind: 'rule', thickness: 3 },
      { kind: 'feed', dots: 10 },
    ])
    expect(paper.heightDots).toBe(13)
    expect([0, 1, 2, 3].map(runs)).toEqual([whole, whole, whole, []])
  })

  it('has white in dots above and below', () => {
    const { runs } = printed([
      { kind: 'rule', line: 'double', thickness: 1, margin: { top: 5, bottom: '1mm', left: 12 } },
      { kind: 'rule', thickness: 1 },
    ])
    expect([5, 6, 7].map(runs)).toEqual([['12-575'], [], ['12-575']])
    expect([8, 15, 16].map(runs)).toEqual([[], [], whole])
  })

  it('is dashed and dotted by its thickness', () => {
    expect(
      printed([{ kind: 'rule', line: 'dashed' }])
        .runs(0)
        .slice(0, 2),
    ).toEqual(['0-7', '14-21'])
    expect(
      printed([{ kind: 'rule', line: 'dotted' }])
        .runs(1)
        .slice(0, 2),
    ).toEqual(['0-1', '6-7'])
  })

  it('has a title between its halves, in the middle of its height', () => {
    const { runs } = printed([{ kind: 'rule', thickness: 2, text: '饮料' }])
    expect([runs(11)[0], runs(11).at(-1)]).toEqual(['0-251', '324-575'])
    expect(runs(10)[0]).not.toBe('0-251')
  })

  it('has no character', () => {
    expect(() => printed([{ kind: 'rule', char: '=', line: 'wave' }])).toThrow(
      expect.objectContaining({ code: 'RECEIPT_INVALID', path: 'nodes[0]' }),
    )
  })
})

describe('a box', () => {
  const lines: readonly ReceiptNode[] = [{ kind: 'text', text: ' \n \n ' }]

  it('has lines that touch on all sides, though its text has white between the lines', () => {
    const { runs, paper } = printed([{ kind: 'box', nodes: lines, padding: 0 }])
    const height = 3 * 30 + 2 * 2
    expect(paper.heightDots).toBe(height)
    expect([0, 1, height - 2, height - 1].map(runs)).toEqual([whole, whole, whole, whole])
    const between = Array.from({ length: height - 4 }, (_, y) => runs(y + 2))
    expect(between.every((row) => row.join() === '0-1,574-575')).toBe(true)
  })

  it('has double, thick and dashed borders, and one of any dots', () => {
    const left = (border: 'double' | 'thick' | 'dashed' | number) =>
      printed([{ kind: 'box', border, nodes: lines }])
        .runs(24)
        .slice(0, 2)
    expect(left('double')).toEqual(['0-1', '4-5'])
    expect(left('thick')[0]).toBe('0-5')
    expect(left(11)[0]).toBe('0-10')
    // Row 24 is in a gap of the dashes, of which one is 14 dots.
    expect(left('dashed')).toEqual([])
  })

  it('has its title in the border', () => {
    const { runs } = printed([{ kind: 'box', title: '堂食', nodes: lines }])
    // Half a cell of white on each side of four cells.
    expect(runs(11)[0]).toBe('0-15')
    expect(runs(11).at(-1)).toBe('76-575')
  })

  it('is white on black, with what is in it', () => {
    const { runs } = printed([{ kind: 'box', fill: 'inverse', nodes: lines }])
    expect([0, 50].map(runs)).toEqual([whole, whole])
  })

  it('leaves room for its border in a column, and refuses what has none', () => {
    const inCell = (width: number): ReceiptNode => ({
      kind: 'columns',
      columns: [{ width }, {}],
      rows: [[{ nodes: [{ kind: 'box', nodes: [{ kind: 'text', text: '好' }] }] }, '右']],
    })
    expect(printed([inCell(6)]).runs(0)[0]).toBe('0-71')
    expect(() => printed([{ kind: 'box', padding: 300, nodes: lines }])).toThrow(
      expect.objectContaining({ code: 'BOX_TOO_NARROW' }),
    )
  })

  it('refuses a cut and a drawer, which are no part of a picture', () => {
    for (const kind of ['cut', 'drawer'] as const) {
      expect(() => printed([{ kind: 'box', nodes: [{ kind }] }])).toThrow(
        expect.objectContaining({ code: 'CELL_HOLDS_ACTION' }),
      )
    }
  })

  it('says once that its text is dots', () => {
    const { diagnostics } = printed([{ kind: 'box', nodes: [{ kind: 'text', text: '合计 1.00' }] }])
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(['ROW_AS_DOTS nodes[0]'])
  })
})

it('a banner is black from edge to edge, and its text white', () => {
  const { runs, paper } = printed([{ kind: 'banner', text: '结账单', size: 2 }])
  expect(paper.heightDots).toBe(48 + 12)
  expect([0, 5, 59].map(runs)).toEqual([whole, whole, whole])
  expect(runs(30).length).toBeGreaterThan(3)
})

describe('a row', () => {
  it('keeps text as text', () => {
    const { paper } = printed([
      {
        kind: 'row',
        cells: [
          { nodes: [{ kind: 'text', text: '左' }] },
          { nodes: [{ kind: 'text', text: '右' }], align: 'right' },
        ],
      },
    ])
    expect(paper.images).toEqual([])
    expect(paper.glyphs.filter(({ text }) => text !== ' ').map(({ text, x }) => [text, x])).toEqual(
      [
        ['左', 0],
        ['右', 552],
      ],
    )
  })

  it('puts two codes beside each other', () => {
    const code = (data: string) => ({ nodes: [{ kind: 'qr', data } as const] })
    const { paper, strip } = printed([{ kind: 'row', cells: [code('a'), code('b')] }], generic58)
    expect(paper.symbols).toEqual([])
    const [block] = strip.blocks
    const symbols = block?.kind === 'row' ? block.cells.flatMap(({ blocks }) => blocks) : []
    const data = symbols.flatMap((one) => (one.kind === 'symbol' ? [one.symbol.data] : []))
    expect(data).toEqual(['a', 'b'])
  })
})

describe('a table with a border', () => {
  const table = (
    border: 'rules' | 'grid' | 'box',
    rows: readonly (readonly string[])[],
  ): ReceiptNode => ({
    kind: 'columns',
    columns: [{ width: 20 }, {}],
    header: [' ', ' '],
    rows,
    border,
  })

  it('has a line between its columns, in the middle of the gap, that no row breaks', () => {
    const { runs, paper } = printed([
      table('grid', [
        [' ', ' '],
        [' ', ' '],
      ]),
    ])
    // Two dots of frame, six of white, twenty cells, and half of a gap of twelve dots.
    const row = ['0-1', '253-254', '574-575'].join()
    const inside = Array.from({ length: paper.heightDots }, (_, y) => runs(y).join())
    expect(inside.filter((one) => one !== row)).toEqual(Array(2 * 4).fill(whole.join()))
  })

  it.each(['rules', 'grid'] as const)(
    '%s: has the same lines in columns of fixed widths',
    (border) => {
      const lines = (width: 'auto' | number) => {
        const { paper, runs } = printed([
          {
            kind: 'columns',
            border,
            columns: [{ width }, { width: 12 }],
            header: ['a', 'b'],
            rows: [
              ['twelve cells', 'c'],
              ['d', 'e'],
            ],
            footer: ['f', 'g'],
          },
        ])
        const wide = Array.from({ length: paper.heightDots }, (_, y) => runs(y)[0])
        return wide.flatMap((run, y) =>
          run === undefined || run.endsWith('-0') ? [] : [`${y}: ${run}`],
        )
      }
      expect(lines(12)).toEqual(lines('auto'))
      expect(lines(12).length).toBeGreaterThan(3)
    },
  )

  it('has no line through a cell over two columns', () => {
    const spanned: ReceiptNode = {
      kind: 'columns',
      columns: [{ width: 20 }, {}],
      rows: [[{ text: ' ', span: 2 }]],
      border: 'grid',
    }
    expect(printed([spanned]).runs(10)).toEqual(['0-1', '574-575'])
  })

  it('keeps its text with rules above and below, and beside the header', () => {
    const { paper, runs } = printed([table('rules', [['面', '38.00']])])
    expect(paper.glyphs.map(({ text }) => text).join('')).toContain('38.00')
    const lines = Array.from({ length: paper.heightDots }, (_, y) => runs(y).join()).filter(
      (one) => one === whole.join(),
    )
    expect(lines).toHaveLength(3 * 2)
  })

  it('has no rules of characters as well', () => {
    expect(() => printed([{ ...table('box', []), rules: ['rows'] } as ReceiptNode])).toThrow(
      expect.objectContaining({ path: 'nodes[0].rules' }),
    )
  })
})

describe('every node', () => {
  it('has white around it in dots, millimetres and cells', () => {
    const { paper } = printed([
      { kind: 'text', text: '甲', margin: { top: '1mm', left: '2 cells' } },
      { kind: 'text', text: '乙', align: 'right', margin: 10 },
    ])
    const places = paper.glyphs.map(({ text, x, y }) => [text, x, y])
    expect(places.filter(([text]) => text !== ' ')).toEqual([
      ['甲', 24, 8],
      ['乙', 576 - 10 - 24, 8 + 30 + 10],
    ])
  })

  it('is at least as high as asked', () => {
    const { paper } = printed([
      { kind: 'text', text: '甲', minHeight: '10mm' },
      { kind: 'text', text: '乙', minHeight: 20 },
    ])
    expect(paper.glyphs.map(({ y }) => y)).toEqual([0, 80])
  })

  it('refuses margins that leave no room', () => {
    expect(() =>
      printed([{ kind: 'text', text: '甲', margin: { left: 300, right: 300 } }]),
    ).toThrow(expect.objectContaining({ code: 'BOX_TOO_NARROW', path: 'nodes[0].margin' }))
  })
})
