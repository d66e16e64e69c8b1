import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { describe, expect, it } from 'vitest'
import { ReceiptError } from '../../src/model/errors.js'
import { bindValue as bind } from '../../src/template/bind.js'

const show = (expression: string, x: unknown) => bind(`{{ ${expression} }}`, { x })

function codeOf(expression: string, x: unknown): string {
  try {
    show(expression, x)
  } catch (error) {
    if (error instanceof ReceiptError) return error.code
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('amounts', () => {
  it('are fen, shown as yuan', () => {
    expect(show('x | money', 128600)).toBe('1,286.00')
    expect(show('x | money', -128600)).toBe('-1,286.00')
    expect(show("x | money: 'plain'", 128600)).toBe('1286.00')
    expect([0, -0, 5, 50, 99999, 100000, -1].map((fen) => show('x | money', fen))).toEqual([
      '0.00',
      '0.00',
      '0.05',
      '0.50',
      '999.99',
      '1,000.00',
      '-0.01',
    ])
    expect(show('x | money', Number.MAX_SAFE_INTEGER)).toBe('90,071,992,547,409.91')
    expect(show('x | yuan', 128600)).toBe('￥1,286.00')
    expect(show('x | yuan', -500)).toBe('-￥5.00')
    expect(show("x | yuan: 'plain'", 128600)).toBe('￥1286.00')
    expect(show('x | rmb', 128600)).toBe('RMB 1,286.00')
    expect(show('x | rmb', -500)).toBe('RMB -5.00')
  })

  it('lose no fen', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        const shown = String(show('x | money', fen))
        expect(shown).toMatch(/^-?\d{1,3}(,\d{3})*\.\d\d$/)
        expect(Number(shown.replace(/[,.]/g, ''))).toBe(fen === 0 ? 0 : fen)
      }),
    )
  })

  it('are refused when they are not whole fen', () => {
    for (const value of [
      12.5,
      0.1 + 0.2,
      Number.NaN,
      2 ** 53,
      '128600',
      '1286.00',
      true,
      [1],
      {},
    ]) {
      expect(codeOf('x | money', value)).toBe('TEMPLATE_MONEY_NOT_FEN')
    }
    expect(show('x | times: 1.1 | round | money', 1000)).toBe('11.00')
    expect(codeOf("x | money: 'en'", 1)).toBe('TEMPLATE_FILTER')
  })
})

describe('codes', () => {
  it('are masked but for their ends', () => {
    expect(show('x | mask', '6222021234560012')).toBe('622202******0012')
    expect(show('x | mask', '6222021234567890012')).toBe('622202*********0012')
    expect(show('x | mask: 4, 4', '134512345678906789')).toBe('1345**********6789')
    expect(show('x | mask: 0, 2', '王小明')).toBe('*小明')
    expect(show('x | mask: 1, 0', '王小明')).toBe('王**')
    expect(show('x | mask', '12345678901')).toBe('123456*8901')
    expect(show('x | mask', '1234567890')).toBe('**********')
    expect(show('x | mask', '1')).toBe('*')
    expect(show('x | mask: 1, 1', '😀😀😀')).toBe('😀*😀')
    expect(show('x | mask', 62220212345)).toBe('622202*2345')
    expect(codeOf('x | mask', 6222021234560012000)).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | mask: -1', '1')).toBe('TEMPLATE_FILTER')
  })

  it('do not show in an error', () => {
    expect(() => show('x | mask', 6222021234560012000)).toThrow(/^(?!.*62220)/)
  })

  it('never show more than the ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 25 }), (code) => {
        const shown = code === '' ? '' : String(show('x | mask', code))
        expect(shown.length).toBe(code.length)
        expect(shown.replace(/\*/g, '').length).toBe(code.length > 10 ? 10 : 0)
      }),
    )
  })

  it('are padded with zeros', () => {
    expect(show('x | pad: 6', '17')).toBe('000017')
    expect(show('x | pad: 6', 236)).toBe('000236')
    expect(show('x | pad: 2', '000236')).toBe('000236')
    expect(codeOf('x | pad: 1000000000', '1')).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | pad', '1')).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | pad: 6', 1.5)).toBe('TEMPLATE_FILTER')
  })
})

describe('dates', () => {
  const full = "x | date: 'YYYY-MM-DD HH:mm:ss'"

  it('are printed as written', () => {
    for (const written of [
      '2026-11-23T12:08:31',
      '2026-11-23 12:08:31',
      '2026-11-23T12:08:31+08:00',
      '2026-11-23T12:08:31.250-0500',
      '20261123120831',
      '20261123T120831',
    ]) {
      expect(show(full, written)).toBe('2026-11-23 12:08:31')
    }
    expect(show("x | date: 'YYYY年M月D日 H:mm'", '2026-03-05 07:04')).toBe('2026年3月5日 7:04')
    expect(show("x | date: 'YY/MM'", '2026-11-23')).toBe('26/11')
    expect(show("x | date: '[Date:] DD.MM.'", '2026-11-23')).toBe('Date: 23.11.')
  })

  it('are moved to a zone that is named', () => {
    expect(show("x | date: 'YYYY-MM-DD HH:mm:ss', '+08:00'", '2026-12-31T16:08:31Z')).toBe(
      '2027-01-01 00:08:31',
    )
    expect(show("x | date: 'YYYY-MM-DD HH:mm', '+08:00'", '2024-02-28T20:00+00:00')).toBe(
      '2024-02-29 04:00',
    )
    expect(show("x | date: 'YYYY-MM-DD HH:mm', 'Z'", '2026-01-01T07:30+08:00')).toBe(
      '2025-12-31 23:30',
    )
    expect(show("x | date: 'MM-DD HH:mm', '-03:30'", '2026-03-01T01:00Z')).toBe('02-28 21:30')
  })

  it('agree with Date on any instant', () => {
    const instant = fc
      .integer({ min: 0, max: 4e9 })
      .map((seconds) => new Date(seconds * 1000).toISOString())
    fc.assert(
      fc.property(instant, (time) => {
        const beijing = new Date(Date.parse(time) + 8 * 3600e3).toISOString()
        expect(show("x | date: 'YYYY-MM-DD[T]HH:mm:ss', '+08:00'", time)).toBe(beijing.slice(0, 19))
      }),
    )
  })

  it("are printed in Liquid's form as Liquid prints them", () => {
    const liquid = new Liquid({ timezoneOffset: -480 })
    const letters = [...'YCymBbhdejHkIlMSLPpAauwUWzsN%tn']
    const flags = ['', '-', '_', '0', '^', '-0', '_5', '03']
    const times = ['2026-01-01T00:00:00.250+08:00', '2026-11-28T14:03:22+08:00']
    for (const time of [...times, '2024-02-29T12:59:09+08:00', '2027-01-03T23:00:00+08:00']) {
      for (const letter of letters) {
        for (const flag of letter === 'N' || letter === 'L' ? [''] : flags) {
          const format = `%Y年%${flag}${letter}`
          const theirs = liquid.parseAndRenderSync('{{ x | date: format }}', { x: time, format })
          expect([time, format, bind('{{ x | date: format }}', { x: time, format })]).toEqual([
            time,
            format,
            theirs,
          ])
        }
      }
    }
    expect(show("x | date: '%F %T|%R|%r|%D|%c|%x|%X'", '2026-11-08T14:03:22')).toBe(
      '2026-11-08 14:03:22|14:03|02:03:22 PM|11/08/26|Sun Nov  8 14:03:22 2026|11/08/26|14:03:22',
    )
    expect(show("x | date: '%-m月%-d日 %:z', '+09:30'", '2026-11-28T20:03Z')).toBe(
      '11月29日 +09:30',
    )
  })

  it('are refused with the list if a letter means nothing', () => {
    const wrong = [
      'yyyy-MM-dd',
      'YYYY-MM-DD hh:mm',
      'YYYYY',
      'DDD',
      'HH:mm A',
      'HH:mmZ',
      '%Y-%Q',
      '%Ey',
    ]
    for (const format of wrong) {
      expect([format, codeOf(`x | date: '${format}'`, '2026-11-28T10:00')]).toEqual([
        format,
        'TEMPLATE_DATE',
      ])
    }
    expect(() => show("x | date: 'yyyy-MM-dd'", '2026-11-28')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining("'yyyy': it knows YYYY YY MM M DD D HH H mm m ss s"),
        hint: expect.stringContaining('did you mean YYYY?'),
      }),
    )
    expect(() => show("x | date: '%Y-%Q'", '2026-11-28')).toThrow(/'%Q': it knows %Y %C/)
    expect(show("x | date: '50% YY'", '2026-11-28')).toBe('50% 26')
    for (const format of ['%H:%M', '%T', '%c', '%z']) {
      expect(codeOf(`x | date: '${format}'`, '2026-11-28')).toBe('TEMPLATE_DATE')
    }
    expect(codeOf("x | date: '%z'", '2026-11-28T10:00')).toBe('TEMPLATE_DATE')
    expect(codeOf("x | date: '%F'", '2026-11-28T10:00Z')).toBe('TEMPLATE_DATE')
  })

  it('know no zone beyond 14 hours', () => {
    const at = (zone: string) => `x | date: 'DD HH:mm', '${zone}'`
    expect(show(at('+14:00'), '2026-11-28T00:00Z')).toBe('28 14:00')
    expect(show(at('-14:00'), '2026-11-28T00:00Z')).toBe('27 10:00')
    for (const zone of ['+14:01', '-14:30', '+99:00', '+08:60', '+8', '', 'Asia/Shanghai']) {
      expect([zone, codeOf(at(zone), '2026-11-28T00:00Z')]).toEqual([zone, 'TEMPLATE_DATE'])
    }
    expect(codeOf("x | date: 'HH'", '2026-11-28T00:00+15:00')).toBe('TEMPLATE_DATE')
  })

  it('are refused when they would print wrong', () => {
    expect(codeOf(full, '2026-11-23T12:08:31Z')).toBe('TEMPLATE_DATE')
    expect(codeOf(full, '2026-11-23')).toBe('TEMPLATE_DATE')
    expect(codeOf("x | date: 'HH:mm', '+08:00'", '2026-11-23T12:08:31')).toBe('TEMPLATE_DATE')
    for (const wrong of [
      'now',
      'today',
      '',
      '2026-02-29',
      '2026-13-01',
      '2026-11-23 24:00',
      '23.11.2026',
      1764000000,
      {},
    ]) {
      expect(codeOf("x | date: 'YYYY'", wrong)).toBe('TEMPLATE_DATE')
    }
    expect(codeOf('x | date', '2026-11-23')).toBe('TEMPLATE_DATE')
    expect(codeOf(`x | date: '${'['.repeat(201)}'`, '2026-11-23')).toBe('TEMPLATE_DATE')
  })
})

describe("Liquid's own filters", () => {
  it('do what they do elsewhere', () => {
    const cases: [string, unknown, string][] = [
      ['x | upcase', 'abc', 'ABC'],
      ['x | append: "!" | prepend: "¡"', 'a', '¡a!'],
      ["x | replace: '-', ''", '1-2-3', '123'],
      ['x | slice: -4, 4', '6222021234560012', '0012'],
      ["x | join: '、'", ['加面', '少辣'], '加面、少辣'],
      ["x | split: ',' | last", 'a,b', 'b'],
      ['x | size', [1, 2, 3], '3'],
      ['x | first', ['a', 'b'], 'a'],
      ['x | plus: 1 | times: 3 | minus: 2 | divided_by: 2', 3, '5'],
      ["x | map: 'fen' | sum | money", [{ fen: 1 }, { fen: 250 }], '2.51'],
      ['x | round: 2', 1.005, '1.01'],
      ['x | strip', '  a ', 'a'],
      ['x | truncate: 4, "…"', '红烧牛肉面', '红烧牛…'],
      ['x | url_encode', '订单 1', '%E8%AE%A2%E5%8D%95+1'],
      ['x | default: "无"', '', '无'],
      ['x | default: 5', 0, '0'],
    ]
    for (const [expression, x, shown] of cases)
      expect([expression, show(expression, x)]).toEqual([expression, shown])
  })

  it('makes no text of objects and lists', () => {
    for (const expression of [
      ...[
        'x | append: ""',
        '"" | append: x',
        'x | replace: "a", "b"',
        'x | upcase',
        'x | split: ","',
      ],
      ...[
        'l | join: ", "',
        '"a" | join: x',
        'l | map: x',
        'l | sort: x',
        'l | where: x',
        '"a" | truncate: x',
      ],
    ]) {
      const failed = () => bind(`{{ ${expression} }}`, { x: { a: 1 }, l: [1, { a: 1 }] })
      expect(failed, expression).toThrow(expect.objectContaining({ code: 'TEMPLATE_FILTER' }))
      expect(failed).toThrow(/makes text of its values, and one is an object/)
    }
    expect(codeOf("x | join: ','", [1, [2]])).toBe('TEMPLATE_FILTER')
    expect(show("x | join: ','", [1, 'a', true, null])).toBe('1,a,true,')
  })

  it('counts exactly beyond 2^53, or refuses', () => {
    const card = '6222021234567890123'
    expect(show('x | plus: 1', card)).toBe('6222021234567890124')
    expect(show('x | minus: 1 | minus: 1', card)).toBe('6222021234567890121')
    expect(show('x | times: 2', card)).toBe('12444042469135780246')
    expect(show('x | plus: 1', 2n ** 64n)).toBe('18446744073709551617')
    expect(show('x | at_least: 5', card)).toBe(card)
    expect(show('x | at_most: "6222021234567890122"', card)).toBe('6222021234567890122')
    expect(show('x | abs', `-${card}`)).toBe(card)
    expect(show('x | plus: 1', Number.MAX_SAFE_INTEGER)).toBe('9007199254740992')
    expect(show('x | plus: 1 | minus: 1 | money', Number.MAX_SAFE_INTEGER)).toBe(
      '90,071,992,547,409.91',
    )
    expect(show('x | sum', [card, 1, '-1'])).toBe(card)
    expect(show('x | times: 1.1', 1000)).toBe('1100')
    for (const [expression, x] of [
      ['x | plus: 1', 2 ** 53],
      ['x | plus: 0.5', card],
      ['x | times: 1.1', Number.MAX_SAFE_INTEGER],
      ['x | divided_by: 3', card],
      ['x | modulo: 10', card],
      ['x | round', card],
      ['x | plus: 1', '90071992547409.915'],
    ] as const) {
      expect([expression, codeOf(expression, x)]).toEqual([expression, 'TEMPLATE_FILTER'])
    }
  })

  it('fail loudly on what is no number', () => {
    for (const x of ['abc', '', '1,286.00', true, [1], {}, Number.NaN]) {
      expect(codeOf('x | plus: 1', x)).toBe('TEMPLATE_FILTER')
    }
    expect(codeOf('x | divided_by: 0', 1)).toBe('TEMPLATE_FILTER')
    expect(codeOf("x | sum: 'fen'", [{ fen: 1 }, {}])).toBe('TEMPLATE_FILTER')
    expect(codeOf('x | sum', 5)).toBe('TEMPLATE_FILTER')
    expect(show('x | plus: 1', '2')).toBe('3')
    expect(show("x | sum: 'fen' | rmb", [{ fen: 1 }, { fen: 250 }])).toBe('RMB 2.51')
  })
})
