/** Numbers and all that belongs to them: where a line must not end. */

import { describe, expect, it } from 'vitest'
import { boundUnits } from '../../src/layout/right-to-left.js'
import { findUnits } from '../../src/layout/units.js'

const unitsOf = (text: string) => findUnits(text).map(({ from, to }) => text.slice(from, to))
const kindsOf = (text: string) => findUnits(text).map(({ kind }) => kind)

describe('a currency in letters from right to left', () => {
  const boundOf = (text: string) =>
    boundUnits(text, findUnits(text)).map(({ from, to }) => text.slice(from, to))

  it.each([
    '-5.00 ر.س',
    'د.إ 5.00',
    '5.00 ريال',
    '5.00 ש״ח',
    '-ر.س 5.00',
    '5.00 ر.س-',
    '﷼ 5',
    '٥٠٪',
    '5.00 يۈەن',
  ])('is bound to its number: %s', (text) => {
    expect(boundOf(text)).toEqual([text])
    expect(boundOf(`المجموع ${text} شكرا`)).toEqual([text])
  })

  it('is none inside of a word, nor two numbers away', () => {
    expect(boundOf('5.00 ريالات')).toEqual(['5.00'])
    expect(boundOf('3 ر.س 5.00')).toEqual(['3 ر.س', '5.00'])
    expect(boundOf('合计 5.00')).toEqual(['5.00'])
  })
})

describe('a number is one unit', () => {
  it.each([
    ...[
      '-￥5.00',
      '+￥5.00',
      '－￥5.00',
      '－5.00',
      '￥-5.00',
      '-¥1,050.00',
      '±5',
      '-￥ 5.00',
      '- ￥5.00',
      '–￥5.00',
      '‑5.00',
      '- 5.00',
      'US$ - 5,000.00',
      'RMB - 5.00',
      'Rp 1.250.000',
    ],
    ...[
      'RMB -5.00',
      'HK$ -5',
      'HK$-5',
      'US$1,000.5',
      'USD 5.00',
      'rmb5',
      '(5.00)',
      '（-5.00）',
      '5.00-',
      '5.00-￥',
      '5.00 ₪-',
      '5.00 EUR-',
      '-(5.00)',
      '(5.00) ₪',
      'USD (5.00)',
      'AED 5.00',
      '-5.00 SAR',
    ],
    ...[
      '5,00 €',
      '5,00€',
      '5.00 EUR',
      '12 zł',
      '1 062,00 €',
      '1 062,00',
      "1'062.00",
      '1.062,00',
      '.88',
    ],
    ...[
      '￥12,34,567.00',
      '12份',
      '3.5折',
      '500ml',
      '6%',
      '6％',
      '5‰',
      '25℃',
      '30㎡',
      '5개',
      '-5.00元',
    ],
    ...['x12', 'X12', '×12', '*3', '５０％', '12'],
  ])('%s', (text) => {
    expect(unitsOf(text)).toEqual([text])
    expect(unitsOf(`合计：${text}，谢谢`)).toEqual([text])
  })

  it.each([
    ['2.5kg×4', ['2.5kg', '×4']],
    ['12.00x2', ['12.00', 'x2']],
    ['x2 ￥256.00', ['x2', '￥256.00']],
    ['满300减50', ['300减', '50']],
    ['2024-09-17 12:08', ['2024', '09', '17', '12', '08']],
    ['010-5550100', ['010', '5550100']],
    ['1,2,3,4,5', ['1,2', '3,4', '5']],
    ['12 345 678', ['12', '345', '678']],
    ['￥5 ￥6', ['￥5', '￥6']],
    ['5 -6', ['5', '-6']],
    ['5 - 6', ['5', '6']],
    ['A - 12', ['12']],
    ['12:00 – 14:00', ['12', '00', '14', '00']],
    ['优惠 - 5.00', ['- 5.00']],
    ['6222****1234', ['6222', '1234']],
    ['5元8角', ['5元', '8角']],
    ['5.00 -', ['5.00 -']],
    ['5.00 - 谢谢', ['5.00']],
    ['5.00 € -6', ['5.00', '€ -6']],
    ['A-(5.00)', ['(5.00)']],
  ])('%s is several', (text, units) => {
    expect(unitsOf(text)).toEqual(units)
  })

  it('is not found in a word', () => {
    expect(unitsOf('A12345')).toEqual([])
    expect(unitsOf('sha1abc3f 12pieces 3D4F')).toEqual([])
  })

  it('is an amount with a sign, a currency or a point, and an identifier if it is longer than any amount', () => {
    expect(kindsOf('-5 ￥5 5.0 5% x5')).toEqual([
      'amount',
      'amount',
      'amount',
      'quantity',
      'amount',
    ])
    expect(kindsOf('123456789012345')).toEqual(['quantity'])
    expect(kindsOf('1234567890123456')).toEqual(['identifier'])
    expect(kindsOf('-1234567890123456')).toEqual(['amount'])
    expect(kindsOf('1234567890123456.5')).toEqual(['amount'])
    expect(kindsOf('1234567890123456元')).toEqual(['identifier'])
  })
})
