// biome-ignore-all lint/suspicious/noThenProperty: it is the field of a condition
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReceiptError } from '../../src/model/errors.js'
import { bindValue as bind } from '../../src/template/bind.js'

function failureOf(template: unknown, data: unknown = {}): ReceiptError {
  try {
    bind(template, data)
  } catch (error) {
    if (error instanceof ReceiptError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const text = (value: string, data: unknown = {}) => bind({ value }, data)

describe('strings', () => {
  it('are filled where they hold expressions', () => {
    expect(text('{{ shop }}', { shop: '老城面馆' })).toEqual({ value: '老城面馆' })
    expect(text('桌台{{table}} {{ n }}人', { table: 'A06', n: 2 })).toEqual({
      value: '桌台A06 2人',
    })
    expect(text('{{ order.items[0].name }}', { order: { items: [{ name: '面' }] } })).toEqual({
      value: '面',
    })
    expect(text('{{ ok }} {{ n }}', { ok: false, n: 0 })).toEqual({ value: 'false 0' })
    expect(text('a  {{- x -}}  b', { x: 1 })).toEqual({ value: 'a1b' })
    expect(text('{{ \'{{\' }} {{ "{%" }}')).toEqual({ value: '{{ {%' })
  })

  it('stay what they are elsewhere, and so does all that is not a string', () => {
    const template = {
      nodes: [{ kind: 'text', value: '{ } }} | %} \\', bold: true, size: 2, none: null }],
    }
    expect(bind(template, {})).toBe(template)
    const pixels = { widthPx: 1, heightPx: 1, data: new Uint8Array(4) }
    const bound = bind({ nodes: [{ kind: 'image', pixels }, '{{ a }}'] }, { a: 1 })
    expect(bound).toEqual({ nodes: [{ kind: 'image', pixels }, '1'] })
  })

  it('are filled anywhere in the tree, keys apart', () => {
    expect(bind({ '{{ a }}': [['{{ a }}', { b: '{{ a }}' }]] }, { a: 'x' })).toEqual({
      '{{ a }}': [['x', { b: 'x' }]],
    })
    expect(bind('{{ a }}', { a: 'x' })).toBe('x')
    const odd: unknown = JSON.parse('{"__proto__": "{{ a }}"}')
    expect(JSON.stringify(bind(odd, { a: 'x' }))).toBe('{"__proto__":"x"}')
  })

  it('keep the data literal, whatever it holds', () => {
    const nasty = '{{ a }} {% include "x" %} | upcase "\\"\n\r\t\0 <CUT> {"kind":"each"}'
    expect(text('{{ a }}{{ a | append: a }}', { a: nasty })).toEqual({
      value: nasty + nasty + nasty,
    })
  })
})

describe('loops', () => {
  it('are spliced into the list that holds them', () => {
    const template = {
      rows: [
        ['品名', '小计'],
        { kind: 'each', in: 'items', do: [['{{ item.name }}', '{{ item.fen | money }}']] },
        ['合计', '{{ total | yuan }}'],
      ],
    }
    const data = {
      items: [
        { name: '红烧牛肉面', fen: 2800 },
        { name: '凉拌黄瓜', fen: 1200 },
      ],
      total: 4000,
    }
    expect(bind(template, data)).toEqual({
      rows: [
        ['品名', '小计'],
        ['红烧牛肉面', '28.00'],
        ['凉拌黄瓜', '12.00'],
        ['合计', '￥40.00'],
      ],
    })
    expect(bind(template, { items: [], total: 0 })).toEqual({
      rows: [
        ['品名', '小计'],
        ['合计', '￥0.00'],
      ],
    })
  })

  it('tell where they are, nest, and name their elements', () => {
    const template = [
      {
        kind: 'each',
        in: 'orders',
        as: 'order',
        do: [
          '#{{ loop.index }}/{{ loop.count }} {{ loop.first }} {{ loop.last }}',
          { kind: 'each', in: 'order.dishes', do: ['{{ order.no }}.{{ loop.index }} {{ item }}'] },
          'after {{ loop.index }}',
        ],
      },
    ]
    const data = {
      orders: [
        { no: 'A', dishes: ['x', 'y'] },
        { no: 'B', dishes: [] },
      ],
    }
    expect(bind(template, data)).toEqual([
      '#1/2 true false',
      'A.1 x',
      'A.2 y',
      'after 1',
      '#2/2 false true',
      'after 2',
    ])
  })

  it('take lists through filters', () => {
    const template = [{ kind: 'each', in: "items | where: 'paid' | reverse", do: ['{{ item.n }}'] }]
    const items = [
      { n: 1, paid: true },
      { n: 2, paid: false },
      { n: 3, paid: true },
    ]
    expect(bind(template, { items })).toEqual(['3', '1'])
    expect(bind([{ kind: 'each', in: '(1..3)', do: ['-'] }], {})).toEqual(['-', '-', '-'])
  })
})

describe('conditions', () => {
  const choose = (test: string, data: unknown) =>
    bind([{ kind: 'if', test, then: ['yes', 'and more'], else: ['no'] }], data)

  it('give one list or the other', () => {
    expect(choose('total > 0', { total: 1 })).toEqual(['yes', 'and more'])
    expect(choose('total > 0', { total: 0 })).toEqual(['no'])
    expect(bind(['a', { kind: 'if', test: 'x', then: ['b'] }, 'c'], {})).toEqual(['a', 'c'])
    expect(choose("pay == 'cash' and not refunded", { pay: 'cash', refunded: false })).toEqual([
      'yes',
      'and more',
    ])
    expect(choose("note contains '辣'", { note: '少辣' })).toEqual(['yes', 'and more'])
  })

  it('hold no empty thing for true, alone or joined', () => {
    for (const value of [false, 0, '', [], null, undefined]) {
      expect(choose('a', { a: value })).toEqual(['no'])
      expect(choose('a or b', { a: value, b: value })).toEqual(['no'])
      expect(choose('not a', { a: value })).toEqual(['yes', 'and more'])
    }
    for (const value of [true, 1, 'x', [0], {}])
      expect(choose('a and a', { a: value })).toEqual(['yes', 'and more'])
    expect(choose('a.b.c == 1', {})).toEqual(['no'])
  })

  it('stand in loops, and loops in them', () => {
    const template = [
      {
        kind: 'each',
        in: 'items',
        do: [
          {
            kind: 'if',
            test: 'item.tags',
            then: [{ kind: 'each', in: 'item.tags', as: 'tag', do: ['+{{ tag }}'] }],
          },
        ],
      },
    ]
    expect(bind(template, { items: [{ tags: ['加面', '少辣'] }, { tags: null }, {}] })).toEqual([
      '+加面',
      '+少辣',
    ])
  })
})

describe('errors', () => {
  it('say where in the template, and in which element of the data', () => {
    const template = {
      nodes: [{ kind: 'each', in: 'items', do: [{ kind: 'text', value: 'x {{ item.name }}' }] }],
    }
    const error = failureOf(template, { items: [{ name: 'a' }, {}] })
    expect(error).toMatchObject({ code: 'TEMPLATE_VALUE_MISSING', path: 'nodes[0].do[0].value' })
    expect(error.message).toBe('{{ item.name }} has no value in element 2 of items')
    expect(error.hint).toContain("| default: ''")
  })

  it('name all the loops, the innermost first', () => {
    const inner = { kind: 'each', in: 'order.items', do: ['{{ item.name }}'] }
    const error = failureOf([{ kind: 'each', in: 'orders', as: 'order', do: [inner] }], {
      orders: [{ items: [{ name: 'a' }] }, { items: [{ name: 'b' }, {}] }],
    })
    expect(error.message).toMatch(/in element 2 of order.items in element 2 of orders$/)
  })

  it('name what is missing, however it is missing', () => {
    for (const value of [
      '{{ a }}',
      '{{ a.b }}',
      '{{ n.b }}',
      '{{ n }}',
      '{{ n | upcase }}',
      '{{ size }}',
      '{{ first }}',
      '{{ last }}',
      '{{ list[7] }}',
      "{{ 'x' | append: a }}",
    ]) {
      expect(failureOf({ value }, { n: null, list: [] }).code).toBe('TEMPLATE_VALUE_MISSING')
    }
    const proto = [
      '__proto__',
      'constructor',
      'a.constructor',
      'a.__proto__',
      'list.map',
      'a.toString',
      'hasOwnProperty',
      's.trim',
    ]
    for (const path of proto) {
      expect(failureOf({ value: `{{ ${path} }}` }, { a: {}, list: [], s: '' }).code).toBe(
        'TEMPLATE_VALUE_MISSING',
      )
    }
  })

  it('are avoided by a default', () => {
    expect(
      text("[{{ a | default: '' }}][{{ a.b.c | default: '无' }}][{{ n | default: 0 | plus: 1 }}]", {
        n: null,
      }),
    ).toEqual({
      value: '[][无][1]',
    })
  })

  it('refuse lists and objects in text, and text for lists', () => {
    for (const value of [{}, [], [1], new Date(0), Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(failureOf({ a: ['{{ v }}'] }, { v: value })).toMatchObject({
        code: 'TEMPLATE_VALUE_NOT_TEXT',
        path: 'a[0]',
      })
    }
    for (const items of [{}, 'abc', 3]) {
      expect(failureOf([{ kind: 'each', in: 'items', do: [] }], { items })).toMatchObject({
        code: 'TEMPLATE_NOT_A_LIST',
        path: '[0].in',
      })
    }
  })

  it('refuse tags, so that nothing can be read or run', () => {
    for (const tag of [
      "{% include '/etc/passwd' %}",
      "{% render 'x' %}",
      "{% layout 'x' %}",
      '{% raw %}{{ a }}{% endraw %}',
      '{%- assign a = 1 -%}',
      '{% liquid echo a %}',
    ]) {
      expect(failureOf({ nodes: ['ok', `x ${tag}`] }, { a: 1 })).toMatchObject({
        code: 'TEMPLATE_TAG',
        path: 'nodes[1]',
      })
    }
  })

  it('refuse what is not one whole expression', () => {
    for (const value of [
      '{{ }}',
      '{{ a',
      '{{ a b }}',
      '{{ a, b }}',
      '{{ a ) }}',
      '{{ a and }}',
      '{{ a == }}',
      '{{ a | }',
      '{{ a | nope }}',
      '{{ a | upcase append }}',
      '{{ | upcase }}',
    ]) {
      expect(failureOf({ value }, { a: 'x', b: 'y' })).toMatchObject({
        code: 'TEMPLATE_SYNTAX',
        path: 'value',
      })
    }
    expect(failureOf([{ kind: 'if', test: 'a b', then: [] }]).code).toBe('TEMPLATE_SYNTAX')
  })

  it('refuse filters that depend on the machine or parse their arguments', () => {
    for (const filter of [
      'sample',
      'date_to_string',
      'where_exp',
      'json',
      'sha256',
      'escape',
      'constructor',
      '__proto__',
      'toString',
    ]) {
      expect(failureOf({ value: `{{ a | ${filter} }}` }, { a: 'x' }).code).toBe('TEMPLATE_SYNTAX')
    }
  })

  it('refuse loops and conditions where no list holds them', () => {
    expect(failureOf({ footer: { kind: 'if', test: 'a', then: [] } })).toMatchObject({
      code: 'TEMPLATE_MISPLACED',
      path: 'footer',
    })
    expect(failureOf({ kind: 'each', in: 'a', do: [] })).toMatchObject({
      code: 'TEMPLATE_MISPLACED',
      path: '',
    })
  })

  it('refuse loops and conditions that are not complete', () => {
    const wrong: [unknown, string][] = [
      [{ kind: 'each', do: [] }, '[0].in'],
      [{ kind: 'each', in: '{{ items }}', do: [] }, '[0].in'],
      [{ kind: 'each', in: 'items' }, '[0].do'],
      [{ kind: 'each', in: 'items', as: 'a b', do: [] }, '[0].as'],
      [{ kind: 'each', in: 'items', as: 'loop', do: [] }, '[0].as'],
      [{ kind: 'if', test: 'a', then: {} }, '[0].then'],
      [{ kind: 'if', test: 'a', then: [], esle: [] }, '[0].esle'],
    ]
    for (const [node, path] of wrong) {
      expect(failureOf([node])).toMatchObject({ code: 'TEMPLATE_NODE_INVALID', path })
    }
  })

  it('stop a loop over a range without end', () => {
    expect(failureOf([{ kind: 'each', in: '(1..1000000000)', do: [] }]).code).toBe(
      'TEMPLATE_FILTER',
    )
  })
})

describe('laws', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '{{ a }}',
      '{% if %}',
      '{{',
      '}}',
      '| money',
      '\\n',
      '{"kind":"each"}',
      '__proto__',
    ),
    fc
      .array(fc.constantFrom('{{', '}}', '{%', '%}', '|', '"', "'", '\\', 'item', ' '), {
        maxLength: 12,
      })
      .map((parts) => parts.join('')),
  )

  it('any text comes out as it went in, in its place', () => {
    const template = {
      nodes: [
        { kind: 'text', value: '<{{ a }}|{{ b }}>' },
        { kind: 'each', in: 'list', do: [{ kind: 'row', left: '{{ item }}', right: '{{ a }}' }] },
      ],
    }
    fc.assert(
      fc.property(scalar, scalar, fc.array(scalar, { maxLength: 5 }), (a, b, list) => {
        expect(bind(template, { a, b, list })).toEqual({
          nodes: [
            { kind: 'text', value: `<${a}|${b}>` },
            ...list.map((left) => ({ kind: 'row', left, right: a })),
          ],
        })
      }),
    )
  })

  it('the shape depends on lists and tests alone', () => {
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === 'object' && value !== null
          ? Object.entries(value).map(([key, inner]) => [key, shape(inner)])
          : typeof value
    const template = {
      a: ['{{ x }}', { b: 'p{{ y }}q' }],
      c: '{{ x }}{{ y }}',
      d: [{ kind: 'if', test: 'on', then: ['{{ x }}'] }],
    }
    const expected = shape(bind(template, { x: 'x', y: 'y', on: true }))
    fc.assert(
      fc.property(scalar, scalar, (x, y) => {
        expect(shape(bind(template, { x, y, on: true }))).toEqual(expected)
      }),
    )
  })
})

it('templates nested 10,000 deep are refused', () => {
  let node: object = { kind: 'text', text: '{{ a }}' }
  for (let i = 0; i < 10_000; i++) node = { kind: 'group', nodes: [node] }
  const { code, path } = failureOf({ nodes: [node] })
  expect({ code, path }).toEqual({ code: 'TEMPLATE_NODE_INVALID', path: 'nodes[0]' })
})

it('nested loops over a long list end in an error, not in all of the memory', () => {
  const deepest = [{ kind: 'text', text: '{{ a }}' }]
  const nested = [0, 1, 2].reduce<object[]>(
    (inner, level) => [{ kind: 'each', in: 'list', as: `v${level}`, do: inner }],
    deepest,
  )
  const data = { a: 1, list: Array.from({ length: 200 }, () => 1) }
  const { code, path } = failureOf({ nodes: nested }, data)
  expect({ code, path }).toEqual({
    code: 'TEMPLATE_TOO_LARGE',
    path: 'nodes[0].do[0].do[0].in',
  })
})

describe('functions in data', () => {
  const called: string[] = []
  const fn = (name: string) => () => {
    called.push(name)
    return 'fn called'
  }
  class Money {
    constructor(readonly fen: number) {}
    toString = fn('own toString')
    toLiquid() {
      called.push('toLiquid')
      return 1
    }
    *[Symbol.iterator]() {
      called.push('iterator')
      yield 1
    }
  }
  const methods = Object.fromEntries(
    ['equals', 'gt', 'geq', 'lt', 'leq', 'indexOf', 'toString', 'valueOf', 'toLiquid', 'next'].map(
      (name) => [name, fn(name)],
    ),
  )
  const hidden = Object.defineProperty({ b: 1 }, 'a', { value: fn('hidden'), enumerable: false })
  const data = {
    f: fn('f'),
    o: { ...methods, throw: fn('throw'), return: fn('return'), [Symbol.toPrimitive]: fn('symbol') },
    m: new Money(128),
    l: [fn('element'), 'a', { ...methods, f: fn('deep'), b: 2 }],
    hidden,
    then: fn('then'),
    when: new Date(0),
    self: {} as object,
  }
  data.self = data

  it('are never called, whatever names them', () => {
    const expressions = [
      ...['f', 'o', 'o.toString', 'm.toString', 'l[0]', 'l[2].f', 'hidden.a', 'then', 'self.f'],
      ...['o == 1', 'o > 1', 'o contains "a"', 'm == m', 'l contains o', 'f == f', 'o and m'],
      ...['l | map: "f" | first', 'l | sort | first', 'l | where: "f" | size', 'm | group_by: "f"'],
      ...[
        'o | append: ""',
        'm | join: ","',
        'l | join: ","',
        'o | default: 1',
        'when | append: ""',
      ],
      ...[
        'l | find: "f", o | size',
        'l | uniq | size',
        'l | sum: "f"',
        'o | plus: 1',
        'f | date: "YY"',
      ],
    ]
    for (const expression of expressions) {
      let shown: unknown
      try {
        shown = bind(`{{ ${expression} }}`, data)
      } catch (error) {
        expect(error, expression).toBeInstanceOf(ReceiptError)
      }
      expect([expression, called, shown === 'fn called']).toEqual([expression, [], false])
    }
  })

  it('count as missing, and the data beside them are there', () => {
    expect(failureOf('{{ f }}', data).code).toBe('TEMPLATE_VALUE_MISSING')
    expect(bind('{{ f | default: "none" }}', data)).toBe('none')
    expect(
      bind('{{ m.fen }} {{ l[1] }} {{ l.size }} {{ l[2].b }} {{ self.self.m.fen }}', data),
    ).toBe('128 a 3 2 128')
    expect(bind('{{ a.__proto__ }}', JSON.parse('{"a":{"__proto__":"x"},"b":1}'))).toBe('x')
    const odd = { ...JSON.parse('{"a":{"__proto__":"x"}}'), f: fn('f') }
    expect(bind('{{ a.__proto__ }}', odd)).toBe('x')
  })
})
