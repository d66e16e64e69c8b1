/** Where lines break: the users' cases, and the Chinese rules for the ends of lines. */

import { describe, expect, it } from 'vitest'
import { text } from '../../src/elements/text.js'
import { compileNodes, rowsOf } from './rows.js'

const wrap = (value: string, columns = 16) => rowsOf([text(value)], columns)

describe('where a line breaks', () => {
  it('breaks a long Chinese text by cells, not by characters', () => {
    expect(wrap('感谢您的光临本店欢迎下次再来，祝您生活愉快。请保留小票', 32)).toEqual([
      '感谢您的光临本店欢迎下次再来，祝',
      '您生活愉快。请保留小票',
    ])
  })

  it('begins no line with a comma', () => {
    expect(wrap('一二三四五六七八，九十。')).toEqual(['一二三四五六七', '八，九十。'])
  })

  it('begins no line with a dash, a wave or a dot, which Unicode would allow', () => {
    expect(wrap('一二三四五六七八～十')).toEqual(['一二三四五六七', '八～十'])
    expect(wrap('一二三四五六七八——十')).toEqual(['一二三四五六七', '八——十'])
    expect(wrap('一二三四五六七八·十')).toEqual(['一二三四五六七', '八·十'])
  })

  it('leaves no full stop alone on a line', () => {
    expect(wrap('一二三四五六七八。')).toEqual(['一二三四五六七', '八。'])
  })

  it('ends no line with an opening bracket', () => {
    expect(wrap('一二三四五六七（八九）')).toEqual(['一二三四五六七', '（八九）'])
    expect(wrap('一二三四五六（七八）', 14)).toEqual(['一二三四五六', '（七八）'])
  })

  it('keeps words whole', () => {
    expect(wrap('Thank you for shopping with us today friend')).toEqual([
      'Thank you for',
      'shopping with us',
      'today friend',
    ])
  })

  it('breaks a number that is longer than the line at the edge, on a line of its own', () => {
    expect(wrap('订单号20240917000123456789完成')).toEqual([
      '订单号',
      '2024091700012345',
      '6789完成',
    ])
  })

  it('does not break a price', () => {
    expect(wrap('价格：￥1,234.56整')).toEqual(['价格：', '￥1,234.56整'])
    expect(wrap('原价：￥1,234.56现价')).toEqual(['原价：', '￥1,234.56现价'])
  })

  it('keeps Latin words whole between hanzi', () => {
    expect(wrap('ABC中文DEF混排GHI测试JKL')).toEqual(['ABC中文DEF混排', 'GHI测试JKL'])
  })

  it('wraps 25 hanzi to 16 columns', () => {
    const hanzi = '一二三四五六七八九十'.repeat(3).slice(0, 25)
    expect(wrap(hanzi)).toEqual([
      hanzi.slice(0, 8),
      hanzi.slice(8, 16),
      hanzi.slice(16, 24),
      hanzi.slice(24),
    ])
  })

  it('keeps words with a slash whole, and breaks after the slash of an address when it must', () => {
    expect(wrap('SATISFACTORY GOODS/SERVICES', 20)).toEqual(['SATISFACTORY', 'GOODS/SERVICES'])
  })
})

describe('blanks and line ends', () => {
  it('keeps blank lines', () => {
    expect(wrap('a\n\nb')).toEqual(['a', '', 'b'])
    expect(wrap('a\r\nb\rc')).toEqual(['a', 'b', 'c'])
  })

  it('drops the blanks at a break and keeps those at the beginning of a text', () => {
    expect(wrap('  abcdefgh     ijklmnopq')).toEqual(['  abcdefgh', 'ijklmnopq'])
  })

  it('makes a tab into blanks up to the next fourth cell', () => {
    expect(wrap('a\tb')).toEqual(['a   b'])
  })

  it('does not let blanks at the end make a line taller, nor send them', () => {
    const { strip, bytes } = compileNodes([text(['ab', { text: '   ', size: 4 }])], 32)
    expect(strip.blocks).toMatchObject([
      { kind: 'line', heightDots: 30, runs: [{ widthDots: 24 }] },
    ])
    expect([...bytes].filter((byte) => byte === 0x20)).toEqual([])
  })

  it('ends a line of double width at half the columns', () => {
    expect(rowsOf([text('一二三四五六七八九十', { width: 2 })], 32)).toEqual([
      '一二三四五六七八',
      '九十',
    ])
  })
})
