/**
 * Random tables and rules on random papers: nothing beyond the paper, columns straight, full width, nothing lost.
 *
 * Soft limits, explained in docs/layout.md: columns, gaps and words give way (`COLUMNS_SCALED`), then rows with a number
 * that does not fit (`ROW_WIDENED`, `ROW_STACKED`); a rule ends less than one of its characters before the edge.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnFields, RowContent } from '../../src/elements/nodes.js'
import { columns, rule } from '../../src/index.js'
import type { LineBlock, Run } from '../../src/model/strip.js'
import { endOf, expectOnPaper, fixed, font, type LaidOut, layOut, paper, size } from './random.js'

describe('tables', () => {
  /** By a cell's first character the column is known again. */
  const alphabets = ['老城面馆红烧牛肉', '微信支付宝现金券', 'abcdefgh', '0123456789', 'STUVWXYZ']
  const aligns = ['left', 'center', 'right'] as const

  const tableOf = (count: number) => {
    const cell = (c: number) =>
      fc
        .array(fc.constantFrom(...(alphabets[c] as string)), { maxLength: 9 })
        .map((characters) => characters.join(''))
    const row = fc.tuple(...Array.from({ length: count }, (_, c) => cell(c)))
    const width = fc.oneof(
      fc.constantFrom('1fr', '1fr', '2fr', 'auto', 'auto', '20%'),
      fc.integer({ min: 2, max: 8 }),
    )
    const column = fc.record({ width, align: fc.constantFrom(...aligns) })
    return fc.record({
      columns: fc.array(column, { minLength: count, maxLength: count }),
      rows: fc.array(row, { minLength: 1, maxLength: 5 }),
      gap: fc.integer({ min: 0, max: 3 }),
      font,
      width: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3 })),
      height: size,
      paper,
      /** Cells of this row print twice as wide. */
      wideRow: fc.integer({ min: 0, max: 9 }),
    })
  }
  const table = fc.integer({ min: 1, max: 5 }).chain(tableOf)

  function eachTable(
    check: (
      laid: LaidOut,
      of: {
        readonly columns: readonly ColumnFields[]
        readonly widthDots: number
        readonly cells: readonly string[][]
      },
    ) => void,
  ): void {
    fc.assert(
      fc.property(table, ({ columns: fields, rows, paper: widthDots, wideRow, ...style }) => {
        const contents: RowContent[] = rows.map((row, r) =>
          r === wideRow ? row.map((content) => ({ text: content, width: style.width * 2 })) : row,
        )
        const laid = layOut([columns(fields, contents, style)], widthDots)
        if (laid !== undefined) check(laid, { columns: fields, widthDots, cells: rows })
      }),
      fixed,
    )
  }

  const columnOf = (run: Run) =>
    alphabets.findIndex((alphabet) => alphabet.includes(run.cells.text[0] ?? ' '))

  function runsOf({ lines }: LaidOut, column: number): Run[] {
    return lines.flatMap(({ runs }) => runs.filter((run) => columnOf(run) === column))
  }

  it('stay on the paper, run beside run', () => {
    eachTable(({ lines }, { widthDots }) => expectOnPaper(lines, widthDots))
  })

  it('lose no character, and keep the order of each column', () => {
    eachTable((laid, { columns: { length }, cells }) => {
      for (let c = 0; c < length; c++) {
        const printed = runsOf(laid, c).map((run) => run.cells.text)
        expect(printed.join('')).toBe(cells.map((row) => row[c]).join(''))
      }
    })
  })

  /** Rows at edges of their own, because a number did not fit. */
  const gaveWay = ({ codes }: LaidOut) => codes.has('ROW_WIDENED') || codes.has('ROW_STACKED')

  it('stand straight: every column has one left edge, one right edge or one middle', () => {
    eachTable((laid, { columns: fields }) => {
      if (gaveWay(laid)) return
      fields.forEach(({ align }, c) => {
        const runs = runsOf(laid, c)
        const edges = runs.map((run) =>
          align === 'left' ? run.x : align === 'right' ? endOf(run) : run.x + endOf(run),
        )
        const spread = edges.length === 0 ? 0 : Math.max(...edges) - Math.min(...edges)
        // A middle between two dots is rounded down.
        expect(spread).toBeLessThanOrEqual(align === 'center' ? 1 : 0)
      })
    })
  })

  it('fill the paper to the last dot where a column takes what is left', () => {
    eachTable((laid, { columns: fields, widthDots }) => {
      const last = fields.at(-1) as ColumnFields
      const fills = fields.some(({ width }) => String(width).endsWith('fr'))
      if (!fills || last.align !== 'right' || gaveWay(laid)) return
      for (const run of runsOf(laid, fields.length - 1)) expect(endOf(run)).toBe(widthDots)
    })
  })

  it('stand figures on their points', () => {
    const figure = fc
      .tuple(fc.integer({ min: 0, max: 99_999 }), fc.constantFrom('', '.5', '.25', '.125'))
      .map(([whole, fraction]) => `${whole}${fraction}`)
    const figures = fc.record({
      values: fc.array(figure, { minLength: 1, maxLength: 6 }),
      font,
      width: fc.integer({ min: 1, max: 2 }),
      paper,
    })
    fc.assert(
      fc.property(figures, ({ values, paper: widthDots, ...style }) => {
        const fields = [{ width: '1fr' }, { width: 'auto', align: 'decimal' }] as const
        const rows = values.map((value) => ['老城', value])
        const { lines = [] } = layOut([columns(fields, rows, style)], widthDots) ?? {}
        const digit = (style.font === 'A' ? 12 : 9) * style.width
        const runs = lines.map((line) => line.runs.at(-1) as Run)
        expect(runs.map((run) => run.cells.text)).toEqual(values)
        const points = runs.map((run, i) => {
          const whole = (values[i] as string).split('.')[0] as string
          return run.x + whole.length * digit
        })
        expect(new Set(points).size).toBe(1)
        expect(Math.max(...runs.map(endOf))).toBe(widthDots)
      }),
      fixed,
    )
  })
})

describe('rules', () => {
  const title = fc.constantFrom('', '', '1号口袋', '合计', 'x', '会员充值小票 顾客联')

  it('reach from edge to edge, less than one character short', () => {
    fc.assert(
      fc.property(
        fc.record({ char: fc.constantFrom('-', '=', '─', '*'), title, font, width: size, paper }),
        ({ char, title: content, paper: widthDots, ...style }) => {
          const node = rule(char, content === '' ? style : { ...style, text: content })
          const { lines = [] } = layOut([node], widthDots) ?? {}
          expectOnPaper(lines, widthDots)
          const charDots = (char === '─' ? 24 : style.font === 'A' ? 12 : 9) * style.width
          const [line] = lines as [LineBlock]
          const hasRule = line.runs[0]?.cells.text.startsWith(char) ?? false
          expect(hasRule || content !== '').toBe(true)
          if (!hasRule) return
          expect(line.runs[0]?.x).toBe(0)
          const end = endOf(line.runs.at(-1) as Run)
          if (content === '') expect(widthDots - end).toBeLessThan(charDots)
          else expect(end).toBe(widthDots)
        },
      ),
      fixed,
    )
  })
})
