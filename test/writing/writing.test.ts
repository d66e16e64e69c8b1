/** YAML and the text form: what they give, and the line and the column of each mistake. */

import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import type { ReceiptError } from '../../src/model/errors.js'
import { generic58 } from '../../src/profiles/index.js'
import { bind, type Template } from '../../src/template/index.js'
import { atPlace, markdownProblems, readMarkdown, readYaml } from '../../src/writing/index.js'

async function failureOf(make: () => unknown): Promise<ReceiptError> {
  try {
    await make()
  } catch (error) {
    return error as ReceiptError
  }
  throw new Error('nothing was thrown')
}

describe('YAML', () => {
  it('says where a mistake is written', async () => {
    const text = `title: a
nodes:
  - kind: text
    text: a
    size: 9
  - kind: text
    text: "{{ x }}"
    blod: true
`
    const written = await readYaml(text)
    const compileIt = () => compileJson(written.value, { profile: generic58 })
    expect(await failureOf(() => atPlace(written, compileIt))).toMatchObject({
      code: 'RECEIPT_INVALID',
      path: 'nodes[1].blod (line 8, column 5)',
    })
    expect(written.placeOf('nodes[0].size')).toBe('line 5, column 5')
    const bindIt = () => bind(written.value as Template, {})
    expect(await failureOf(() => atPlace(written, bindIt))).toMatchObject({
      code: 'TEMPLATE_VALUE_MISSING',
      path: 'nodes[1].text (line 7, column 5)',
    })
    expect(written.placeOf('nodes[1].none')).toBe('line 6, column 5')
  })

  it('does not guess the line of a node that loops have moved', async () => {
    const text = `nodes:
  - { kind: each, in: "(1..3)", do: [{ kind: rule }] }
  - { kind: text, text: a, size: "{{ n }}" }
  - { kind: barcode, symbology: ean13, data: "{{ n }}" }
`
    const written = await readYaml(text)
    const run = () => compileJson(bind(written.value as Template, { n: 2 }), { profile: generic58 })
    expect((await failureOf(() => atPlace(written, run))).path).toBe('nodes[4].data')
    const wrong = () => bind(written.value as Template, { n: 9 })
    expect((await failureOf(() => atPlace(written, wrong))).path).toBe(
      'nodes[1].size (line 3, column 28)',
    )
  })

  it.each([
    ['nodes: [', 'line 1, column 9'],
    ['a: 1\na: 2', 'line 2, column 1'],
    ['a: 00123', 'line 1, column 4'],
    ['a:\n  b: 12345678901234567890', 'line 2, column 6'],
    ['a: .nan', 'line 1, column 4'],
    ['a: !!binary aGk=', 'line 1, column 13'],
    ['a: !!set {b, c}', 'line 1, column 10'],
    ['a: 1\n---\nb: 2', 'line 2, column 1'],
    ['a: *none', 'line 1, column 4'],
    ['a:\n\t- b', 'line 2, column 1'],
    ['text: {{ shop }}', 'line 1, column 8'],
  ])('%j is refused, at its place', async (text, path) => {
    const { code, path: found } = await failureOf(() => readYaml(text))
    expect([code, found]).toEqual(['YAML_INVALID', path])
  })

  it('keeps what looks like something else', async () => {
    const { value } = await readYaml(
      'a: no\nb: 2026-11-28\nc: "007"\nd: 1e3\ne: ~\nf: on\n__proto__: x',
    )
    expect(JSON.stringify(value)).toBe(
      '{"a":"no","b":"2026-11-28","c":"007","d":1000,"e":null,"f":"on","__proto__":"x"}',
    )
  })

  it('ends where aliases hold each other', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((two) => [...two])) {
      bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`)}]`)
    }
    expect((await failureOf(() => readYaml(bomb.join('\n')))).code).toBe('YAML_INVALID')
  })

  it('names its library if it is not there', async () => {
    const missing = () => Promise.reject(new Error('no such module'))
    expect(await failureOf(() => readYaml('a: 1', missing))).toMatchObject({
      code: 'YAML_LIBRARY_MISSING',
      hint: 'install it beside xiaopiao: npm install yaml',
    })
  })
})

describe('the text form', () => {
  const nodesOf = (text: string) => (readMarkdown(text).value as { nodes: unknown[] }).nodes

  it('has headings, marks, rules and fields', () => {
    expect(
      nodesOf(`# 老城面馆
## 人民路店
### 明细
---
=== 结账单 ===
***
合计 :: **￥56.00**
:: 右
左 ::
一行 **粗** 和 __下划线__ 与 **__两者__** \\*\\* \\@x 2*3 a_b {{ a | append: '**' }}
#12 桌`),
    ).toEqual([
      { kind: 'text', text: '老城面馆', size: 2, bold: true, align: 'center' },
      { kind: 'text', text: '人民路店', bold: true, align: 'center' },
      { kind: 'text', text: '明细', bold: true },
      { kind: 'rule' },
      { kind: 'rule', char: '=', text: '结账单' },
      { kind: 'rule', char: '*' },
      { kind: 'field', label: '合计', value: [{ text: '￥56.00', bold: true }] },
      { kind: 'field', label: '', value: '右' },
      { kind: 'field', label: '左', value: '' },
      {
        kind: 'text',
        text: [
          ...['一行 ', { text: '粗', bold: true }, ' 和 ', { text: '下划线', underline: true }],
          ...[' 与 ', { text: '两者', bold: true, underline: true }],
          " ** @x 2*3 a_b {{ a | append: '**' }}",
        ],
      },
      { kind: 'text', text: '#12 桌' },
    ])
  })

  it('has tables, with loops among their rows', () => {
    expect(
      nodesOf(`| 品名 | 数量 | 金额 |
|---|:-:|--.|
@each item in items
| {{ item.name }} | {{ item.qty }} | {{ item.fen | money }} |
@if item.note
| \\|{{ item.note }} |
@end
@end
| 合计 | | 56.00 |

| a | b |`),
    ).toEqual([
      {
        kind: 'columns',
        columns: [
          { width: '1fr' },
          { width: 'auto', align: 'center' },
          { width: 'auto', align: 'decimal' },
        ],
        header: ['品名', '数量', '金额'],
        rules: ['header'],
        rows: [
          {
            kind: 'each',
            in: 'items',
            as: 'item',
            do: [
              ['{{ item.name }}', '{{ item.qty }}', '{{ item.fen | money }}'],
              { kind: 'if', test: 'item.note', then: [['|{{ item.note }}']] },
            ],
          },
          ['合计', '', '56.00'],
        ],
      },
      { kind: 'columns', columns: [{ width: '1fr' }, { width: 'auto' }], rows: [['a', 'b']] },
    ])
  })

  it('has codes, pictures and commands', () => {
    const written = readMarkdown(`@title 小票
![qr](https://example.com/(a) "扫码")
![ean13](6901234567892)
![image](logo.png)
@center
a
@if total > 0
b
@else
c
@end
@end
@feed 3
@drawer 5
@cut full`)
    expect(written.value).toEqual({
      title: '小票',
      nodes: [
        { kind: 'qr', data: 'https://example.com/(a)', caption: '扫码', align: 'center' },
        { kind: 'barcode', symbology: 'ean13', data: '6901234567892', align: 'center' },
        { kind: 'image', src: 'logo.png', align: 'center' },
        {
          kind: 'group',
          align: 'center',
          nodes: [
            { kind: 'text', text: 'a' },
            {
              kind: 'if',
              test: 'total > 0',
              then: [{ kind: 'text', text: 'b' }],
              else: [{ kind: 'text', text: 'c' }],
            },
          ],
        },
        { kind: 'feed', lines: 3 },
        { kind: 'drawer', pin: 5 },
        { kind: 'cut', mode: 'full' },
      ],
    })
    expect(written.placeOf('nodes[3].nodes[1].then[0].text')).toBe('line 8, column 1')
  })

  it.each([
    ['#### a', 1, 'there are headings of one to three # only'],
    ['> a', 1, 'a quote means nothing here'],
    ['- a', 1, 'a list means nothing here'],
    ['* a', 1, 'a list means nothing here'],
    ['```', 1, 'a block of code means nothing here'],
    ['<b>a</b>', 1, 'HTML means nothing here'],
    ['a <br> b', 3, 'HTML means nothing here: <br>'],
    ['a [b](c)', 3, 'a link means nothing here'],
    ['a ![qr](c)', 3, 'a picture or code inside a line means nothing here'],
    ['![qrcode](c)', 1, '![qrcode] is no code or picture'],
    ['![constructor](c)', 1, '![constructor] is no code or picture'],
    ['![qr]()', 1, '![qr] has no data'],
    ['![ean13](1 "a")', 1, 'only a QR code has a caption'],
    ['a **b', 3, '** is opened and not closed'],
    ['a :: __b', 6, '__ is opened and not closed'],
    ['a :: b :: c', 1, 'a line has one ::'],
    ['    a', 5, 'a line that is indented by four blanks'],
    ['@ctu', 1, 'there is no command @ctu'],
    ['@constructor', 1, 'there is no command @constructor'],
    ['@feed many', 1, '@feed takes a number of lines'],
    ['@cut half', 1, '@cut is full or partial'],
    ['@each items', 1, '@each is written @each item in items'],
    ['@if', 1, '@if has no test'],
    ['@else', 1, '@else has no @if before it'],
    ['@end', 1, '@end closes nothing'],
    ['@center', 1, '@center is not closed'],
    ['| a |\n| b | c |', 7, 'the row has 2 cells, and its table 1 columns'],
    ['| a |\n|---|---|', 1, 'there are 2 alignments for 1 columns'],
    ['| a |\n|---|\n| b |\n|---|', 1, 'the line of alignments is the first or the second'],
    ['| a **b | c |', 5, '** is opened and not closed'],
    ['| a |\n@each i in l\nb\n@end', 1, 'only rows can be between the rows of a table'],
    [':-', 1, 'a line under a heading means nothing here'],
  ])('%j is reported', (text, column, message) => {
    const [problem, ...others] = markdownProblems(text)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ column, message: expect.stringContaining(message) })
  })

  it('refuses lines without end, codes that are not closed and a second title', () => {
    const messages = (text: string) => markdownProblems(text).map(({ message }) => message)
    expect(messages('{{'.repeat(100_000))).toEqual(['a line has at most 5000 characters'])
    expect(messages('![qr](a')).toEqual(['a code or picture is not closed'])
    expect(messages('![qr')).toEqual(['a code or picture is not closed'])
    expect(messages('!\\[qr](a')).toEqual([])
    expect(messages('@title a\n@title b')).toEqual(['there is a @title already'])
  })

  it('names every line that means nothing', async () => {
    const { code, path, message } = await failureOf(() => readMarkdown('a\n> b\nc\n- d\n@x'))
    expect([code, path]).toEqual(['TEXT_INVALID', 'line 2, column 1'])
    expect(message).toBe(
      'a quote means nothing here; line 4, column 1: a list means nothing here; line 5, column 1: there is no command @x',
    )
  })
})
