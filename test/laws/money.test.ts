/** No receipt shows part of a number: random amounts in texts, fields and tables, read back from the bytes. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { CellContent, ColumnFields, ReceiptNode } from '../../src/elements/nodes.js'
import { type Paper, printBytes } from '../../src/entries/emulator.js'
import type { Block } from '../../src/model/strip.js'
import { generic80 } from '../../src/profiles/index.js'
import { lawTimeoutMs, numRuns, seed } from './samples.js'

/** All amounts of one receipt are different, so that each can be found again. */
interface Priced<T> {
  readonly value: T
  readonly amounts: readonly string[]
}

const figure = fc
  .tuple(
    fc.integer({ min: 1, max: 99_999_999 }),
    fc.constantFrom('', '.5', '.00', '.95', ',00', ',95'),
    fc.boolean(),
  )
  .map(([whole, fraction, isGrouped]) => {
    const mark = fraction.startsWith(',') ? '.' : ','
    const digits = isGrouped ? `${whole}`.replace(/\B(?=(\d{3})+$)/g, mark) : `${whole}`
    return digits + fraction
  })

const sign = fc.constantFrom('', '', '-', '+', '－', '＋')
const money = fc.constantFrom('￥', '¥', '$', 'HK$', 'RMB', 'RMB ', 'USD ', '￡', '')
const amount = fc.oneof(
  fc.tuple(sign, money, figure).map((parts) => parts.join('')),
  fc.tuple(money, sign, figure).map((parts) => parts.join('')),
  figure.map((digits) => `(${digits})`),
  fc.tuple(sign, figure, fc.constantFrom(' EUR', '元', '%', '‰', '℃')).map((p) => p.join('')),
  fc
    .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('份', '杯', 'ml', 'kg'))
    .map((p) => p.join('')),
  fc.tuple(fc.constantFrom('x', '×'), fc.integer({ min: 1, max: 999 })).map((p) => p.join('')),
)
/** Wider than some papers whatever its size. */
const endless = fc.integer({ min: 16, max: 80 }).map((count) => `-￥${'7'.repeat(count)}.00`)
const anyAmount = fc.oneof({ weight: 40, arbitrary: amount }, { weight: 1, arbitrary: endless })

const word = fc
  .array(fc.constantFrom(...'红烧牛肉面大份应收合计找零商品退款'), { minLength: 0, maxLength: 9 })
  .map((characters) => characters.join(''))
const size = fc.oneof(fc.constant(1), fc.constant(2), fc.integer({ min: 1, max: 8 }))
const font = fc.constantFrom<'A' | 'B'>('A', 'B')
const align = fc.constantFrom<'left' | 'center' | 'right'>('left', 'center', 'right')

/** An amount alone, behind words, or words alone. */
const content: fc.Arbitrary<Priced<string>> = fc.oneof(
  anyAmount.map((value) => ({ value, amounts: [value] })),
  fc.tuple(word, anyAmount).map(([label, value]) => ({
    value: `${label}：${value}`,
    amounts: [value],
  })),
  word.map((value) => ({ value, amounts: [] })),
)

const textNode: fc.Arbitrary<Priced<ReceiptNode>> = fc
  .record({
    text: content,
    size,
    font,
    align,
    wrap: fc.constantFrom<'word' | 'char' | 'shrink'>('word', 'word', 'char', 'shrink'),
    indent: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ text, ...rest }) => ({
    value: { kind: 'text', text: text.value, ...rest },
    amounts: text.amounts,
  }))

const fieldNode: fc.Arbitrary<Priced<ReceiptNode>> = fc
  .tuple(word, content, size, font)
  .map(([label, { value, amounts }, big, face]) => ({
    value: { kind: 'field', label, value, size: big, font: face },
    amounts,
  }))

const column: fc.Arbitrary<ColumnFields> = fc.record(
  {
    width: fc.oneof(
      fc.constantFrom('auto', 'auto', '1fr', '2fr', '20%'),
      fc.integer({ min: 1, max: 12 }),
    ),
    min: fc.integer({ min: 1, max: 12 }),
    max: fc.integer({ min: 12, max: 20 }),
    align: fc.constantFrom<ColumnFields['align'] & string>('left', 'center', 'right', 'decimal'),
    wrap: fc.constantFrom<'word' | 'char' | 'shrink'>('word', 'char', 'shrink'),
    indent: fc.constantFrom(0, 0, 2),
  },
  { requiredKeys: ['width'] },
)

const cell: fc.Arbitrary<Priced<CellContent>> = fc
  .tuple(content, size, fc.integer({ min: 0, max: 9 }))
  .map(([{ value, amounts }, big, kind]) => {
    if (kind === 0) return { value: { nodes: [{ kind: 'text', text: value, size: big }] }, amounts }
    return { value: kind < 4 ? { text: value, size: big } : value, amounts }
  })

const tableNode: fc.Arbitrary<Priced<ReceiptNode>> = fc
  .integer({ min: 1, max: 8 })
  .chain((count) =>
    fc.record({
      columns: fc.array(column, { minLength: count, maxLength: count }),
      rows: fc.array(fc.array(cell, { maxLength: count }), { minLength: 1, maxLength: 3 }),
      hasHeader: fc.boolean(),
      gap: fc.integer({ min: 0, max: 3 }),
      font,
    }),
  )
  .map(({ columns, rows, hasHeader, ...rest }) => ({
    value: {
      kind: 'columns',
      columns,
      rows: rows.map((cells) => cells.map(({ value }) => value)),
      ...(hasHeader ? { header: columns.map(() => '金额') } : {}),
      ...rest,
    },
    amounts: rows.flat().flatMap(({ amounts }) => amounts),
  }))

const receipt = fc.record({
  nodes: fc.array(
    fc.oneof(
      { weight: 1, arbitrary: textNode },
      { weight: 1, arbitrary: fieldNode },
      { weight: 2, arbitrary: tableNode },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  widthDots: fc.integer({ min: 320, max: 640 }),
})

/** The amounts that no text holds, when each holds no more than it can; the longest are looked for first. */
function missingFrom(texts: readonly string[], amounts: readonly string[]): string[] {
  const left = texts.map((text) => text.replaceAll('¥', '￥'))
  const wanted = amounts.map((value) => value.replaceAll('¥', '￥'))
  return wanted
    .sort((a, b) => b.length - a.length)
    .filter((value) => {
      const at = left.findIndex((text) => text.includes(value))
      if (at < 0) return true
      left[at] = (left[at] as string).replace(value, '|')
      return false
    })
}

function runTexts(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'line') return block.runs.map((run) => run.cells.text)
    return block.kind === 'row' ? block.cells.flatMap((inner) => runTexts(inner.blocks)) : []
  })
}

/** The lines that a reader of the paper sees, with one blank for any white between two glyphs. */
function paperLines({ lines, glyphs }: Paper): string[] {
  return lines.map(({ from, to }) => {
    let text = ''
    let end = 0
    for (const glyph of glyphs.slice(from, to).sort((a, b) => a.x - b.x)) {
      text += glyph.x > end ? ` ${glyph.text}` : glyph.text
      end = glyph.x + glyph.widthDots
    }
    return text.replace(/ +/g, ' ')
  })
}

/** In Font B at normal width, the narrowest there is. */
function narrowestDots(value: string): number {
  return [...value].reduce((sum, c) => sum + ((c.codePointAt(0) as number) < 0x80 ? 9 : 24), 0)
}

describe('numbers', { timeout: lawTimeoutMs }, () => {
  it('are whole on the paper, or are reported as broken where even the paper is too narrow', () => {
    const samples = { broken: 0, widened: 0, stacked: 0, shrunk: 0 }
    fc.assert(
      fc.property(receipt, ({ nodes, widthDots }) => {
        const profile = { ...generic80, widthDots }
        const amounts = nodes.flatMap((node) => node.amounts)
        const input = { nodes: nodes.map((node) => node.value) }
        const { strip, bytes, diagnostics } = compile(input, { profile })
        const codes = new Set(diagnostics.map(({ code }) => code))
        const stopping = diagnostics.filter(({ severity }) => severity !== 'info')
        expect(stopping.filter(({ code }) => code !== 'NUMBER_BROKEN')).toEqual([])
        if (codes.has('ROW_WIDENED')) samples.widened++
        if (codes.has('ROW_STACKED')) samples.stacked++
        if (codes.has('TEXT_SHRUNK')) samples.shrunk++
        const missing = missingFrom(runTexts(strip.blocks), amounts)
        if (stopping.length === 0) {
          expect(missing).toEqual([])
          expect(missingFrom(paperLines(printBytes(bytes, profile)), amounts)).toEqual([])
          expect(() => compile(input, { profile, strict: true })).not.toThrow()
        } else {
          samples.broken++
          expect(amounts.some((value) => narrowestDots(value) > widthDots)).toBe(true)
          expect(missing.every((value) => narrowestDots(value) > widthDots)).toBe(true)
        }
      }),
      { numRuns: process.env.XIAOPIAO_RUNS === undefined ? 120 : numRuns, seed },
    )
    // A law that never meets its cases would hold whatever the code does.
    for (const met of Object.values(samples)) expect(met).toBeGreaterThan(0)
  })
})
