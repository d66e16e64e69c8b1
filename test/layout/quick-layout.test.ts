/** The quick ways through wrapping and rows against the full ones: where they answer, they answer the same. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shaperFor } from '../../src/charsets/shape.js'
import { compile } from '../../src/compile.js'
import { plainText, shapeSpans } from '../../src/layout/flow.js'
import { quickRow } from '../../src/layout/quick-row.js'
import { quickWrap } from '../../src/layout/quick-wrap.js'
import { type PlacedCell, TextCell } from '../../src/layout/table-cell.js'
import { layoutRow } from '../../src/layout/table-row.js'
import { wrapFully } from '../../src/layout/wrap.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import type { Block } from '../../src/model/strip.js'
import { plainStyle, type TextStyle } from '../../src/model/style.js'
import { charsetOf, generic58, metricsOf } from '../../src/profiles/index.js'
import { safe58 } from '../../src/profiles/safe-58.js'
import { lawTimeoutMs, numRuns, seed } from '../laws/samples.js'

const diagnostics: Diagnostic[] = []
const context = {
  metrics: metricsOf(generic58),
  shaper: shaperFor(charsetOf(generic58), 'substitute'),
  report: (diagnostic: Diagnostic) => void diagnostics.push(diagnostic),
}

const part = fc.oneof(
  fc.constantFrom(...'老城面馆红烧牛肉，。（）'),
  fc.constantFrom(' ', '  ', '-', '/', 'abc', 'Coffee', '…'),
  fc.constantFrom(
    '-￥12.50',
    '12份',
    '500ml',
    'x12',
    '6222021234567890123',
    'RMB 5.00',
    '2024-09-30',
  ),
)
const content = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
const style = fc.record({
  width: fc.constantFrom(1, 1, 1, 2),
  height: fc.constantFrom(1, 1, 2),
  letterSpacing: fc.constantFrom(0, 0, 0, 2),
  underline: fc.constantFrom(0 as const, 0 as const, 1 as const),
  inverse: fc.constantFrom(false, false, false, true),
})
const policy = fc.constantFrom('word' as const, 'word' as const, 'char' as const)

/** As a table reads it: most cells are one plain text. */
const cellOf = (text: string, style: TextStyle, c: number) => {
  const cells = plainText(text, style, context)
  if (cells !== undefined && c !== 1) return new TextCell(cells, style, 'nodes[0].rows[0]', c)
  const path = `nodes[0].rows[0][${c}]`
  return { flows: shapeSpans([{ text, style, path }], context), span: 1, path }
}

const flowsOf = (text: string, fields: object) =>
  shapeSpans([{ text, style: { ...plainStyle, ...fields }, path: 'nodes[0]' }], context)

describe('quick layout', { timeout: lawTimeoutMs }, () => {
  it('wraps as the full breaker does', () => {
    let answered = 0
    const options = fc.record({
      // Narrow often, because a number that fits the first line and not the indented ones is rare.
      widthDots: fc.oneof(fc.integer({ min: 48, max: 84 }), fc.integer({ min: 48, max: 200 })),
      policy,
      indentDots: fc.constantFrom(0, 24),
      path: fc.constant('nodes[0]'),
    })
    fc.assert(
      fc.property(content, style, options, (text, fields, how) => {
        for (const flow of flowsOf(text, fields)) {
          const quick = quickWrap(flow, how, context)
          if (quick === undefined) continue
          answered++
          const full = wrapFully(flow, how, context)
          expect(shown(quick)).toEqual(shown(full))
        }
      }),
      { numRuns: numRuns * 3, seed },
    )
    expect(answered).toBeGreaterThan(numRuns / 2)
  })

  it('lays rows out as the full way does, without a report', () => {
    let answered = 0
    const column = fc.record({
      align: fc.constantFrom('left', 'center', 'right', 'decimal'),
      valign: fc.constantFrom('top', 'top', 'top', 'bottom'),
      policy,
      indentDots: fc.constantFrom(0, 24),
    })
    const cell = fc.record({ text: content, fields: style, column, widthDots: fc.nat(160) })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 3 }), (given) => {
        const cells = given.map(
          ({ text, fields, column, widthDots }, c): PlacedCell => ({
            cell: cellOf(text, { ...plainStyle, ...fields }, c),
            column: { ...column, track: { size: { kind: 'fixed', dots: 0 } }, leader: [] },
            decimal: undefined,
            edges: { x: c * 200, widthDots: widthDots + 40 },
          }),
        )
        diagnostics.length = 0
        const row = { cells: cells.map(({ cell }) => cell), path: 'nodes[0]' }
        const places = {
          columns: cells.map(({ column }) => column),
          edges: cells.map(({ edges }) => edges),
        }
        const quick: Block[] = []
        if (!quickRow(row, places, context, quick)) {
          expect(quick).toEqual([])
          return
        }
        answered++
        const space = { endDots: 600, minGapDots: 6, gridDots: 1 }
        const full = layoutRow(cells, space, 'nodes[0]', context)
        expect(full.fate).toBe('asked')
        expect(shown(quick)).toEqual(shown(full.blocks))
        expect(diagnostics).toEqual([])
      }),
      { numRuns: numRuns * 3, seed },
    )
    expect(answered).toBeGreaterThan(numRuns / 10)
  })

  it('places a text and a field as it places the same ones in spans', () => {
    const align = fc.constantFrom('left', 'center', 'right')
    const fields = fc.record({ style, align, profile: fc.constantFrom(generic58, safe58) })
    fc.assert(
      fc.property(content, content, fields, (label, value, { style, align, profile }) => {
        const one = [
          { kind: 'text', text: label, align, ...style },
          { kind: 'field', label, value, ...style },
        ] as const
        const spans = [
          { kind: 'text', text: [label], align, ...style },
          { kind: 'field', label: [label], value: [value], ...style },
        ] as const
        const quick = compile({ nodes: one }, { profile })
        const full = compile({ nodes: spans }, { profile })
        expect(shown(quick.strip)).toEqual(shown(full.strip))
      }),
      { numRuns: numRuns * 3, seed },
    )
  })
  it('lays rows of texts out as it lays out the same ones in spans', () => {
    const width = fc.integer({ min: 3, max: 14 })
    const column = fc.record({
      width,
      align: fc.constantFrom('left', 'center', 'right'),
      indent: fc.constantFrom(0, 0, 2),
      wrap: fc.constantFrom('word', 'word', 'char'),
    })
    const fields = fc.record({ style, profile: fc.constantFrom(generic58, safe58) })
    const twoColumns = fc.tuple(column, column)
    fc.assert(
      fc.property(content, content, twoColumns, fields, (left, right, columns, more) => {
        const table = { kind: 'columns', columns, header: ['品名', ''], ...more.style } as const
        const texts = {
          ...table,
          rows: [
            [left, right],
            ['小计', '5.00'],
          ],
        }
        const spans = {
          ...table,
          rows: [
            [[left], [right]],
            [['小计'], ['5.00']],
          ],
        }
        const quick = compile({ nodes: [texts] }, { profile: more.profile })
        const full = compile({ nodes: [spans] }, { profile: more.profile })
        expect(shown(quick.strip)).toEqual(shown(full.strip))
        expect(quick.diagnostics.map(({ code }) => code)).toEqual(
          full.diagnostics.map(({ code }) => code),
        )
      }),
      { numRuns: numRuns * 3, seed },
    )
  })
})

/** With the arrays of the cells, and nothing of how they are kept. */
function shown(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
