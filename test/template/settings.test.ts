// biome-ignore-all lint/suspicious/noThenProperty: it is the field of a condition
/** Settings that are bound, and the nodes switch, let and include. */

import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { ReceiptError } from '../../src/model/errors.js'
import { generic58 } from '../../src/profiles/index.js'
import { type BindOptions, bindValue as bind } from '../../src/template/bind.js'

function failureOf(template: unknown, data: unknown = {}, options?: BindOptions): ReceiptError {
  try {
    bind(template, data, options)
  } catch (error) {
    if (error instanceof ReceiptError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const node = (fields: object) => ({ nodes: [{ kind: 'text', text: 'a', ...fields }] })
const first = (template: unknown, data: unknown) =>
  (bind(template, data) as { nodes: readonly unknown[] }).nodes[0]

describe('settings', () => {
  it('are bound with the type that the data have', () => {
    const template = node({
      bold: '{{ vip }}',
      size: '{{ s }}',
      underline: '{{ line }}',
      align: '{{ where }}',
      letterSpacing: '{{ s | times: 2 }}',
    })
    const data = { vip: true, s: 2, line: 1, where: 'center' }
    expect(first(template, data)).toEqual({
      ...{ kind: 'text', text: 'a', bold: true, size: 2, underline: 1 },
      ...{ align: 'center', letterSpacing: 4 },
    })
    expect(first(template, { ...data, vip: false, line: false })).toMatchObject({
      bold: false,
      underline: false,
    })
    expect(first(node({ bold: '{{ vip | default: false }}' }), {})).toMatchObject({ bold: false })
    expect(first(node({ bold: "{{ level == 'gold' }}" }), { level: 'gold' })).toMatchObject({
      bold: true,
    })
  })

  it('are bound in spans, cells, columns and the receipt', () => {
    const template = {
      bold: '{{ yes }}',
      nodes: [
        { kind: 'text', text: ['a', { text: '{{ n }}', width: '{{ n }}' }] },
        {
          kind: 'columns',
          columns: [
            { kind: 'each', in: 'widths', do: [{ width: '{{ item }}' }] },
            { width: '{{ n }}fr', indent: '{{ n }}' },
          ],
          rows: [['a', { text: '{{ n }}', span: '{{ n }}', bold: '{{ yes }}' }]],
          gap: '{{ n }}',
        },
      ],
    }
    expect(bind(template, { yes: true, n: 2, widths: [6, '30%', 'auto'] })).toEqual({
      bold: true,
      nodes: [
        { kind: 'text', text: ['a', { text: '2', width: 2 }] },
        {
          kind: 'columns',
          columns: [{ width: 6 }, { width: '30%' }, { width: 'auto' }, { width: '2fr', indent: 2 }],
          rows: [['a', { text: '2', span: 2, bold: true }]],
          gap: 2,
        },
      ],
    })
  })

  it('may be columns and rules as a whole, from data', () => {
    const template = {
      nodes: [
        { kind: 'columns', columns: '{{ columns }}', rules: '{{ rules }}', rows: [['a', 'b']] },
      ],
    }
    const data = { columns: [{ width: 6 }, { align: 'right' }], rules: ['rows'] }
    expect(first(template, data)).toMatchObject(data)
    compile(bind(template, data) as never, { profile: generic58 })
    for (const columns of [[{ widht: 6 }], [{ width: -1 }], 'auto', 6, [], {}, [['a']]]) {
      const { code, path } = failureOf(template, { ...data, columns })
      expect({ code, path }).toEqual({ code: 'TEMPLATE_VALUE_TYPE', path: 'nodes[0].columns' })
    }
  })

  it('stay text where any text may be printed', () => {
    const nodes = [
      { kind: 'text', text: '{{ n }}' },
      { kind: 'field', label: '{{ n }}', value: '{{ yes }}', leader: '{{ n }}' },
      { kind: 'rule', char: '{{ n }}' },
      { kind: 'qr', data: '{{ n }}', caption: '{{ n }}' },
      { kind: 'barcode', symbology: 'code128', data: '{{ n }}', text: '{{ where }}' },
    ]
    expect(bind({ nodes }, { n: 5, yes: true, where: 'none' })).toEqual({
      nodes: [
        { kind: 'text', text: '5' },
        { kind: 'field', label: '5', value: 'true', leader: '5' },
        { kind: 'rule', char: '5' },
        { kind: 'qr', data: '5', caption: '5' },
        { kind: 'barcode', symbology: 'code128', data: '5', text: 'none' },
      ],
    })
  })

  it('of another type are refused before anything is printed, and the value is not quoted', () => {
    const wrong: readonly (readonly [string, unknown, string])[] = [
      ['bold', 'yes', 'true or false, and gives text'],
      ['bold', 1, 'true or false, and gives 1'],
      ['size', '2', 'a whole number from 1 to 8, and gives text'],
      ['size', 9, 'a whole number from 1 to 8, and gives 9'],
      ['size', 1.5, 'a whole number from 1 to 8, and gives a number with a fraction'],
      ['align', 'middle', '"left", "center" or "right", and gives text'],
      ['align', '{"kind":"cut"}', '"left", "center" or "right", and gives text'],
      ['font', '__proto__', 'must give "A", "B"'],
    ]
    for (const [field, x, words] of wrong) {
      const { code, path, message } = failureOf(node({ [field]: '{{ x }}' }), { x })
      expect([field, code, path]).toEqual([field, 'TEMPLATE_VALUE_TYPE', `nodes[0].${field}`])
      expect(message).toContain(words)
    }
    const cell = { kind: 'columns', columns: [{}], rows: [[{ text: 'a', span: '{{ x }}' }]] }
    expect(failureOf({ nodes: [cell] }, { x: 'a' })).toMatchObject({
      code: 'TEMPLATE_VALUE_TYPE',
      path: 'nodes[0].rows[0][0].span',
    })
    const rows = { kind: 'columns', columns: [{}], rows: '{{ rows }}' }
    expect(failureOf({ nodes: [rows] }, { rows: [[{ nodes: [{ kind: 'cut' }] }]] }).code).toBe(
      'TEMPLATE_VALUE_NOT_TEXT',
    )
    expect(failureOf({ nodes: '{{ x }}' }, { x: [{ kind: 'cut' }] }).code).toBe(
      'TEMPLATE_VALUE_NOT_TEXT',
    )
    expect(failureOf(node({ bold: '{{ x }}' }), { x: [true] }).code).toBe('TEMPLATE_VALUE_NOT_TEXT')
    expect(
      failureOf({ nodes: [{ kind: 'image', src: 'a', width: '{{ x }}%' }] }, { x: 'b' }),
    ).toMatchObject({
      code: 'TEMPLATE_VALUE_TYPE',
      path: 'nodes[0].width',
    })
  })
})

describe('spans', () => {
  it('take loops and conditions', () => {
    const text = [
      '合计 ',
      { kind: 'if', test: 'vip', then: [{ text: '会员', bold: true }, ' '] },
      { kind: 'each', in: 'tags', as: 'tag', do: ['#', { text: '{{ tag }}', underline: true }] },
    ]
    expect(first({ nodes: [{ kind: 'text', text }] }, { vip: true, tags: ['辣', '热'] })).toEqual({
      kind: 'text',
      text: [
        ...['合计 ', { text: '会员', bold: true }, ' '],
        ...['#', { text: '辣', underline: true }, '#', { text: '热', underline: true }],
      ],
    })
    expect(first({ nodes: [{ kind: 'text', text }] }, { vip: false, tags: [] })).toEqual({
      kind: 'text',
      text: ['合计 '],
    })
  })
})

describe('switch', () => {
  const template = [
    {
      kind: 'switch',
      on: 'pay',
      cases: { cash: ['现金', '找零'], card: ['刷卡'], 3: ['三'], true: ['是'] },
      else: ['其他'],
    },
  ]

  it('gives the case that the value names', () => {
    expect(bind(template, { pay: 'cash' })).toEqual(['现金', '找零'])
    expect(bind(template, { pay: 3 })).toEqual(['三'])
    expect(bind(template, { pay: true })).toEqual(['是'])
    for (const pay of ['toString', '__proto__', 'constructor', '']) {
      expect(bind(template, { pay })).toEqual(['其他'])
    }
  })

  it('has an error for a value that it does not know, because nothing may be lost in silence', () => {
    const [{ else: _, ...bare }] = template as [(typeof template)[0]]
    expect(failureOf([bare], { pay: 'alipay' })).toMatchObject({
      code: 'TEMPLATE_CASE_MISSING',
      path: '[0].on',
      message: '{{ pay }} is none of the cases',
    })
    expect(failureOf([bare], {}).code).toBe('TEMPLATE_VALUE_MISSING')
    expect(failureOf([{ kind: 'switch', on: 'pay', cases: [] }], { pay: 1 }).path).toBe('[0].cases')
  })
})

describe('let', () => {
  it('names values for its nodes, one after the other', () => {
    const template = [
      {
        kind: 'let',
        set: { net: 'total | minus: tax', half: 'net | divided_by: 2' },
        do: ['{{ net }} {{ half }} {{ total }}'],
      },
    ]
    expect(bind(template, { total: 300, tax: 100 })).toEqual(['200 100 300'])
    const shadow = [
      { kind: 'let', set: { a: "'inner'" }, do: ['{{ a }}'] },
      '{{ a }}',
      {
        kind: 'each',
        in: '(1..2)',
        as: 'i',
        do: [{ kind: 'let', set: { j: 'i | times: 10' }, do: ['{{ j }}'] }],
      },
    ]
    expect(bind(shadow, { a: 'outer' })).toEqual(['inner', 'outer', '10', '20'])
  })

  it('takes names alone', () => {
    for (const name of ['a b', 'loop', '', '1a']) {
      expect(failureOf([{ kind: 'let', set: { [name]: '1' }, do: [] }])).toMatchObject({
        code: 'TEMPLATE_NODE_INVALID',
        path: `[0].set.${name}`,
      })
    }
    expect(failureOf([{ kind: 'let', set: { a: '{{ b }}' }, do: [] }]).path).toBe('[0].set.a')
  })
})

describe('include', () => {
  const header = [
    { kind: 'text', text: '{{ shop }}', bold: '{{ bold }}' },
    { kind: 'if', test: 'branch', then: [{ kind: 'text', text: '{{ branch }}' }] },
  ]

  it('gives the nodes of a partial, which sees its parameters alone', () => {
    const template = {
      nodes: [
        {
          kind: 'include',
          partial: 'header',
          with: { shop: 'shop.name', bold: 'true', branch: "''" },
        },
        { kind: 'include', partial: 'footer' },
      ],
    }
    const footer = [{ kind: 'text', text: '谢谢' }]
    const data = { shop: { name: '老城面馆' }, bold: false }
    expect(bind(template, data, { partials: { header, footer } })).toEqual({
      nodes: [
        { kind: 'text', text: '老城面馆', bold: true },
        { kind: 'text', text: '谢谢' },
      ],
    })
    const leaky = { nodes: [{ kind: 'include', partial: 'p' }] }
    expect(
      failureOf(
        leaky,
        { secret: 1 },
        { partials: { p: [{ kind: 'text', text: '{{ secret }}' }] } },
      ),
    ).toMatchObject({ code: 'TEMPLATE_VALUE_MISSING', path: 'partials.p[0].text' })
  })

  it('stands among rows and spans too', () => {
    const template = {
      nodes: [
        {
          kind: 'columns',
          columns: [{}, {}],
          rows: [
            {
              kind: 'each',
              in: 'items',
              do: [{ kind: 'include', partial: 'row', with: { of: 'item' } }],
            },
          ],
        },
      ],
    }
    const row = [['{{ of.name }}', { text: '{{ of.n }}', span: '{{ of.n }}' }]]
    expect(bind(template, { items: [{ name: 'a', n: 1 }] }, { partials: { row } })).toMatchObject({
      nodes: [{ rows: [['a', { text: '1', span: 1 }]] }],
    })
  })

  it('names the partials that there are', () => {
    const template = { nodes: [{ kind: 'include', partial: 'heade' }] }
    expect(failureOf(template, {}, { partials: { header } })).toMatchObject({
      code: 'TEMPLATE_PARTIAL_MISSING',
      path: 'nodes[0].partial',
      hint: 'did you mean header?',
    })
    for (const partial of ['__proto__', 'constructor', 'toString']) {
      expect(failureOf({ nodes: [{ kind: 'include', partial }] }).code).toBe(
        'TEMPLATE_PARTIAL_MISSING',
      )
    }
    expect(failureOf({ nodes: [{ kind: 'include', partial: '{{ x }}' }] }).code).toBe(
      'TEMPLATE_NODE_INVALID',
    )
  })

  it('ends where partials include each other without end', () => {
    const a = [
      { kind: 'include', partial: 'b' },
      { kind: 'include', partial: 'b' },
    ]
    const b = [
      { kind: 'include', partial: 'a' },
      { kind: 'include', partial: 'a' },
    ]
    expect(failureOf({ nodes: a }, {}, { partials: { a, b } }).code).toBe('TEMPLATE_TOO_LARGE')
  })
})

describe('limits', () => {
  it('are options', () => {
    const loop = {
      nodes: [{ kind: 'each', in: '(1..10)', do: [{ kind: 'text', text: '{{ x }}' }] }],
    }
    expect(failureOf(loop, { x: 'a' }, { maxElements: 9 }).code).toBe('TEMPLATE_TOO_LARGE')
    expect(bind(loop, { x: 'a' }, { maxElements: 10 })).toBeDefined()
    expect(failureOf(loop, { x: 'aaaa' }, { maxCharacters: 39 })).toMatchObject({
      code: 'TEMPLATE_TOO_LARGE',
      path: 'nodes[0].do[0].text',
    })
    expect(bind(loop, { x: 'aaaa' }, { maxCharacters: 40 })).toBeDefined()
  })

  it('and partials are checked', () => {
    const of = (options: unknown) => () => bind({ nodes: ['{{ 1 }}'] }, {}, options as BindOptions)
    expect(of({ partials: { a: {} } })).toThrow(/partials must be an object with a list of nodes/)
    expect(of({ maxElements: -1 })).toThrow(/maxElements/)
    expect(of({ partial: {} })).toThrow(/bind has no option partial/)
  })
})
