/** Figures in lines from right to left: dates, times and card numbers are not turned round, and currencies in letters stay with their amounts. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import type { ReceiptNode } from '../../src/elements/nodes.js'
import { text } from '../../src/elements/text.js'
import { generic80 } from '../../src/profiles/index.js'
import { fixtureFonts } from '../goldens/fixtures.js'
import { allLines, seenLines } from './read-back.js'

describe('in a line from right to left', () => {
  const seen = (words: string, widthDots = 576) => {
    const profile = { ...generic80, widthDots }
    return seenLines(
      compile({ nodes: [text(words)] }, { profile, fonts: fixtureFonts }).strip.blocks,
    )
  }
  const turned = (word: string) => Array.from(word).reverse().join('')

  it.each([
    '18:30',
    '05/09/2024',
    '2024-09-17',
    '622202******1234',
    '**** **** **** 1234',
    '6222 0200 0000 1234',
    '138-0000-1234',
    '+966 11 234 5678',
    'POS-2024-001',
    '12.50/kg',
    '5.00/-3.00',
    '1.5-2.5',
    '5.00×2',
    '#12',
    '%50',
    '١٨:٣٠',
    '۱۸:۳۰',
  ])('%s keeps its order', (figures) => {
    expect(seen(`رقم ${figures} شكرا`)).toEqual([`${turned('شكرا')} ${figures} ${turned('رقم')}`])
  })

  it('two figures beside each other are read from the right', () => {
    expect(seen('شكرا 2024-09-17 18:30')).toEqual([`18:30 2024-09-17 ${turned('شكرا')}`])
  })

  it('figures first do not turn the line', () => {
    expect(seen('x2 شكرا')).toEqual([`${turned('شكرا')} x2`])
    expect(seen('合计12份 شكرا ￥5.00')[0]).toBe(`合计12份 ${turned('شكرا')} ￥5.00`)
  })

  it.each(['5.00 ر.س', 'ر.س 5.00', '-ر.س 5.00', '5.00 ريال'])('%s is on one line', (amount) => {
    const lines = seen(`المجموع ${amount}`, 130)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('5.00')
    expect(lines[1]?.length).toBe(amount.length)
  })

  it('points of a column are under each other, whatever side the currency is on', () => {
    const rows = ['24.50 ر.س', '1,005.00', 'ر.س 7.5', '-3.15 ر.س'].map((amount) => ['خصم', amount])
    const columns: ReceiptNode = { kind: 'columns', columns: [{}, { align: 'decimal' }], rows }
    const options = { profile: generic80, fonts: fixtureFonts }
    const points = allLines(compile({ nodes: [columns] }, options).strip.blocks).map(({ runs }) => {
      const run = runs.find(({ cells }) => /\d/.test(cells.text))
      return (run?.x ?? 0) + (run?.cells.text.indexOf('.') ?? 0) * 12
    })
    expect(new Set(points).size).toBe(1)
  })
})
