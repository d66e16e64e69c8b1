/** Amounts in Chinese numerals, other currencies, shares and quantities. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReceiptError } from '../../src/index.js'
import { bindValue as bind } from '../../src/template/bind.js'
import { currencyCodes, currencyOf } from '../../src/template/filters/currencies.js'

const show = (expression: string, x: unknown) => bind(`{{ ${expression} }}`, { x })

function codeOf(expression: string, x: unknown): string {
  try {
    show(expression, x)
  } catch (error) {
    return (error as ReceiptError).code
  }
  throw new Error('nothing was thrown')
}

/**
 * 300 amounts in fen, written by another method: every digit with its unit, and then rewriting rules (in Python) that drop the zeros. The
 * fixed ones at its beginning were read by eye.
 */
const table = readFileSync(new URL('cn-amounts.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [string, string])

describe('cn_amount', () => {
  it('writes what the table says, of numbers, bigints and text alike', () => {
    expect(table).toHaveLength(300)
    for (const [fen, words] of table) {
      expect([fen, show('x | cn_amount', fen)]).toEqual([fen, words])
      expect([fen, show('x | cn_amount', BigInt(fen))]).toEqual([fen, words])
      const number = Number(fen)
      if (Number.isSafeInteger(number)) expect(show('x | cn_amount', number)).toBe(words)
    }
  })

  it('writes the examples of the rules for bills', () => {
    const examples = {
      140950: '壹仟肆佰零玖元伍角',
      600714: '陆仟零柒元壹角肆分',
      168032: '壹仟陆佰捌拾元叁角贰分',
      10700053: '壹拾万柒仟元伍角叁分',
      1640902: '壹万陆仟肆佰零玖元零贰分',
      32504: '叁佰贰拾伍元零肆分',
    }
    for (const [fen, words] of Object.entries(examples)) {
      expect(show('x | cn_amount', fen)).toBe(words)
    }
  })

  it('closes with 整 after 元, after 角 where that is asked for, and never after 分', () => {
    expect(show('x | cn_amount', 100)).toBe('壹元整')
    expect(show('x | cn_amount', 110)).toBe('壹元壹角')
    expect(show("x | cn_amount: '整'", 110)).toBe('壹元壹角整')
    expect(show("x | cn_amount: '整'", 50)).toBe('伍角整')
    expect(show("x | cn_amount: '整'", 111)).toBe('壹元壹角壹分')
    expect(show("x | cn_amount: '整'", 101)).toBe('壹元零壹分')
    expect(show("x | cn_amount: '整'", 0)).toBe('零元整')
    expect(codeOf("x | cn_amount: '正'", 0)).toBe('TEMPLATE_FILTER')
  })

  it('goes to 10^16 yuan and no further', () => {
    expect(show('x | cn_amount', 10n ** 18n - 1n)).toMatch(/^玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿/)
    expect(show('x | cn_amount', -(10n ** 18n) + 1n)).toMatch(/^负玖仟/)
    expect(codeOf('x | cn_amount', 10n ** 18n)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | cn_amount', -(10n ** 18n))).toBe('TEMPLATE_FILTER')
    for (const value of [1.5, 2 ** 53, '12.50', '1,286', '', 'x', true, [1], {}, Number.NaN]) {
      expect([value, codeOf('x | cn_amount', value)]).toEqual([value, 'TEMPLATE_MONEY_NOT_FEN'])
    }
  })

  it('gives each amount words of its own, without 兆 and 京', () => {
    const fen = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n })
    fc.assert(
      fc.property(fen, fen, (a, b) => {
        const words = String(show('x | cn_amount', a))
        expect(words).toMatch(/^[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+$/)
        expect(words).not.toMatch(/零零|零[拾佰仟万亿]/)
        if (a !== b) expect(show('x | cn_amount', b)).not.toBe(words)
        expect(fenIn(words)).toBe(a)
      }),
      { numRuns: 2000 },
    )
  })
})

/** The amount read back: places are added up, as a reader does. */
function fenIn(words: string): bigint {
  if (words === '零元整') return 0n
  const places: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n }
  let [total, section, digit] = [0n, 0n, 0n]
  for (const one of words) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(one)
    if (value >= 0) digit = BigInt(value)
    else if (places[one] !== undefined) {
      section += digit * places[one]
      digit = 0n
    } else if (one === '万') {
      section = (section + digit) * 10_000n
      digit = 0n
    } else if (one === '亿') {
      total = (section + digit) * 100_000_000n
      section = 0n
      digit = 0n
    } else if (one === '元') {
      total = (total + section + digit) * 100n
      section = 0n
      digit = 0n
    } else if (one === '角' || one === '分') {
      total += digit * (one === '角' ? 10n : 1n)
      digit = 0n
    }
  }
  return total
}

describe('currency', () => {
  it('has the digits of ISO 4217', () => {
    // Where Unicode's data differ, they follow the use of shops and not the list.
    const differing = 'AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER'.split(' ')
    const asIcu = currencyCodes.filter((code) => !differing.includes(code))
    expect(asIcu.length).toBeGreaterThan(130)
    for (const code of asIcu) {
      const { maximumFractionDigits } = new Intl.NumberFormat('en', {
        style: 'currency',
        currency: code,
      }).resolvedOptions()
      // Units of account, which no shop takes, are not in Unicode's table.
      if (['CLF', 'UYI', 'UYW'].includes(code)) continue
      expect([code, currencyOf(code)?.digits]).toEqual([code, maximumFractionDigits])
    }
    expect(differing.map((code) => currencyOf(code)?.digits)).toEqual(
      differing.map((code) => (code === 'IQD' ? 3 : 2)),
    )
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
  })

  it('writes signs, digits and separators', () => {
    const cases: readonly (readonly [string, unknown, string])[] = [
      ["'USD'", 128600, '$1,286.00'],
      ["'USD'", -128600, '-$1,286.00'],
      ["'USD', 'code'", -128600, 'USD -1,286.00'],
      ["'USD', 'number'", -5, '-0.05'],
      ["'EUR'", 123456789, '1.234.567,89 €'],
      ["'JPY'", 128600, '￥128,600'],
      ["'KRW'", -999, '-₩999'],
      ["'KWD'", 1234567, 'KWD 1,234.567'],
      ["'CHF'", 123456789, "CHF 1'234'567.89"],
      ["'INR'", 123456789, '₹12,34,567.89'],
      ["'INR'", 10000000000n, '₹10,00,00,000.00'],
      ["'CNY'", 0, '￥0.00'],
      ["'HKD'", 9007199254740993n, 'HK$90,071,992,547,409.93'],
      ["'SEK'", 5, '0,05 kr'],
    ]
    for (const [given, x, words] of cases) expect(show(`x | currency: ${given}`, x)).toBe(words)
  })

  it('loses no unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.constantFrom(...currencyCodes),
        (x, code) => {
          const shown = String(show(`x | currency: '${code}', 'number'`, x))
          expect(BigInt(shown.replace(/[.,']/g, ''))).toBe(x)
        },
      ),
    )
  })

  it('refuses fractions, and codes that are none', () => {
    expect(codeOf("x | currency: 'USD'", 12.5)).toBe('TEMPLATE_MONEY_NOT_FEN')
    expect(codeOf("x | currency: 'USD'", '1286')).toBe('TEMPLATE_MONEY_NOT_FEN')
    expect(codeOf("x | currency: 'XYZ'", 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf("x | currency: 'constructor'", 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | currency', 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf("x | currency: 'USD', 'words'", 1)).toBe('TEMPLATE_FILTER')
  })
})

describe('shares and quantities', () => {
  it('are exact', () => {
    const cases: readonly (readonly [string, unknown, string])[] = [
      ['percent', 0.085, '8.5%'],
      ['percent', 0.29, '29%'],
      ['percent', 1, '100%'],
      ['percent: 1', '0.0625', '6.3%'],
      ['percent: 1', -0.0625, '-6.3%'],
      ['percent: 2', 0.5, '50.00%'],
      ['percent: 0', '0.004', '0%'],
      ['percent', 1e-7, '0.00001%'],
      ['qty', 1.5, '1.5'],
      ['qty', '1.500', '1.5'],
      ['qty', 2, '2'],
      ['qty', -0.35, '-0.35'],
      ['qty: 3', '0.35', '0.350'],
      ["qty: 3, 'kg'", 0.35, '0.350kg'],
      ['qty', 1e21, '1000000000000000000000'],
      ['qty', 1234567890123456789n, '1234567890123456789'],
      ['qty', 9007199254740991, '9007199254740991'],
    ]
    for (const [filter, x, words] of cases)
      expect([filter, x, show(`x | ${filter}`, x)]).toEqual([filter, x, words])
  })

  it('are refused where a digit would be lost', () => {
    expect(codeOf('x | qty: 2', '0.355')).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | qty', 0.1 + 0.2)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | percent', 0.1 + 0.2)).toBe('TEMPLATE_FILTER')
    for (const value of ['', 'x', '1e3', '1,5', Number.NaN, Infinity, true, [], {}]) {
      expect([value, codeOf('x | qty', value)]).toEqual([value, 'TEMPLATE_FILTER'])
    }
    expect(codeOf('x | qty: 13', 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf("x | qty: '3'", 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | qty: 3, 4', 1)).toBe('TEMPLATE_FILTER')
  })

  it('are what their digits say', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.nat(8),
        (digits, scale) => {
          const sign = digits < 0n ? '-' : ''
          const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
          const x =
            scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
          const shown = String(show('x | qty: 8', x))
          expect(BigInt(shown.replace('.', ''))).toBe(digits * 10n ** BigInt(8 - scale))
        },
      ),
    )
  })
})

describe('weekday', () => {
  it('is that of the day which is written', () => {
    expect(show('x | weekday', '2026-11-28')).toBe('星期六')
    expect(show("x | weekday: '周'", '2026-11-29T00:00:00+08:00')).toBe('周日')
    expect(show("x | weekday: '礼拜'", '20261130')).toBe('礼拜一')
    expect(show("x | weekday: 'en'", '2026-11-28')).toBe('Saturday')
    expect(show("x | weekday: 'en-short'", '2024-02-29')).toBe('Thu')
    expect(show("x | weekday: '周', '+08:00'", '2026-11-28T20:00:00Z')).toBe('周日')
    expect(codeOf('x | weekday', '2026-11-28T20:00:00Z')).toBe('TEMPLATE_DATE')
    expect(codeOf("x | weekday: '曜日'", '2026-11-28')).toBe('TEMPLATE_DATE')
    expect(codeOf('x | weekday', 'today')).toBe('TEMPLATE_DATE')
  })

  it('agrees with Date on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (days) => {
        const date = new Date(days * 86_400_000)
        const words = ['日', '一', '二', '三', '四', '五', '六'][date.getUTCDay()]
        expect(show("x | weekday: '周'", date.toISOString().slice(0, 10))).toBe(`周${words}`)
      }),
    )
  })
})

describe('widths', () => {
  it('are changed for ASCII, to and fro', () => {
    expect(show('x | fullwidth', 'A12 x~!')).toBe('Ａ１２　ｘ～！')
    expect(show('x | fullwidth', '桌A')).toBe('桌Ａ')
    expect(show('x | fullwidth', 17)).toBe('１７')
    expect(show('x | halfwidth', 'Ａ１２　ｘ～！￥')).toBe('A12 x~!￥')
    expect(codeOf('x | fullwidth', 1.5)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | halfwidth', [])).toBe('TEMPLATE_FILTER')
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(bind('{{ x | fullwidth | halfwidth }}', { x: text })).toBe(text)
      }),
    )
  })
})
