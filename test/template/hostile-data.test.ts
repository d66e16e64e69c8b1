// biome-ignore-all lint/suspicious/noThenProperty: it is the field of a condition
/**
 * Hostile data: triples of a template, a field and a string. Whatever the string, only text appears on the paper, or the receipt is refused.
 *
 * `XIAOPIAO_TRIPLES=20000 npx vitest run test/template/hostile-data.test.ts` tries as many, `XIAOPIAO_SEED` others.
 */

import { expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import { decodeAll } from '../../src/encoders/escpos/index.js'
import { printBytes } from '../../src/entries/emulator.js'
import { XiaopiaoError } from '../../src/model/errors.js'
import type { Profile } from '../../src/model/profile.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { type BindOptions, bindValue } from '../../src/template/bind.js'
import { seeded } from '../seeded.js'

const TRIPLES = Number(process.env.XIAOPIAO_TRIPLES ?? 700)
const random = seeded(Number(process.env.XIAOPIAO_SEED ?? 18))
const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T

interface Case {
  readonly name: string
  readonly template: unknown
  readonly data: Readonly<Record<string, unknown>>
  /** Fields that print text, and fields that are settings. */
  readonly texts: readonly string[]
  readonly settings: readonly string[]
  readonly options?: BindOptions
}

const text = (value: unknown, more: object = {}) => ({ kind: 'text', text: value, ...more })

const cases: readonly Case[] = [
  {
    name: 'texts',
    template: {
      title: '{{ title }}',
      nodes: [
        text('{{ shop }}', { size: 2, align: 'center' }),
        text(['a ', { text: '{{ span }}', bold: true, underline: 1 }, ' b']),
        { kind: 'field', label: '{{ label }}', value: 'x' },
        { kind: 'field', label: 'y', value: '{{ value }}', leader: '.' },
        { kind: 'rule', text: '{{ rule }}' },
        { kind: 'cut' },
      ],
    },
    data: { title: 't', shop: 's', span: 'p', label: 'l', value: 'v', rule: 'r' },
    texts: ['title', 'shop', 'span', 'label', 'value', 'rule'],
    settings: [],
  },
  {
    name: 'tables',
    template: {
      nodes: [
        {
          kind: 'columns',
          columns: [{ width: '1fr' }, { width: 'auto', align: 'decimal' }],
          rules: ['header', 'footer'],
          header: ['{{ head }}', 'b'],
          rows: [
            { kind: 'each', in: 'items', do: [['{{ item.name }}', '{{ item.sum }}']] },
            [{ text: '{{ cell }}', span: 2 }],
          ],
          footer: ['{{ foot }}', '1.00'],
        },
        { kind: 'drawer' },
      ],
    },
    data: { head: 'h', cell: 'c', foot: 'f', name: 'n', sum: '1', items: [] },
    texts: ['head', 'cell', 'foot', 'name', 'sum'],
    settings: [],
  },
  {
    name: 'filters',
    template: {
      nodes: [
        text('{{ a | upcase | downcase }}'),
        text('{{ b | append: b | prepend: "x" }}'),
        text("{{ c | replace: 'x', c }}"),
        text("{{ d | split: ',' | join: '/' }}"),
        text('{{ e | fullwidth | halfwidth }}'),
        text('{{ f | mask: 2, 2 }}'),
        text("{{ g | default: 'none' }}"),
      ],
    },
    data: { a: 'a', b: 'b', c: 'c', d: 'd', e: 'e', f: 'f', g: 'g' },
    texts: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    settings: [],
  },
  {
    name: 'controls',
    template: {
      nodes: [
        {
          kind: 'switch',
          on: 'way',
          cases: { cash: [text('cash'), { kind: 'drawer' }] },
          else: [text('{{ way }}')],
        },
        { kind: 'let', set: { n: 'note' }, do: [text('{{ n }}')] },
        { kind: 'include', partial: 'part', with: { p: 'param' } },
        { kind: 'if', test: "flag == 'yes'", then: [{ kind: 'cut' }], else: [text('{{ flag }}')] },
        { kind: 'box', nodes: [text('{{ boxed }}')], title: '{{ boxTitle }}' },
      ],
    },
    data: { way: 'w', note: 'n', param: 'p', flag: 'f', boxed: 'b', boxTitle: 't' },
    texts: ['way', 'note', 'param', 'flag', 'boxed', 'boxTitle'],
    settings: [],
    options: { partials: { part: [text('{{ p }}')] } },
  },
  {
    name: 'settings',
    template: {
      nodes: [
        text('a', { bold: '{{ bold }}', size: '{{ size }}', align: '{{ align }}' }),
        text('b', { font: '{{ font }}', wrap: '{{ wrap }}', underline: '{{ underline }}' }),
        {
          kind: 'columns',
          columns: [{ width: '{{ width }}', valign: '{{ valign }}' }, {}],
          rows: [['a', { text: 'b', span: '{{ span }}', inverse: '{{ inverse }}' }]],
          gap: '{{ gap }}',
        },
        { kind: 'columns', columns: '{{ columns }}', rules: '{{ rules }}', rows: [['a']] },
        { kind: 'qr', data: 'x', level: '{{ level }}', module: '{{ module }}' },
        { kind: 'feed', lines: '{{ lines }}' },
        { kind: 'cut', mode: '{{ mode }}' },
        { kind: 'drawer', pin: '{{ pin }}' },
        { kind: 'buzzer', times: '{{ times }}' },
        { kind: 'density', percent: '{{ percent }}' },
        { kind: 'speed', level: '{{ speed }}' },
      ],
    },
    data: {
      ...{ bold: true, size: 1, align: 'left', font: 'A', wrap: 'word', underline: 0 },
      ...{ width: 'auto', valign: 'top', span: 1, inverse: false, gap: 1, columns: [{}] },
      ...{ rules: [], level: 'M', module: 4, lines: 1, mode: 'full', pin: 2, times: 1 },
      ...{ percent: 100, speed: 1 },
    },
    texts: [],
    settings: [
      ...['bold', 'size', 'align', 'font', 'wrap', 'underline', 'width', 'valign', 'span'],
      ...['inverse', 'gap', 'columns', 'rules', 'level', 'module', 'lines', 'mode', 'pin'],
      ...['times', 'percent', 'speed'],
    ],
  },
]

const PIECES: Readonly<Record<string, readonly string[]>> = {
  control: [
    '\0',
    '\x01',
    '\x07',
    '\b',
    '\t',
    '\n',
    '\r\n',
    '\v',
    '\f',
    '\x1a',
    '\x7f',
    '\x85',
    '\u2028',
  ],
  liquid: [
    '{{ shop }}',
    '{% raw %}',
    '{{',
    '}}',
    '{%',
    '%}',
    '| upcase',
    "{{ 'a' | append: b }}",
    '{% include "x" %}',
  ],
  json: [
    '{"kind":"cut"}',
    '"]}',
    '[{"kind":"drawer"}]',
    '\\u0000',
    '{"text":"a","bold":true}',
    'null',
    'true',
    '2',
    '"',
  ],
  html: [
    '<b>',
    '</script>',
    '<CUT>',
    '<BR>',
    '&lt;',
    '<QR>x</QR>',
    '[cut]',
    '@cut',
    '**a**',
    '~~~',
  ],
  escpos: [
    '\x1b@',
    '\x1dV\0',
    '\x1dV\x42\0',
    '\x1bp\0\x19\xfa',
    '\x10\x04\x01',
    '\x1b!\x38',
    '\x1dv0',
    '\x1c&',
    '\x1dk\x04A\0',
    '\x10\x14\x01\0\x05',
  ],
  bidi: [
    '\u202e',
    '\u202d',
    '\u2066',
    '\u2069',
    '\u200f',
    '\u061c',
    '\ufeff',
    '\u200b',
    '\u00ad',
    '\u0301',
    '\ud800',
    '\udfff',
    '😀',
    '가',
    'ｱ',
  ],
  prototype: [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    '__defineGetter__',
  ],
  right: ['center', 'B', 'auto', '30%', 'H', 'full', 'char', 'middle', 'fit', '3mm'],
  plain: ['a', '面', ' ', '-5.00', '￥1,234.56', '合计', '%', '\\', '/', '.', ',', 'x'],
}
const KINDS = Object.keys(PIECES)

/** A string of one or several kinds; one in fifty is huge. */
function hostileString(): string {
  const kinds = random(3) === 0 ? KINDS : [pick(KINDS)]
  const count = 1 + random(6)
  const parts = Array.from({ length: count }, () => pick(PIECES[pick(kinds)] as readonly string[]))
  const once = parts.join(random(2) === 0 ? '' : pick(['', ' ', 'a']))
  return random(50) === 0 ? once.repeat(1 + Math.floor(4000 / once.length)) : once
}

function dataWith(one: Case, field: string, value: unknown): object {
  const data = { ...one.data, [field]: value }
  return 'items' in data ? { ...data, items: [{ name: data.name, sum: data.sum }] } : data
}

/** Commands that print text or say how it looks; how many there are depends on the text. All others are acts of the printer. */
const OF_TEXT = new Set([
  ...['text', 'lineFeed', 'feedDots', 'feedLines', 'moveTo', 'raster', 'bitImage', 'font'],
  ...['characterSize', 'hanziStyle', 'emphasis', 'inverse', 'underline', 'hanziUnderline'],
  ...['chineseModeOn', 'chineseModeOff', 'codePage', 'lineSpacing', 'hanziSize', 'letterSpacing'],
  ...['hanziSpacing', 'defaultLineSpacing'],
])

function actsIn(bytes: Uint8Array): readonly string[] {
  return decodeAll(bytes)
    .map(({ command }) => command)
    .filter(({ kind }) => !OF_TEXT.has(kind))
    .map((command) => JSON.stringify(command))
}

/** Paths of the texts that differ; everything else must be the same, and texts must stay texts. */
function differing(a: unknown, b: unknown, path = ''): readonly string[] {
  if (typeof a === 'string' && typeof b === 'string') return a === b ? [] : [path]
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return a === b ? [] : [`${path}: another type or value`]
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].flatMap((key) =>
    differing(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      `${path}.${key}`,
    ),
  )
}

interface Baseline {
  readonly receipt: unknown
  /** Where the field is printed. */
  readonly slots: readonly string[]
  readonly acts: readonly string[]
}

const baselines = new Map<string, Baseline>()
const options = { maxElements: 200, maxCharacters: 100_000 }

function bound(one: Case, field: string, value: unknown): unknown {
  return bindValue(one.template, dataWith(one, field, value), { ...options, ...one.options })
}

function baselineOf(one: Case, field: string, profile: Profile): Baseline {
  const key = `${one.name}.${field}.${profile.id}`
  let known = baselines.get(key)
  if (known === undefined) {
    const receipt = bound(one, field, 'abcdefgh')
    const slots = differing(receipt, bound(one, field, 'QRSTUVWX'))
    const acts = actsIn(compileJson(receipt, { profile }).bytes)
    known = { receipt, slots, acts }
    baselines.set(key, known)
  }
  return known
}

const ofTexts = cases.flatMap((one) => one.texts.map((field) => ({ one, field })))
const ofSettings = cases.flatMap((one) => one.settings.map((field) => ({ one, field })))
const pairs = [...ofTexts, ...ofSettings]
const RIGHT = new Set(PIECES.right)

it(`only text appears on paper in ${TRIPLES} triples of template, field and string`, () => {
  expect(TRIPLES / pairs.length).toBeGreaterThanOrEqual(10)
  const told = { printed: 0, refusedTexts: 0, set: 0, refusedSettings: 0 }
  const codes = new Set<string>()
  for (let i = 0; i < TRIPLES; i++) {
    const { one, field } = pairs[i % pairs.length] as (typeof pairs)[number]
    const isSetting = one.settings.includes(field)
    const value =
      isSetting && random(4) === 0 ? pick(PIECES.right as readonly string[]) : hostileString()
    const about = { i, template: one.name, field, value: JSON.stringify(value).slice(0, 200) }
    const profile = random(2) === 0 ? generic58 : generic80
    let receipt: unknown
    let bytes: Uint8Array
    try {
      receipt = bound(one, field, value)
      bytes = compileJson(receipt, { profile }).bytes
    } catch (error) {
      if (!(error instanceof XiaopiaoError)) throw error
      codes.add(error.code)
      told[isSetting ? 'refusedSettings' : 'refusedTexts']++
      continue
    }
    if (isSetting) {
      expect({ ...about, isRight: RIGHT.has(value) }).toEqual({ ...about, isRight: true })
      told.set++
      continue
    }
    const { receipt: plain, slots, acts } = baselineOf(one, field, profile)
    const others = differing(plain, receipt).filter((path) => !slots.includes(path))
    expect({ ...about, others }).toEqual({ ...about, others: [] })
    expect({ ...about, acts: actsIn(bytes) }).toEqual({ ...about, acts })
    const paper = printBytes(bytes, profile)
    const happened = [paper.cuts.length, paper.pulses.length, paper.unknown.length]
    const expected = [
      acts.filter((act) => act.includes('"cut')).length,
      acts.filter((act) => act.includes('"drawerPulse"')).length,
      0,
    ]
    expect({ ...about, happened }).toEqual({ ...about, happened: expected })
    told.printed++
  }
  if (process.env.XIAOPIAO_TELL === '1')
    process.stdout.write(`${JSON.stringify({ ...told, pairs: pairs.length, codes: [...codes] })}\n`)
  expect([...codes]).toEqual(['TEMPLATE_VALUE_TYPE'])
  expect(told.printed).toBeGreaterThan(told.refusedTexts * 10)
  expect(told.set).toBeGreaterThan(0)
  expect(told.refusedSettings).toBeGreaterThan(told.set)
})

it('loops that a string makes end within the options', () => {
  const template = {
    nodes: [{ kind: 'each', in: "list | split: ','", do: [text('{{ item }}')] }],
  }
  const bind = (count: number) =>
    bindValue(template, { list: Array.from({ length: count }, () => 'a').join(',') }, options)
  expect((bind(200) as { nodes: unknown[] }).nodes).toHaveLength(200)
  expect(() => bind(201)).toThrow(/more than 200 elements/)
  const long = { nodes: [text('{{ a }}{{ a }}')] }
  expect(() => bindValue(long, { a: 'x'.repeat(50_001) }, options)).toThrow(/100000 characters/)
})
