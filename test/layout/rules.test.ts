/** Rules with a title: out to both edges, whatever the title's width. */

import { describe, expect, it } from 'vitest'
import { rule } from '../../src/elements/rule.js'
import { compileNodes, rowsOf } from './rows.js'

describe('a rule with a title', () => {
  it('reaches both edges, with a blank on each side of the title', () => {
    expect(rowsOf([rule('-', { text: '1号口袋' })], 17)).toEqual(['---- 1号口袋 ----'])
    expect(rowsOf([rule('=', { text: [{ text: 'A', bold: true }, 'B'] })], 12)).toEqual([
      '==== AB ====',
    ])
  })

  it('stands a title of any width on the exact middle dot', () => {
    const { strip } = compileNodes([rule('-', { text: '饮料', width: 2 })], 31)
    expect(strip.blocks).toMatchObject([
      {
        runs: [
          { x: 0, widthDots: 96 },
          { x: 138, widthDots: 96 },
          { x: 276, widthDots: 96 },
        ],
      },
    ])
  })

  it('is the title alone where there is no room for a rule', () => {
    expect(rowsOf([rule('-', { text: '一二三四五' })], 12)).toEqual([' 一二三四五'])
    expect(rowsOf([rule('-', { text: '一二三四五六七' })], 12)).toEqual([
      '一二三四五六',
      '---- 七 ----',
    ])
  })

  it('is a whole rule where the title is empty', () => {
    expect(rowsOf([rule('-', { text: '' })], 12)).toEqual(['-'.repeat(12)])
  })
})
